package io.teahouse.wire.irc;

import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import java.time.Instant;

/** What stands before the command in a line about an event: its tags, and who did it. */
final class EventTags {
    private EventTags() {}

    /** Who did it, as {@code nick!user@host}. */
    static String source(Nick nick, Profile profile) {
        return nick.text() + '!' + profile.user() + '@' + profile.host();
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
            if (!clientTags.isEmpty()) {
                out.append(';').append(clientTags);
            }
        }
        if (out.length() > start) {
            out.setCharAt(start, '@');
            out.append(' ');
        }
    }
}
