package io.teahouse.wire.irc;

import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.user.NickRules;
import java.time.Instant;

/** The tags and the source that precede the command in a line about an event. */
final class EventTags {
    private EventTags() {}

    /** The most bytes of client-only tags in one line (IRCv3 message-tags, "size limit"). */
    private static final int CLIENT_ONLY = 4094;

    /**
     * The source of a line, {@code nick!user@host}. The doors limit the length of names; names given by an
     * application's own actors are cut here, to leave room for the rest of the line.
     */
    static String source(Nick nick, Profile profile) {
        return IrcText.cut(nick.text(), NickRules.MOST_BYTES)
                + '!'
                + LineLimits.user(profile.user())
                + '@'
                + IrcText.cut(profile.host(), LineLimits.HOST);
    }

    /** Appends the tags for a client with these capabilities, and a space; nothing if it gets no tags. */
    static void append(StringBuilder out, Capabilities to, Instant at, String id, Profile profile, String clientTags) {
        int start = out.length();
        if (to.has(Capability.SERVER_TIME)) {
            out.append(";time=");
            IrcTime.append(out, at);
        }
        if (to.has(Capability.ACCOUNT_TAG) && !profile.account().isEmpty()) {
            out.append(";account=").append(IrcTags.escape(profile.account()));
        }
        if (to.has(Capability.MESSAGE_TAGS)) {
            if (!id.isEmpty()) {
                out.append(";msgid=").append(IrcTags.escape(id));
            }
            if (profile.bot() && !profile.equals(Profile.APPLICATION)) {
                out.append(";bot");
            }
            if (!clientTags.isEmpty() && IrcText.size(clientTags) <= CLIENT_ONLY) {
                out.append(';').append(clientTags);
            }
        }
        if (out.length() > start) {
            out.setCharAt(start, '@');
            out.append(' ');
        }
    }
}
