package io.teahouse.client;

import akka.actor.Cancellable;
import akka.util.ByteString;
import io.teahouse.room.RoomEvent.Departure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of one client: what is written to it, how long it may be silent, and how it ends. Here it is decided that it
 * ends; what follows for rooms and others is done by {@link ClientActor}, right after the message that is being
 * processed. Runs in the client's actor.
 */
final class ClientConnection implements Session.Connection {
    /** How far it has come. */
    sealed interface Phase {}

    /** It is there. */
    record Open() implements Phase {}

    /**
     * It has ended; what it had sent is still processed.
     *
     * @param lostBecause empty: the peer had said that it would send no more
     */
    record Ended(Optional<String> lostBecause, Instant at) implements Phase {}

    /**
     * Nothing is read or shown any more; what waits is being written.
     *
     * @param lost whether the client did not say that it goes, nor was told to: the user may stay without it
     * @param at since when nothing is shown
     */
    record Closing(Departure how, String text, boolean lost, Instant at) implements Phase {}

    /** Under the name that operators know these lines by. */
    private static final Logger LOG = LoggerFactory.getLogger("io.teahouse.client.ClientActor");

    private static final Phase OPEN = new Open();
    private static final Cancellable NO_TIMER = Cancellable.alreadyCancelled();

    /** How long that may take at the most which a connection has sent before it ended; longer than most flood guards need. */
    private static final Duration REST = Duration.ofMinutes(2);

    private final ClientSettings settings;
    private final Dialect dialect;
    private final Peer peer;
    private final CurrentUser me;
    private final Outbox outbox;
    private final ReadWindow window;
    private final PendingWork work;
    private final Silence silence;
    private Cancellable timer = NO_TIMER;
    private Phase phase = OPEN;

    /** The socket itself is gone. */
    private boolean gone;

    /** Something came from the peer. */
    private boolean heard;

    /**
     * It has just been accepted.
     *
     * @param clock in nanoseconds; does not jump
     */
    ClientConnection(
            ClientSettings settings,
            Dialect dialect,
            Peer peer,
            CurrentUser me,
            Outbox outbox,
            ReadWindow window,
            PendingWork work,
            LongSupplier clock) {
        this.settings = settings;
        this.dialect = dialect;
        this.peer = peer;
        this.me = me;
        this.outbox = outbox;
        this.window = window;
        this.work = work;
        this.silence = new Silence(settings.idleTimeout(), clock);
    }

    /** From now on it has a time to give a name. */
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

    /** A memory budget is exhausted, and this client has the largest share of it. */
    private void givenUp() {
        if (outbox.isGivenUp()) {
            tooMuchToSend();
        } else {
            cutOff("the server is overloaded, and most of what waits is yours");
        }
    }

    Phase phase() {
        return phase;
    }

    boolean isClosing() {
        return phase instanceof Closing;
    }

    /** True when the connection has ended, and not in good order. */
    boolean isLost() {
        return phase instanceof Ended ended && ended.lostBecause.isPresent();
    }

    /** True when nothing is left, not even a connection. */
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
            LOG.info("connected: {}", this);
        }
        alive();
    }

    /** The peer is still there. */
    void alive() {
        silence.broken();
    }

    /** The client has entered under a name. */
    void entered() {
        LOG.info("named: {}", this);
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
            lose("nothing was heard for too long", outbox::cutOff);
            return;
        } else if (silence.isHalfOver()) {
            dialect.probe();
        }
        if (phase == OPEN) { // the probe may have been too much for the connection
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
                lose("what is sent to it is not read fast enough", outbox::giveUp);
            }
        }
    }

    private void tooMuchToSend() {
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
    public <T> void compute(Supplier<T> what, Consumer<T> then) {
        work.compute(what, then);
    }

    // The end

    /**
     * The connection has ended. What came before the end is still done.
     *
     * @param inGoodOrder the peer had said that it would send no more
     */
    void disconnected(String why, boolean inGoodOrder) {
        gone = true;
        outbox.discard();
        if (!isClosing()) {
            phase = new Ended(inGoodOrder ? Optional.empty() : Optional.of(why), Instant.now());
            timer(REST, this::hungUp);
        }
    }

    /** The peer has closed without a word, or was lost, and all that it sent has been done. */
    void hungUp() {
        if (phase instanceof Ended ended && ended.lostBecause.isPresent()) {
            String why = ended.lostBecause.get();
            if (heard) { // else there was nobody
                LOG.info("lost: {}: {}", this, why);
            }
            close(Departure.LOST, why, true);
        } else if (!isClosing()) {
            LOG.info("left: {}", this);
            close(Departure.QUIT, "", true);
        }
    }

    /** Ends the connection; the user may come back by another one. */
    private void lose(String why, Consumer<ByteString> lastWords) {
        if (!isClosing()) {
            LOG.info("cut off: {}: {}", this, why);
            lastWords.accept(dialect.lastWords(why));
            close(Departure.LOST, why, true);
        }
    }

    /** The server ends; it does not wait long for its peers. */
    void shutDown(String text) {
        write(dialect.lastWords(text));
        outbox.finishSoon();
        close(Departure.QUIT, text);
    }

    /** An operator of the server ends it. */
    void kill(String reason) {
        LOG.info("killed: {}: {}", this, reason);
        write(dialect.lastWords(reason));
        close(Departure.QUIT, reason);
    }

    @Override
    public void quit(String text) {
        if (!isClosing()) {
            LOG.info("left: {}", this);
            close(Departure.QUIT, text);
        }
    }

    @Override
    public void cutOff(String reason) {
        if (!isClosing()) {
            LOG.info("cut off: {}: {}", this, reason);
            outbox.cutOff(dialect.lastWords(reason));
            close(Departure.LOST, reason);
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

    /** Ends in the midst of something. */
    void abandon() {
        try {
            outbox.cutOff(dialect.lastWords("the server has failed you; please connect again"));
        } catch (RuntimeException e) {
            LOG.debug("failed again: {}", this, e);
        }
        close(Departure.LOST, "the server failed");
    }

    /** Everybody has been told: the connection closes when all is written. */
    void finish() {
        outbox.finish();
        window.close();
    }

    /** For the log. */
    @Override
    public String toString() {
        return me.nick().map(name -> name + " (" + peer + ")").orElseGet(peer::toString);
    }
}
