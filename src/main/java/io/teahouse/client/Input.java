package io.teahouse.client;

import akka.util.ByteString;
import java.util.ArrayDeque;
import java.util.Optional;

/** What a connection has sent and its client has not dealt with yet, in order; gives out one line at a time. */
final class Input {
    private static final ArrayDeque<ClientActor.Command> NONE = new ArrayDeque<>(1);

    private final ReadWindow intake;
    private ByteString lines = ByteString.emptyByteString();
    private int at;
    private ArrayDeque<ClientActor.Command> later = NONE;
    private int waiting;
    private int lastLine;
    private boolean ended;

    /** Waiting reads are merged up to this size: many small ones would take much more memory than their bytes. */
    private static final int PIECE = 4096;

    Input(ReadWindow intake) {
        this.intake = intake;
    }

    /** {@link ClientActor.Received}, {@link ClientActor.Overlong} or {@link ClientActor.InputEnded}. */
    void add(ClientActor.Command command) {
        waiting += command.weight();
        ended |= command instanceof ClientActor.InputEnded;
        if (command instanceof ClientActor.Received received && isEmpty()) {
            lines = received.lines(); // as it mostly is; who only listens holds no queue
            at = 0;
            return;
        }
        if (later == NONE) {
            later = new ArrayDeque<>(4);
        }
        later.addLast(joined(command));
    }

    private ClientActor.Command joined(ClientActor.Command command) {
        if (command instanceof ClientActor.Received next
                && later.peekLast() instanceof ClientActor.Received last
                && last.lines().size() + next.lines().size() <= PIECE) {
            later.removeLast();
            return new ClientActor.Received(last.lines().concat(next.lines()).compact(), next.lineEnd());
        }
        return command;
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
            ClientActor.Command command = later.pollFirst();
            if (command == null) {
                return Optional.empty();
            } else if (command instanceof ClientActor.Overlong) {
                dealtWith(command.weight());
                return Optional.of(dialect.overlong());
            } else if (command instanceof ClientActor.Received received) {
                lines = received.lines();
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
        intake.taken(bytes);
    }
}
