package io.teahouse.wire.irc;

/** How long the parts of a line may be, in bytes of UTF-8, so that a line with all of them fits into 512. */
public final class Limits {
    public static final int AWAY = 200;
    public static final int KEY = 32;
    public static final int REAL_NAME = 150;
    public static final int REASON = 300;
    public static final int TOPIC = 390;
    public static final int USER = 20;

    /** Modes in one command. */
    public static final int MODES = 20;

    /** Lines of LIST and WHO, so that an answer fits into what may wait to be sent. */
    public static final int LISTED = 2000;

    /** Targets of one message. */
    public static final int TARGETS = 10;

    private Limits() {}

    /** As much of it as may be. */
    public static String user(String text) {
        return IrcText.cut(text, USER);
    }

    /** As much of it as may be. */
    public static String topic(String text) {
        return IrcText.cut(text, TOPIC);
    }

    /** As much of it as may be. */
    public static String away(String text) {
        return IrcText.cut(text, AWAY);
    }
}
