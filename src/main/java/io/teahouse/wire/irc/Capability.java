package io.teahouse.wire.irc;

import java.util.Arrays;
import java.util.Optional;

/**
 * A capability that clients may request (IRCv3 capability-negotiation). Each is specified on ircv3.net under its name.
 */
public enum Capability {
    ACCOUNT_NOTIFY("account-notify"),
    ACCOUNT_REGISTRATION("draft/account-registration"),
    ACCOUNT_TAG("account-tag"),
    AWAY_NOTIFY("away-notify"),
    BATCH("batch"),
    CAP_NOTIFY("cap-notify"),
    CHANNEL_RENAME("draft/channel-rename"),
    CHATHISTORY("draft/chathistory"),
    ECHO_MESSAGE("echo-message"),
    EVENT_PLAYBACK("draft/event-playback"),
    EXTENDED_JOIN("extended-join"),
    EXTENDED_MONITOR("extended-monitor"),
    INVITE_NOTIFY("invite-notify"),
    LABELED_RESPONSE("labeled-response"),
    MESSAGE_TAGS("message-tags"),
    METADATA("draft/metadata-3"),
    MULTI_PREFIX("multi-prefix"),
    MULTILINE("draft/multiline"),
    NO_IMPLICIT_NAMES("draft/no-implicit-names"),
    READ_MARKER("draft/read-marker"),
    REDACTION("draft/message-redaction"),
    SASL("sasl"),
    SEARCH("soju.im/search"),
    SERVER_TIME("server-time"),
    SETNAME("setname"),
    STANDARD_REPLIES("standard-replies"),
    USERHOST_IN_NAMES("userhost-in-names");

    private final String text;

    Capability(String text) {
        this.text = text;
    }

    /** The name in CAP lines. */
    public String text() {
        return text;
    }

    @SuppressWarnings("EnumOrdinal") // the bits are never stored or sent
    long bit() {
        return 1L << ordinal();
    }

    public static Optional<Capability> named(String text) {
        return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst();
    }
}
