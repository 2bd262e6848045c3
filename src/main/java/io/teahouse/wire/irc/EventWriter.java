package io.teahouse.wire.irc;

import io.teahouse.client.Viewer;
import io.teahouse.room.EventBatch;
import io.teahouse.room.ModeChange;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEventVisitor;
import java.time.Instant;
import java.util.List;

/** Writes events as IRC lines for clients with certain capabilities. */
final class EventWriter implements RoomEventVisitor {
    /** Whether users are shown an event that they caused themselves. */
    enum Own {
        SHOWN,
        /** Of the author's connections, the one that caused it sees it only with echo-message; the others do. */
        ECHOED,
        /** Not shown on the connection that caused it: the reply to the command said it already. */
        REPLIED,
        /** Never shown on any connection of the author: a reply said it already, or it concerns others only. */
        HIDDEN;

        /**
         * Whether a line about the event at that index is left out.
         *
         * @param own as in {@link io.teahouse.client.Dialect#show}
         * @param echo whether the client has enabled echo-message
         */
        boolean isHiddenFrom(Viewer viewer, EventBatch batch, int place, boolean own, boolean echo) {
            return switch (this) {
                case SHOWN -> false;
                case ECHOED -> !echo && viewer.isOwn(batch, place, own);
                case REPLIED -> batch.isCausedBy(viewer.subscriber(), place);
                case HIDDEN -> viewer.isAuthor(batch.events().get(place)) || viewer.isOwn(batch, place, own);
            };
        }
    }

    /** Receives the lines, unit by unit; see {@link Output}. */
    interface Sink {
        void unit(String text, Own own);
    }

    private final Capabilities to;
    private final String target;
    private final Sink sink;
    private final MessageWriter messages;

    /** @param target the target of messages: the channel, or the nick of the recipient */
    EventWriter(Capabilities to, String target, Sink sink) {
        this.to = to;
        this.target = target;
        this.sink = sink;
        this.messages = new MessageWriter(to, target, sink);
    }

    // Messages

    @Override
    public void said(RoomEvent.Said said) {
        messages.said(said);
    }

    @Override
    public void signalled(RoomEvent.Signalled signalled) {
        messages.signalled(signalled);
    }

    @Override
    public void redacted(RoomEvent.Redacted redacted) {
        if (to.has(Capability.REDACTION)) {
            String reason = redacted.reason();
            String[] words = reason.isEmpty()
                    ? new String[] {"REDACT", target, redacted.target()}
                    : new String[] {"REDACT", target, redacted.target(), ":" + reason};
            event(redacted.at(), redacted.by(), redacted.profile(), Own.SHOWN, words);
        }
    }

    @Override
    public void topicChanged(RoomEvent.TopicChanged changed) {
        event(
                changed.at(),
                changed.id(),
                changed.by(),
                changed.profile(),
                Own.SHOWN,
                "TOPIC",
                target,
                ":" + changed.text());
    }

    // Members

    @Override
    public void joined(RoomEvent.Joined joined) {
        Profile profile = joined.profile();
        if (to.has(Capability.EXTENDED_JOIN)) {
            String account = profile.account().isEmpty() ? "*" : profile.account();
            event(joined.at(), joined.nick(), profile, Own.SHOWN, "JOIN", target, account, ":" + profile.realName());
        } else {
            event(joined.at(), joined.nick(), profile, Own.SHOWN, "JOIN", target);
        }
        if (profile.isAway() && to.has(Capability.AWAY_NOTIFY)) {
            event(joined.at(), joined.nick(), profile, Own.HIDDEN, "AWAY", ":" + profile.away());
        }
    }

    @Override
    public void left(RoomEvent.Left left) {
        String text = left.text();
        switch (left.how()) {
            case PARTED -> {
                if (text.isEmpty()) {
                    event(left.at(), left.nick(), left.profile(), Own.SHOWN, "PART", target);
                } else {
                    event(left.at(), left.nick(), left.profile(), Own.SHOWN, "PART", target, ":" + text);
                }
            }
            case KICKED -> {
                String why = text.isEmpty() ? left.by().text() : text;
                event(
                        left.at(),
                        left.by(),
                        left.byProfile(),
                        Own.SHOWN,
                        "KICK",
                        target,
                        left.nick().text(),
                        ":" + why);
            }
            case QUIT, LOST -> {
                String why =
                        text.isEmpty() ? left.how() == RoomEvent.Departure.LOST ? "Connection lost" : "Quit" : text;
                event(left.at(), left.nick(), left.profile(), Own.HIDDEN, "QUIT", ":" + why);
            }
        }
    }

    @Override
    public void renamed(RoomEvent.Renamed renamed) {
        event(
                renamed.at(),
                renamed.from(),
                renamed.profile(),
                Own.HIDDEN,
                "NICK",
                renamed.to().text());
    }

    @Override
    public void profileChanged(RoomEvent.ProfileChanged changed) {
        profileChanged(changed.at(), changed.nick(), changed.before(), changed.after());
    }

    /** Writes each change for clients with the capability for it (IRCv3 away-notify, account-notify, setname). */
    void profileChanged(Instant at, Nick nick, Profile before, Profile after) {
        if (to.has(Capability.AWAY_NOTIFY) && !before.away().equals(after.away())) {
            if (after.isAway()) {
                event(at, nick, after, Own.HIDDEN, "AWAY", ":" + after.away());
            } else {
                event(at, nick, after, Own.HIDDEN, "AWAY");
            }
        }
        if (to.has(Capability.ACCOUNT_NOTIFY) && !before.account().equals(after.account())) {
            event(at, nick, after, Own.SHOWN, "ACCOUNT", after.account().isEmpty() ? "*" : after.account());
        }
        if (to.has(Capability.SETNAME) && !before.realName().equals(after.realName())) {
            event(at, nick, after, Own.HIDDEN, "SETNAME", ":" + after.realName());
        }
    }

    @Override
    public void invited(RoomEvent.Invited invited) {
        if (to.has(Capability.INVITE_NOTIFY)) {
            String target = invited.target().text();
            event(invited.at(), invited.by(), invited.profile(), Own.REPLIED, "INVITE", target, this.target);
        }
    }

    /** Clients without the capability see a PART and a JOIN instead: {@link IrcDialect#roomRenamed}. */
    @Override
    public void roomRenamed(RoomEvent.RoomRenamed renamed) {
        if (to.has(Capability.CHANNEL_RENAME)) {
            String channel = IrcServer.channel(renamed.to());
            event(
                    renamed.at(),
                    renamed.by(),
                    renamed.profile(),
                    Own.SHOWN,
                    "RENAME",
                    target,
                    channel,
                    ":" + renamed.reason());
        }
    }

    // Modes and metadata

    @Override
    public void modesChanged(RoomEvent.ModesChanged changed) {
        List<ModeChange> changes = changed.changes();
        int left = LineBudget.left(":" + EventTags.source(changed.by(), changed.profile()) + " MODE " + target);
        int from = 0;
        while (from < changes.size()) {
            int end = from;
            int size = 0;
            do {
                size += size(changes.get(end));
                end++;
            } while (end < changes.size() && size + size(changes.get(end)) <= left);
            String[] words = {"MODE", target, modes(changes.subList(from, end))};
            event(changed.at(), changed.by(), changed.profile(), Own.SHOWN, words);
            from = end;
        }
    }

    /** The size in bytes, with a sign, the letter, and the space before the value. */
    private static int size(ModeChange change) {
        return IrcText.size(change.value()) + 3;
    }

    /** {@code +ov-b ann bob *!*@*}. */
    static String modes(List<ModeChange> changes) {
        StringBuilder letters = new StringBuilder();
        StringBuilder values = new StringBuilder();
        char sign = ' ';
        for (ModeChange change : changes) {
            char wanted = change.set() ? '+' : '-';
            if (wanted != sign) {
                letters.append(wanted);
                sign = wanted;
            }
            letters.append(change.mode().letter());
            if (!change.value().isEmpty()) {
                values.append(' ').append(change.value());
            }
        }
        return letters.append(values).toString();
    }

    /** Written by {@link MetadataSubscriptions}, because it depends on the client's subscriptions. */
    @Override
    public void metadataChanged(RoomEvent.MetadataChanged changed) {}

    /** Nothing: new members see their own {@link RoomEvent.Joined}. */
    @Override
    public void welcome(RoomEvent.Welcome welcome) {}

    @Override
    public void gap(RoomEvent.Gap gap) {}

    // Lines

    /** Writes an action that does not belong to a room; the parameters are those of {@link #event}. */
    void outsideRooms(Instant at, Nick by, Profile profile, String... words) {
        event(at, by, profile, Own.SHOWN, words);
    }

    private void event(Instant at, Nick by, Profile profile, Own own, String... words) {
        event(at, "", by, profile, own, words);
    }

    /**
     * Writes a line of {@code words}; the last one includes its colon if it needs one.
     *
     * @param id the id of the event, or empty
     */
    private void event(Instant at, String id, Nick by, Profile profile, Own own, String... words) {
        StringBuilder out = new StringBuilder(96);
        EventTags.append(out, to, at, id, profile, "");
        StringBuilder line = new StringBuilder(96);
        line.append(':').append(EventTags.source(by, profile));
        for (String word : words) {
            line.append(' ').append(IrcText.oneLine(word));
        }
        sink.unit(out.append(LineBudget.end(line)).toString(), own);
    }
}
