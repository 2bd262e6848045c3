package io.teahouse.wire.irc;

import io.teahouse.user.NickRules;

/**
 * The length limits of the parts of a line, in bytes of UTF-8. They are computed so that every line fits, however long
 * the names in it are: a text of the advertised length is never cut.
 *
 * @param topic of a channel
 * @param kick the reason of a KICK
 * @param away the reason of an AWAY
 * @param realName of a user, see SETNAME
 * @param metadataValue the value of one metadata key
 * @param mask of a ban or another list
 */
public record LineLimits(int topic, int kick, int away, int realName, int metadataValue, int mask) {
    /** The longest channel name, with its {@code #}. Longer names of rooms are only used at other doors. */
    public static final int CHANNEL = 101;

    /** The longest host: an address in any form, or its cloak. */
    static final int HOST = 64;

    /** The longest channel key, in characters of at most four bytes. */
    public static final int KEY = 32;

    public static final int USER = 20;

    /** The most modes with a value in one MODE command. */
    public static final int MODES = 20;

    /** The most lines of a reply to LIST or WHO, so that it fits into the send queue. */
    public static final int LISTED = 2000;

    /** The most targets of one message. */
    public static final int TARGETS = 10;

    /** The longest label (IRCv3 labeled-response). */
    static final int LABEL = 64;

    private static final int LONGEST_TOPIC = 390;
    private static final int LONGEST_KICK = 300;
    private static final int LONGEST_AWAY = 200;
    private static final int LONGEST_REAL_NAME = 150;
    private static final int LONGEST_MASK = 250;

    /** The least room that a text must have; with less, the names of the server or of users are too long. */
    private static final int LEAST = 16;

    /**
     * Computes the limits.
     *
     * @param server the name of the server
     * @param nickLength the longest nick, in characters
     * @param metadataValue the longest value that the settings allow
     */
    public static LineLimits of(String server, int nickLength, int metadataValue) {
        int nick = NickRules.maxBytes(nickLength);
        String source = ":" + bytes(nick) + "!" + bytes(USER) + "@" + bytes(HOST);
        String numeric = ":" + server + " 000 " + bytes(nick);
        String channel = " " + bytes(CHANNEL);
        String name = " " + bytes(nick);
        String address = " " + bytes(USER) + " " + bytes(HOST);
        return new LineLimits(
                least(LONGEST_TOPIC, source + " TOPIC" + channel, numeric + channel, numeric + channel + " 1000000"),
                least(LONGEST_KICK, source + " KICK" + channel + name),
                least(LONGEST_AWAY, source + " AWAY", numeric + name),
                least(
                        LONGEST_REAL_NAME,
                        source + " JOIN" + channel + name,
                        source + " SETNAME",
                        numeric + name + address + " *",
                        numeric + channel + address + " " + server + name + " G*@%+B 0"), // a colon before the 0
                least(metadataValue, numeric + channel + " " + bytes(MetadataSubscriptions.LONGEST_KEY) + " *"),
                least(LONGEST_MASK, source + " MODE" + channel + " +b", numeric + channel));
    }

    /** A placeholder of {@code count} bytes. */
    private static String bytes(int count) {
        return "x".repeat(count);
    }

    private static int least(int most, String... starts) {
        int least = most;
        for (String start : starts) {
            least = Math.min(least, LineBudget.left(start));
        }
        return least;
    }

    /** Whether every text has enough room. If not, the name of the server or the nicks may be too long. */
    public boolean areUsable() {
        return topic >= LEAST
                && kick >= LEAST
                && away >= LEAST
                && realName >= LEAST
                && metadataValue > 0
                && mask >= LEAST;
    }

    /** Cuts a user name to {@link #USER} bytes. */
    public static String user(String text) {
        return IrcText.cut(text, USER);
    }
}
