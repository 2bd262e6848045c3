package io.teahouse.wire.plain;

import akka.util.ByteString;
import io.teahouse.client.Session;
import io.teahouse.room.Anchor;
import io.teahouse.room.Archive;
import io.teahouse.room.EventType;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Shows earlier messages, each line with its time: after a join, for /history and for /search. */
final class PlainHistory {
    private static final int MOST_FOUND = 20;

    /** How many bytes are rendered at a time. */
    private static final int CHUNK_BYTES = 16 * 1024;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final PlainSettings settings;
    private final PlainOutput out;

    PlainHistory(PlainSettings settings, PlainOutput out) {
        this.settings = settings;
        this.out = out;
    }

    /** Shows recent messages after a join, except to clients that cannot tell where a line ends. */
    void showRecent(Session session, RoomName room, long upTo) {
        if (upTo > 0 && settings.historyLines() > 0 && !out.isChunks()) {
            HistoryRange before = HistoryRange.before(new Anchor.AtSeq(upTo + 1), settings.historyLines());
            session.queries().rooms().history(room, before, Set.of(EventType.MESSAGE), reply -> {
                if (reply instanceof RoomReply.Past past && !past.events().isEmpty()) {
                    out.tell(session, "-- this was said before you came:");
                    show(session, past.events());
                }
            });
        }
    }

    void past(Session session, RoomReply.Past past) {
        if (past.events().isEmpty()) {
            out.tell(session, "-- no messages are stored here");
        } else if (past.gap()) {
            out.tell(session, "-- older lines are no longer stored");
        }
        show(session, past.events());
    }

    void search(Session session, RoomName room, String words) {
        Archive.Query query = new Archive.Query(
                List.of(room), words, Optional.empty(), Optional.empty(), Optional.empty(), MOST_FOUND);
        session.queries()
                .past()
                .search(
                        query,
                        found -> found.ifPresentOrElse(
                                all -> found(session, all),
                                () -> out.tell(session, "! the store does not answer: try again later")));
    }

    private void found(Session session, Archive.Found found) {
        if (!found.isComplete()) {
            out.tell(session, "-- not everything could be looked through in time: there may be more");
        } else if (found.said().isEmpty()) {
            out.tell(session, "-- nothing was found");
        }
        show(session, found.said());
    }

    /** Shows the newest events that fit into a reply, in order. */
    private void show(Session session, List<? extends RoomEvent.Recorded> events) {
        session.identity().nick().ifPresent(viewer -> new Newest(session, viewer, events).gather());
    }

    /**
     * Collects the newest lines of a reply, in chunks, so that other work can run in between; then writes them all at
     * once.
     */
    private final class Newest {
        private final Session session;
        private final Nick viewer;
        private final List<? extends RoomEvent.Recorded> events;
        private final ArrayDeque<ByteString> lines = new ArrayDeque<>();
        private int bytes;

        Newest(Session session, Nick viewer, List<? extends RoomEvent.Recorded> events) {
            this.session = session;
            this.viewer = viewer;
            this.events = events;
        }

        void gather() {
            int next = events.size() - lines.size() - 1;
            int chunk = bytes + CHUNK_BYTES;
            while (next >= 0 && bytes < chunk) {
                ByteString line = PlainText.encode(withTime(events.get(next), viewer) + out.lineEnd());
                bytes += line.size();
                if (bytes > settings.answerBytes()) {
                    break;
                }
                lines.addFirst(line);
                next--;
            }
            if (next >= 0 && bytes <= settings.answerBytes()) {
                session.connection().whenRead(this::gather);
            } else {
                write(next + 1);
            }
        }

        private void write(int left) {
            if (left > 0) {
                out.tell(session, "-- so much was said that " + left + " older lines are left out");
            }
            lines.forEach(session.connection()::write);
        }
    }

    private static String withTime(RoomEvent.Recorded event, Nick viewer) {
        StringBuilder lines = new StringBuilder();
        event.accept(new PlainWriter(lines, "\n", said -> said.by().sameAs(viewer), ""));
        String time = "[" + TIME.format(event.at()) + "] ";
        return time + lines.toString().strip().replace("\n", "\n" + time);
    }
}
