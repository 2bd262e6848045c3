package io.teahouse.wire.irc;

import io.teahouse.user.NickRules;

/**
 * How long the parts of a line may be, in bytes of UTF-8. They are worked out so that every line holds all that it has to
 * say, however long the names in it are: what is advertised always fits.
 *
 * @param topic of a channel
 * @param kick the reason
 * @param away the reason
 * @param realName see SETNAME
 * @param metadataValue what is noted under one key
 * @param mask of a ban and the like
 */
public record LineLimits(int topic, int kick, int away, int realName, int metadataValue, int mask) {
    /** With its mark. Other names of rooms are for other doors. */
    public static final int CHANNEL = 101;

    /** An address in any form, or what is shown instead of it. */
    static final int HOST = 64;

    /** In characters of at most four bytes. */
    public static final int KEY = 32;

    public static final int USER = 20;

    /** Modes in one command. */
    public static final int MODES = 20;

    /** Lines of LIST and WHO, so that an answer fits into what may wait to be sent. */
    public static final int LISTED = 2000;

    /** Targets of one message. */
    public static final int TARGETS = 10;

    /** How a client may mark the answer that it waits for (IRCv3 labeled-response). */
    static final int LABEL = 64;

    private static final int LONGEST_TOPIC = 390;
    private static final int LONGEST_KICK = 300;
    private static final int LONGEST_AWAY = 200;
    private static final int LONGEST_REAL_NAME = 150;
    private static final int LONGEST_MASK = 250;

    /** With less, names are too long to be of use. */
    private static final int LEAST = 16;

    /**
     * Works them out.
     *
     * @param server its name
     * @param nickLength in characters
     * @param metadataValue more is not wanted, whether it fits or not
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

    /** A placeholder of that many bytes. */
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

    /** Whether all have room enough; else names, that of the server or those of people, are too long. */
    public boolean areUsable() {
        return topic >= LEAST
                && kick >= LEAST
                && away >= LEAST
                && realName >= LEAST
                && metadataValue > 0
                && mask >= LEAST;
    }

    /** As much of it as may be. */
    public static String user(String text) {
        return IrcText.cut(text, USER);
    }
}
