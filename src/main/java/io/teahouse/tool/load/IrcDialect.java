package io.teahouse.tool.load;

import io.teahouse.tool.client.ClientSession;
import io.teahouse.tool.client.IrcLine;
import io.teahouse.tool.client.IrcSession;
import io.teahouse.tool.client.LineBuffer;
import java.util.List;

/**
 * IRC.
 *
 * @param capabilities that clients ask for (IRCv3 capability-negotiation); empty: none
 * @param every which clients ask: 1 for all, 2 for every second one
 */
record IrcDialect(String capabilities, int every) implements Dialect {
    @Override
    public String name() {
        return "irc";
    }

    @Override
    public String messagePrefix(int room) {
        return "PRIVMSG " + channel(room) + " :";
    }

    @Override
    public String lineEnd() {
        return "\r\n";
    }

    @Override
    public boolean confirmsJoins() {
        return true;
    }

    @Override
    public IrcDialect withReceipts() {
        return new IrcDialect((capabilities + " echo-message").strip(), 1);
    }

    @Override
    public ClientSession session(int client, int room) {
        boolean asks = (client + 1) % every == 0;
        return new IrcSession(Dialect.nameOf(client), asks ? capabilities : "", List.of(channel(room)));
    }

    /**
     * Lines about other users begin with a source or tags, and need no answer. They are skipped unparsed: a room
     * of a thousand gets a million joins.
     */
    @Override
    public boolean needsNoAnswer(LineBuffer line) {
        byte first = line.begin() < line.end() ? line.bytes().get(line.begin()) : 0;
        return first == '@' || first == ':';
    }

    @Override
    public boolean isQuit(String line) {
        return IrcLine.parse(line).is("QUIT");
    }

    private static String channel(int room) {
        return "#r" + room;
    }
}
