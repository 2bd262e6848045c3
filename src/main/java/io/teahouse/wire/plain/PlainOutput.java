package io.teahouse.wire.plain;

import io.teahouse.client.Request;
import io.teahouse.client.Session;
import io.teahouse.room.RoomName;
import io.teahouse.room.Topic;

/** Where the lines of one plain dialect go. A client that sends no line ends is not sent any: each write is a line. */
final class PlainOutput {
    private boolean chunks;

    /** The client does not end its lines. */
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
        session.write(PlainText.encode(line + lineEnd()));
    }

    void topic(Session session, RoomName room, Topic topic) {
        String text = PlainText.clean(topic.text());
        tell(session, topic.isEmpty() ? "-- " + room + " has no topic" : "-- topic of " + room + ": " + text);
    }

    /** A request that comes to nothing. */
    Request error(String what) {
        return session -> tell(session, "! " + what);
    }
}
