package io.teahouse.tool.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * IRC, as far as a client needs it to be let in (RFC 2812, section 3.1) and to stay (PING, section 3.7.2).
 *
 * @param capabilities that clients ask for (IRCv3 capability-negotiation); empty: nobody asks
 * @param every which clients: 1 for all, 2 for every second one
 */
record IrcDialect(String capabilities, int every) implements Dialect {
    /** Nick in use or unavailable, channel full, banned, too many channels: no point in waiting any longer. */
    private static final Set<String> REFUSALS = Set.of("433", "437", "471", "465", "405");

    @Override
    public String name() {
        return "irc";
    }

    @Override
    public String messagePrefix(int room) {
        return "PRIVMSG #r" + room + " :";
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
    public Dialect withReceipts() {
        return new IrcDialect((capabilities + " echo-message").strip(), 1);
    }

    @Override
    public void connected(Crowd crowd, Client client) {
        String name = Dialect.nameOf(client);
        String register = "NICK " + name + "\r\nUSER " + name + " 0 * :load\r\n";
        boolean asks = !capabilities.isEmpty() && (client.id() + 1) % every == 0;
        crowd.say(client, asks ? "CAP REQ :" + capabilities + "\r\n" + register + "CAP END\r\n" : register);
    }

    @Override
    public void heard(Crowd crowd, Client client, ByteBuffer in, int begin, int end) {
        boolean tagged = begin < end && in.get(begin) == '@';
        boolean fromSomebody = tagged || (begin < end && in.get(begin) == ':');
        if (fromSomebody && !client.isOpening() && !crowd.traffic().watchesQuits(client)) {
            return; // the others joining: a million lines in a room of a thousand, and none of them matters
        }
        String whole = StandardCharsets.UTF_8
                .decode(in.duplicate().limit(end).position(begin))
                .toString();
        String line = tagged ? whole.substring(whole.indexOf(' ') + 1) : whole;
        String rest = fromSomebody ? line.substring(line.indexOf(' ') + 1).stripLeading() : line;
        int space = rest.indexOf(' ');
        obey(crowd, client, space < 0 ? rest : rest.substring(0, space), rest);
    }

    private static void obey(Crowd crowd, Client client, String verb, String line) {
        if (verb.equals("PING")) {
            crowd.say(client, "PONG" + line.substring("PING".length()) + "\r\n");
        } else if (verb.equals("ERROR") || (client.isOpening() && REFUSALS.contains(verb))) {
            crowd.lost(client, line);
        } else if (client.state == Client.State.REGISTERING && verb.equals("001")) {
            client.state = Client.State.JOINING;
            crowd.say(client, "JOIN #r" + client.room() + "\r\n");
        } else if (client.state == Client.State.JOINING && verb.equals("366")) {
            crowd.ready(client);
        } else if (verb.equals("QUIT") && crowd.traffic().watchesQuits(client)) {
            crowd.traffic().quitSeen(crowd.now());
        }
    }
}
