package io.teahouse.wire.irc;

import io.teahouse.room.RoomDirectory;
import io.teahouse.user.UserDirectory;
import io.teahouse.user.UserMode;
import java.util.List;
import java.util.Optional;

/**
 * The lines that a client receives after registration: welcome, ISUPPORT, LUSERS, MOTD. Commands repeat parts of them
 * on request.
 */
public final class WelcomeBurst {
    private WelcomeBurst() {}

    static void welcome(Call call) {
        IrcSettings settings = call.server().settings();
        call.reply(
                Numeric.RPL_WELCOME,
                "Welcome to the " + settings.identity().network() + " Network, "
                        + call.me().source());
        call.reply(
                Numeric.RPL_YOURHOST,
                "Your host is " + call.server().name() + ", running version "
                        + settings.identity().version());
        call.reply(
                Numeric.RPL_CREATED,
                "This server was created " + IrcTime.format(call.server().created()));
        call.replyPlain(
                Numeric.RPL_MYINFO,
                call.server().name(),
                settings.identity().version(),
                userModes(),
                ModeLetters.ALL,
                ModeLetters.WITH_VALUE);
        isupport(call);
        lusers(call, () -> {
            MetadataSubscriptions.own(call);
            motd(call);
            String modes = WelcomeBurst.modes(call);
            if (modes.length() > 1) {
                call.replyPlain(Numeric.RPL_UMODEIS, modes);
            }
        });
    }

    private static String userModes() {
        StringBuilder letters = new StringBuilder();
        for (UserMode mode : UserMode.values()) {
            letters.append(mode.letter());
        }
        return letters.toString();
    }

    /** The modes of this user, such as {@code +iw}. */
    public static String modes(Call call) {
        StringBuilder letters = new StringBuilder("+");
        for (UserMode mode : UserMode.values()) {
            letters.append(call.me().is(mode) ? String.valueOf(mode.letter()) : "");
        }
        return letters.toString();
    }

    public static void isupport(Call call) {
        for (List<String> tokens : call.server().isupport()) {
            call.reply(Numeric.RPL_ISUPPORT, tokens.toArray(new String[0]));
        }
    }

    /**
     * Sends the replies to LUSERS: counts of users and channels.
     *
     * @param then runs after the last line
     */
    public static void lusers(Call call, Runnable then) {
        call.session().queries().rooms().countRooms(rooms -> {
            lusers(call, rooms.map(RoomDirectory.Count::rooms));
            then.run();
        });
    }

    /** @param rooms the number of channels; empty if it is unknown, and then left out */
    private static void lusers(Call call, Optional<Integer> rooms) {
        UserDirectory users = call.session().queries().users();
        int all = users.count();
        int invisible = users.count(UserMode.INVISIBLE);
        call.reply(
                Numeric.RPL_LUSERCLIENT,
                "There are " + (all - invisible) + " users and " + invisible + " invisible on 1 servers");
        call.reply(Numeric.RPL_LUSEROP, "" + users.count(UserMode.OPERATOR));
        call.reply(Numeric.RPL_LUSERUNKNOWN, "" + users.unregistered());
        rooms.ifPresent(count -> call.reply(Numeric.RPL_LUSERCHANNELS, "" + count));
        call.reply(Numeric.RPL_LUSERME, "I have " + all + " clients and 1 servers");
        String most = "" + users.most();
        call.reply(Numeric.RPL_LOCALUSERS, "" + all, most, "Current local users " + all + ", max " + most);
        call.reply(Numeric.RPL_GLOBALUSERS, "" + all, most, "Current global users " + all + ", max " + most);
    }

    public static void motd(Call call) {
        List<String> lines = call.server().settings().identity().motd();
        if (lines.isEmpty()) {
            call.reply(Numeric.ERR_NOMOTD);
            return;
        }
        call.reply(Numeric.RPL_MOTDSTART, "- " + call.server().name() + " Message of the day - ");
        lines.forEach(line -> call.replyLong(Numeric.RPL_MOTD, "- ", line));
        call.reply(Numeric.RPL_ENDOFMOTD);
    }
}
