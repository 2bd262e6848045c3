package io.teahouse.client;

import akka.util.ByteString;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The input of one connection that its client has not processed yet, in order. Gives out one request after another: the
 * next one when it cannot overtake the effects of earlier ones, and when the flood guard allows it. Belongs to one
 * {@link ClientActor}.
 */
final class InputQueue {
    private sealed interface Piece {}

    private record Lines(ByteString lines) implements Piece {}

    private record Overlong(int weight) implements Piece {}

    private static final ArrayDeque<Piece> NONE = new ArrayDeque<>(1);

    /**
     * Small reads that wait are merged up to this size, because many of them take much more memory than their bytes.
     */
    private static final int PIECE = 4096;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** The most bytes of messages without receipt, which rooms and the store hold. Then no further message is read. */
    private static final int MOST_PIPELINED_BYTES = 128 * 1024;

    private final ReadWindow window;
    private final Dialect dialect;
    private final FloodGuard flood;
    private final Allowance allowance;
    private final int mostPipelined;
    private final LongSupplier clock;
    private final Metrics metrics;
    private final PendingWork work;

    /** Complete lines; those before {@link #at} have been read. */
    private ByteString lines = ByteString.emptyByteString();

    private int at;

    /** The input after those lines. */
    private ArrayDeque<Piece> later = NONE;

    /** The number of waiting bytes in both. */
    private int waiting;

    private boolean ended;

    /** The request that was read last, while it has to wait. */
    private @Nullable Request held;

    /** The length of its line, in bytes. */
    private int lineLength;

    /** Whether the flood guard delays it. */
    private boolean delayed;

    /** The number of messages that wait for their receipt, as of the last check, and their approximate bytes. */
    private int pipelined;

    private int pipelinedBytes;

    /**
     * An empty queue.
     *
     * @param window gets the amount of processed input
     * @param settings of the moment
     * @param clock in nanoseconds; monotonic
     * @param work wakes the client when a delay is over
     */
    InputQueue(
            ReadWindow window,
            Dialect dialect,
            Supplier<ClientSettings> settings,
            Allowance allowance,
            LongSupplier clock,
            PendingWork work,
            Metrics metrics) {
        this.metrics = metrics;
        this.window = window;
        this.dialect = dialect;
        this.flood = new FloodGuard(() -> settings.get().flood(), clock.getAsLong());
        this.allowance = allowance;
        this.mostPipelined = settings.get().messagesUnderWay();
        this.clock = clock;
        this.work = work;
    }

    // In

    /** Adds complete lines, each with its end mark. */
    void add(ByteString received) {
        waiting += received.size();
        if (isEmpty()) {
            lines = received; // the usual case: no deque
            at = 0;
        } else if (later.peekLast() instanceof Lines last && last.lines.size() + received.size() <= PIECE) {
            later.removeLast();
            later.addLast(new Lines(last.lines.concat(received).compact()));
        } else {
            addLast(new Lines(received));
        }
    }

    /**
     * Adds a line that was too long and has been dropped.
     *
     * @param weight the number of bytes that it counts for
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

    /** The peer has ended its input. */
    void end() {
        ended = true;
    }

    /** Discards all input that waits. */
    void clear() {
        if (waiting > 0) {
            lines = ByteString.emptyByteString();
            at = 0;
            later = NONE;
            processed(waiting);
        }
    }

    private boolean isEmpty() {
        return at == lines.size() && later.isEmpty();
    }

    /** Whether the peer has ended its input. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether all requests have been given out, and the input has ended. */
    boolean isExhausted() {
        return ended && held == null && isEmpty();
    }

    /** Whether no request waits, no receipt is expected, and more input may come. */
    boolean isIdle() {
        return held == null && pipelined == 0 && !ended && isEmpty();
    }

    /** Whether so much input waits that the client is to be disconnected. */
    boolean isExcess() {
        return flood.isExcess(waiting);
    }

    // Out

    /**
     * The next request; null if there is none or it has to wait.
     *
     * @param outstanding the number of effects of earlier requests that the client has not seen yet
     * @param session with which the request will run
     */
    @Nullable
    Request next(int outstanding, Session session) {
        if (delayed) {
            return null;
        }
        Request next = held == null ? read() : held;
        if (next == null) {
            return null;
        }
        if (!mayGo(next, outstanding, session)) {
            held = next;
            return null;
        }
        if (held != null) { // seldom: no write to an old object, which the collector would scan
            held = null;
        }
        if (next.isPipelined()) {
            pipelinedBytes = pipelinedBytes(outstanding) + lineLength;
        }
        return next;
    }

    private boolean mayGo(Request request, int outstanding, Session session) {
        if (outstanding > 0 && !(request.isPipelined() && mayPipeline(outstanding))) {
            return false;
        }
        Duration delay = charge(request, session);
        if (!delay.isZero()) {
            delayed = true;
            if (request != held) { // otherwise this is a further attempt
                metrics.delayed();
            }
            work.after(delay, () -> delayed = false);
        }
        return delay.isZero();
    }

    private boolean mayPipeline(int outstanding) {
        return outstanding < mostPipelined && pipelinedBytes(outstanding) <= MOST_PIPELINED_BYTES;
    }

    /**
     * The approximate bytes of messages that wait for their receipt.
     *
     * @param outstanding the number of effects of earlier requests that the client has not seen yet
     */
    int pipelinedBytes(int outstanding) {
        if (outstanding < pipelined) { // which of them is unknown
            pipelinedBytes = (int) ((long) pipelinedBytes * outstanding / pipelined);
        }
        pipelined = outstanding;
        return pipelinedBytes;
    }

    /**
     * Charges this connection and its address, or neither. Returns zero, or how long to wait before the next attempt if one of
     * them has too few points: never long, because a reload may change the rules.
     */
    private Duration charge(Request request, Session session) {
        long now = clock.getAsLong();
        Duration delay = flood.delay(request.cost(), now);
        int expense = delay.isZero() ? request.work(session) : 0;
        if (expense > 0) {
            delay = allowance.charge(expense, now);
        }
        if (delay.isZero()) {
            flood.take(request.cost());
        }
        return delay.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : delay;
    }

    /** The next line, as the dialect reads it; null if there is none. */
    private @Nullable Request read() {
        while (at == lines.size()) {
            Piece piece = later.pollFirst();
            if (piece == null) {
                return null;
            } else if (piece instanceof Overlong overlong) {
                processed(overlong.weight);
                return dialect.overlong();
            } else if (piece instanceof Lines next) {
                lines = next.lines;
                at = 0;
            }
        }
        return dialect.read(cutLine());
    }

    private ByteString cutLine() {
        int end = at;
        while (lines.apply(end) != '\n') {
            end++;
        }
        int text = end > at && lines.apply(end - 1) == '\r' ? end - 1 : end;
        ByteString line = lines.slice(at, text);
        lineLength = end + 1 - at;
        at = end + 1;
        if (at == lines.size()) {
            lines = ByteString.emptyByteString(); // otherwise the bytes of the read would stay in memory
            at = 0;
        }
        processed(lineLength);
        return line;
    }

    private void processed(int bytes) {
        waiting -= bytes;
        window.taken(bytes);
    }
}
