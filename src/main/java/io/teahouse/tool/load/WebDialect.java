package io.teahouse.tool.load;

import io.teahouse.tool.client.ClientSession;
import io.teahouse.tool.client.LineBuffer;
import io.teahouse.tool.client.WebSocketSession;

/**
 * IRC over WebSocket, with text frames.
 *
 * @param host the server's host and port, as the opening handshake names it
 */
record WebDialect(String host, IrcDialect irc) implements Dialect {
    @Override
    public String name() {
        return "web";
    }

    @Override
    public String messagePrefix(int room) {
        return irc.messagePrefix(room);
    }

    /** A message ends with its frame. */
    @Override
    public String lineEnd() {
        return "";
    }

    @Override
    public boolean confirmsJoins() {
        return irc.confirmsJoins();
    }

    @Override
    public Dialect withReceipts() {
        return new WebDialect(host, irc.withReceipts());
    }

    @Override
    public ClientSession session(int client, int room) {
        return new WebSocketSession(host, irc.session(client, room));
    }

    @Override
    public boolean needsNoAnswer(LineBuffer line) {
        return irc.needsNoAnswer(line);
    }

    @Override
    public boolean isQuit(String line) {
        return irc.isQuit(line);
    }
}
