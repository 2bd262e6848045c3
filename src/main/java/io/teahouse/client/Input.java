package io.teahouse.client;

import akka.util.ByteString;
import java.util.ArrayDeque;
import java.util.Optional;

/** What a connection has sent and its client has not dealt with yet, in order; gives out one line at a time. */
final class Input {
    private sealed interface Piece {}

    private record Lines(ByteString lines) implements Piece {}

    private record Overlong(int weight) implements Piece {}

    private static final ArrayDeque<Piece> NONE = new ArrayDeque<>(1);

    private final ReadWindow window;
    private ByteString lines = ByteString.emptyByteString();
    private int at;
    private ArrayDeque<Piece> later = NONE;
    private int waiting;
    private int lastLine;
    private boolean ended;

    /** Waiting reads are merged up to this size: many small ones would take much more memory than their bytes. */
    private static final int PIECE = 4096;

    Input(ReadWindow window) {
        this.window = window;
    }

    /** Complete lines, each with its end mark. */
    void add(ByteString received) {
        waiting += received.size();
        if (isEmpty()) {
            lines = received; // as it mostly is; a client that only listens holds no queue
            at = 0;
        } else if (later.peekLast() instanceof Lines last && last.lines.size() + received.size() <= PIECE) {
            later.removeLast();
            later.addLast(new Lines(last.lines.concat(received).compact()));
        } else {
            addLast(new Lines(received));
        }
    }

    /**
     * A line that was too long has been dropped.
     *
     * @param weight how many bytes it counts for
     */
    void addOverlong(int weight) {
        waiting += weight;
        addLast(new Overlong(weight));
    }

    private void addLast(Piece piece) {
        if (later == NONE) {
            later = new ArrayDeque<>(4);
        }
        later.addLast(piece);
    }

    /** The peer will send no more. */
    void end() {
        ended = true;
    }

    /** Discards everything that waits. */
    void clear() {
        if (waiting > 0) {
            lines = ByteString.emptyByteString();
            at = 0;
            later = NONE;
            dealtWith(waiting);
        }
    }

    /** The length of the latest line, in bytes. */
    int lastLine() {
        return lastLine;
    }

    /** Bytes that wait. */
    int waiting() {
        return waiting;
    }

    /** True when all has been given out and no more will come. */
    boolean isExhausted() {
        return ended && isEmpty();
    }

    boolean isEmpty() {
        return at == lines.size() && later.isEmpty();
    }

    /** True when the peer has said that it sends no more. */
    boolean hasEnded() {
        return ended;
    }

    /** The next line, as the dialect reads it; empty when there is none. */
    Optional<Request> next(Dialect dialect) {
        while (at == lines.size()) {
            Piece piece = later.pollFirst();
            if (piece == null) {
                return Optional.empty();
            } else if (piece instanceof Overlong overlong) {
                dealtWith(overlong.weight);
                return Optional.of(dialect.overlong());
            } else if (piece instanceof Lines next) {
                lines = next.lines;
                at = 0;
            }
        }
        return Optional.of(dialect.read(cut()));
    }

    private ByteString cut() {
        int end = at;
        while (lines.apply(end) != '\n') {
            end++;
        }
        int text = end > at && lines.apply(end - 1) == '\r' ? end - 1 : end;
        ByteString line = lines.slice(at, text);
        int used = end + 1 - at;
        lastLine = used;
        at = end + 1;
        if (at == lines.size()) {
            lines = ByteString.emptyByteString(); // do not keep the read alive
            at = 0;
        }
        dealtWith(used);
        return line;
    }

    private void dealtWith(int bytes) {
        waiting -= bytes;
        window.taken(bytes);
    }
}
