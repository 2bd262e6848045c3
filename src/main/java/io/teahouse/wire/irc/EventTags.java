package io.teahouse.wire.irc;

import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.user.NickRules;
import java.time.Instant;

/** What stands before the command in a line about an event: its tags, and who did it. */
final class EventTags {
    private EventTags() {}

    /** How many bytes of tags clients may tell each other in one line (IRCv3 message-tags, "size limit"). */
    private static final int CLIENT_ONLY = 4094;

    /**
     * Who did it, as {@code nick!user@host}. Clients of the doors have names that are short enough; those of an
     * application's actors are cut, so that the rest of the line has room.
     */
    static String source(Nick nick, Profile profile) {
        return IrcText.cut(nick.text(), NickRules.MOST_BYTES)
                + '!'
                + LineLimits.user(profile.user())
                + '@'
                + IrcText.cut(profile.host(), LineLimits.HOST);
    }

    /** The tags that a client with these capabilities gets; with none of them, none. */
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
