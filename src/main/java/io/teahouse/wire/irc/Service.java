package io.teahouse.wire.irc;

import io.teahouse.operator.RoomGateway;
import java.util.Locale;
import java.util.Optional;

/**
 * A user who does not exist, but whom clients and people expect: messages to it are commands, and it answers by notices. It does nothing
 * that other commands do not do. Nobody can take its name.
 */
public enum Service {
    NICKSERV("NickServ", "Accounts: /msg NickServ HELP"),
    CHANSERV(RoomGateway.SENDER, "Channels: /msg ChanServ HELP");

    /** What others see as user name and host. */
    public static final String HOST = "services";

    private static final int LENGTH = 8;

    private final String nick;
    private final String about;

    Service(String nick, String about) {
        this.nick = nick;
        this.about = about;
    }

    public String nick() {
        return nick;
    }

    /** What others see as its real name. */
    public String about() {
        return about;
    }

    /** The command that a message to it is. */
    public String verb() {
        return name();
    }

    /** The service that has that nick. Every message comes by here. */
    public static Optional<Service> named(String target) {
        if (target.length() != LENGTH) {
            return Optional.empty();
        }
        String folded = target.toUpperCase(Locale.ROOT);
        return folded.equals("NICKSERV")
                ? Optional.of(NICKSERV)
                : folded.equals("CHANSERV") ? Optional.of(CHANSERV) : Optional.empty();
    }

    /** Answers a client. */
    public void tell(Call call, String text) {
        call.lines(Replies.notices(nick + "!" + HOST + "@" + HOST, call.nick(), text));
    }
}
