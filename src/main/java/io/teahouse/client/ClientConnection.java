package io.teahouse.client;

import akka.actor.Cancellable;
import akka.util.ByteString;
import io.teahouse.room.RoomEvent.Departure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The connection of one client: its output, its timeouts, and its end. This class decides that it ends; {@link
 * ClientActor} carries out the consequences for rooms and users after the current message. Runs in the client's actor.
 */
final class ClientConnection implements Session.Connection {
    /** The phase of the connection. */
    sealed interface Phase {}

    /** The connection is open. */
    record Open() implements Phase {}

    /**
     * The connection has ended; its earlier input is still processed.
     *
     * @param lostBecause empty: the peer had ended its input in good order
     */
    record Ended(Optional<String> lostBecause, Instant at) implements Phase {}

    /**
     * Nothing is read or shown any more; pending output is being written.
     *
     * @param lost whether the client neither quit nor was removed: its user may stay without it
     * @param at since when nothing is shown
     */
    record Closing(Departure how, String text, boolean lost, Instant at) implements Phase {}

    /** Has the name that operators filter these log lines by. */
    private static final Logger LOG = LoggerFactory.getLogger("io.teahouse.client.ClientActor");

    private static final String NUMBER = "connection";

    /** Numbers connections, for the log only. */
    private static final AtomicLong NUMBERS = new AtomicLong();

    private static final Phase OPEN = new Open();
    private static final Cancellable NO_TIMER = Cancellable.alreadyCancelled();

    /**
     * The maximum time for processing input from before the end of the connection; longer than most flood guards need.
     */
    private static final Duration REST = Duration.ofMinutes(2);

    private final ClientSettings settings;
    private final Metrics metrics;
    private final Dialect dialect;
    private final Peer peer;
    private final CurrentUser me;
    private final Outbox outbox;
    private final ReadWindow window;
    private final PendingWork work;
    private final Silence silence;
    private Cancellable timer = NO_TIMER;
    private final long number = NUMBERS.incrementAndGet();
    private Phase phase = OPEN;

    /** Whether the socket is closed. */
    private boolean gone;

    /** Whether input has arrived since the last check. */
    private boolean heard;

    /**
     * A connection that has just been accepted.
     *
     * @param clock in nanoseconds; monotonic
     */
    ClientConnection(
            ClientSettings settings,
            Metrics metrics,
            Dialect dialect,
            Peer peer,
            CurrentUser me,
            Outbox outbox,
            ReadWindow window,
            PendingWork work,
            LongSupplier clock) {
        this.settings = settings;
        this.metrics = metrics;
        this.dialect = dialect;
        this.peer = peer;
        this.me = me;
        this.outbox = outbox;
        this.window = window;
        this.work = work;
        this.silence = new Silence(settings.idleTimeout(), clock);
    }

    /** Starts the timeout for giving a name. */
    void start() {
        Runnable givenUp = work.waker(this::givenUp);
        outbox.whenGivenUp(givenUp);
        window.whenGivenUp(givenUp);
        timer(settings.nameTimeout(), () -> {
            if (me.user().isEmpty()) {
                cutOff("no name was given in time");
            }
        });
    }

    /** A memory budget is exhausted, and this client holds the most of it. */
    private void givenUp() {
        if (outbox.isGivenUp()) {
            tooMuchToSend();
        } else {
            count(Metrics.CutOff.MEMORY);
            cutOff("the server is overloaded, and most of what waits is yours");
        }
    }

    Phase phase() {
        return phase;
    }

    boolean isClosing() {
        return phase instanceof Closing;
    }

    /** Whether the connection has ended, and not in good order. */
    boolean isLost() {
        return phase instanceof Ended ended && ended.lostBecause.isPresent();
    }

    /** Whether everything has ended, the socket included. */
    boolean isOver() {
        return isClosing() && (gone || !outbox.isAttached());
    }

    // Time

    private void timer(Duration delay, PendingWork.Continue then) {
        timer.cancel();
        timer = work.after(delay, then);
    }

    /** The peer has sent something. */
    void heard() {
        if (!heard) {
            heard = true;
            log("connected: {}", this);
        }
        alive();
    }

    /** The peer is still there. */
    void alive() {
        silence.broken();
    }

    /** The client has entered with a name. */
    void entered() {
        log("named: {}", this);
        if (!gone) {
            timer.cancel();
            watchSilence();
        }
    }

    private void watchSilence() {
        silence.next().ifPresent(wait -> timer(wait, this::onSilence));
    }

    private void onSilence() {
        if (phase != OPEN) {
            return;
        } else if (silence.isTooLong()) {
            count(Metrics.CutOff.SILENCE);
            lose("nothing was heard for too long", outbox::cutOff);
            return;
        } else if (silence.isHalfOver()) {
            dialect.probe();
        }
        if (phase == OPEN) { // the probe may have exceeded the send queue
            watchSilence();
        }
    }

    // Writing

    @Override
    public void write(ByteString bytes) {
        if (!isClosing() && bytes.nonEmpty() && !outbox.offer(bytes)) {
            if (outbox.isGivenUp()) {
                tooMuchToSend();
            } else {
                count(Metrics.CutOff.SEND_QUEUE);
                lose("what is sent to it is not read fast enough", outbox::giveUp);
            }
        }
    }

    private void tooMuchToSend() {
        count(Metrics.CutOff.MEMORY);
        lose(
                "the send queues of all clients are full, and this client, which does not read, has the longest",
                outbox::giveUp);
    }

    @Override
    public void separateWrites() {
        outbox.separate();
    }

    @Override
    public void whenRead(Runnable step) {
        outbox.whenLow(work.step(step));
    }

    @Override
    public void afterwards(Runnable step) {
        work.putOff(step);
    }

    @Override
    public <T> void await(CompletionStage<T> answer, Consumer<Optional<T>> then) {
        work.await(answer, then);
    }

    @Override
    public <T> void compute(Supplier<T> what, Consumer<T> then) {
        work.compute(what, then);
    }

    // The end

    /**
     * The connection has ended. Its earlier input is still processed.
     *
     * @param inGoodOrder whether the peer had ended its input first
     */
    void disconnected(String why, boolean inGoodOrder) {
        gone = true;
        outbox.discard();
        if (!isClosing()) {
            phase = new Ended(inGoodOrder ? Optional.empty() : Optional.of(why), Instant.now());
            timer(REST, this::hungUp);
        }
    }

    /** The peer closed without QUIT, or was lost, and all its input has been processed. */
    void hungUp() {
        if (phase instanceof Ended ended && ended.lostBecause.isPresent()) {
            String why = ended.lostBecause.get();
            if (heard) { // otherwise nobody had entered
                log("lost: {}: {}", this, why);
            }
            close(Departure.LOST, why, true);
        } else if (!isClosing()) {
            log("left: {}", this);
            close(Departure.QUIT, "", true);
        }
    }

    /** Ends the connection; the user may reconnect. */
    private void lose(String why, Consumer<ByteString> lastWords) {
        if (!isClosing()) {
            log("cut off: {}: {}", this, why);
            lastWords.accept(dialect.lastWords(why));
            close(Departure.LOST, why, true);
        }
    }

    /** The server shuts down; it does not wait long for its peers. */
    void shutDown(String text, Optional<Duration> retryAfter) {
        write(dialect.lastWords(text));
        retryAfter.ifPresent(outbox::retryAfter);
        outbox.finishSoon();
        close(Departure.QUIT, text);
    }

    /** An operator of the server closes the connection. */
    void kill(String reason) {
        log("killed: {}: {}", this, reason);
        write(dialect.lastWords(reason));
        close(Departure.QUIT, reason);
    }

    @Override
    public void quit(String text) {
        if (!isClosing()) {
            log("left: {}", this);
            close(Departure.QUIT, text);
        }
    }

    @Override
    public void cutOff(String reason) {
        if (!isClosing()) {
            log("cut off: {}: {}", this, reason);
            outbox.cutOff(dialect.lastWords(reason));
            close(Departure.LOST, reason);
        }
    }

    /** It has sent too fast for too long. */
    void flooded() {
        count(Metrics.CutOff.FLOOD);
        cutOff("Excess Flood");
    }

    private void count(Metrics.CutOff why) {
        if (!isClosing()) {
            metrics.cutOff(why);
        }
    }

    private void close(Departure how, String text) {
        close(how, text, false);
    }

    private void close(Departure how, String text, boolean lost) {
        if (!isClosing()) {
            Instant at = phase instanceof Ended ended ? ended.at : Instant.now();
            phase = new Closing(how, text, lost, at);
            timer.cancel();
        }
    }

    /** Ends after a failure. */
    void abandon() {
        try {
            outbox.cutOff(dialect.lastWords("the server has failed you; please connect again"));
        } catch (RuntimeException e) {
            LOG.debug("failed again: {}", this, e);
        }
        close(Departure.LOST, "the server failed");
    }

    /** Everybody has been notified: the connection closes when all output is written. */
    void finish() {
        outbox.finish();
        window.close();
    }

    /** The client has failed, and with it the connection. */
    void failed(Throwable e) {
        logged(() -> {
            LOG.error("failed, this connection alone is closed: {}: {}", this, e.toString());
            LOG.debug("failed: {}", this, e);
        });
    }

    private void log(String message, Object... arguments) {
        logged(() -> LOG.info(message, arguments));
    }

    /** Logs with the number of the connection, by which an operator finds the other lines about it. */
    private void logged(Runnable logging) {
        MDC.put(NUMBER, Long.toString(number));
        logging.run();
        MDC.remove(NUMBER);
    }

    /** For the log. */
    @Override
    public String toString() {
        return me.nick().map(name -> name + " (" + peer + ")").orElseGet(peer::toString);
    }
}
