package io.teahouse.tool.client;

import java.util.List;
import java.util.Set;

/**
 * IRC, as far as a client needs it to be let in (RFC 2812, section 3.1), to join channels (section 3.2.1) and to stay
 * (PING, section 3.7.2).
 */
public final class IrcSession implements ClientSession {
    /** Nick invalid, in use or unavailable; password wrong; banned from the server. */
    private static final Set<String> REGISTRATION_REFUSALS = Set.of("432", "433", "437", "464", "465");
    /** ERR_NOMOTD: the only error that follows a successful registration. */
    private static final String NO_MOTD = "422";

    private enum Phase {
        REGISTERING,
        JOINING,
        ENTERED
    }

    private final String nick;
    private final String capabilities;
    private final List<String> channels;
    private Phase phase = Phase.REGISTERING;
    private int joined;

    /**
     * Makes the session of one client.
     *
     * @param capabilities that it asks for (IRCv3 capability-negotiation), with spaces between; empty: it does not ask
     * @param channels that it joins, each with its {@code #}; at least one
     */
    public IrcSession(String nick, String capabilities, List<String> channels) {
        this.nick = nick;
        this.capabilities = capabilities;
        this.channels = channels;
    }

    @Override
    public String start() {
        String register = "NICK " + nick + "\r\nUSER " + nick + " 0 * :test\r\n";
        return capabilities.isEmpty() ? register : "CAP REQ :" + capabilities + "\r\n" + register + "CAP END\r\n";
    }

    @Override
    public String answer(String line) throws RefusedException {
        IrcLine parsed = IrcLine.parse(line);
        if (parsed.is("PING")) {
            return "PONG :" + parsed.param(0) + "\r\n";
        } else if (parsed.is("ERROR") || isRefusal(parsed)) {
            throw new RefusedException(line);
        } else if (phase == Phase.REGISTERING && parsed.is("001")) {
            phase = Phase.JOINING;
            return "JOIN " + String.join(",", channels) + "\r\n";
        } else if (phase == Phase.JOINING && parsed.is("366")) {
            joined++;
            phase = joined == channels.size() ? Phase.ENTERED : Phase.JOINING;
        }
        return "";
    }

    private boolean isRefusal(IrcLine line) {
        return switch (phase) {
            case REGISTERING -> REGISTRATION_REFUSALS.contains(line.command());
            case JOINING -> line.is("FAIL") || (line.isError() && !line.is(NO_MOTD));
            case ENTERED -> false;
        };
    }

    @Override
    public boolean hasEntered() {
        return phase == Phase.ENTERED;
    }
}
