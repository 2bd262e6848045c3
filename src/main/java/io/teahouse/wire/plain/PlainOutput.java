package io.teahouse.wire.plain;

import io.teahouse.client.Request;
import io.teahouse.client.Session;
import io.teahouse.room.RoomName;
import io.teahouse.room.Topic;

/** Writes the lines of one plain dialect. A client that sends no line ends gets none either: each write is a line. */
final class PlainOutput {
    private boolean chunks;

    /** From now on, writes without line ends. */
    void sendChunks() {
        chunks = true;
    }

    boolean isChunks() {
        return chunks;
    }

    String lineEnd() {
        return chunks ? "" : "\n";
    }

    void tell(Session session, String line) {
        session.connection().write(PlainText.encode(line + lineEnd()));
    }

    void topic(Session session, RoomName room, Topic topic) {
        String text = PlainText.clean(topic.text());
        tell(session, topic.isEmpty() ? "-- " + room + " has no topic" : "-- topic of " + room + ": " + text);
    }

    /** A request that does nothing but report an error. */
    Request error(String what) {
        return session -> tell(session, "! " + what);
    }
}
