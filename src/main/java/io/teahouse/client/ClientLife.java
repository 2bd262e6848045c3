package io.teahouse.client;

import akka.actor.Cancellable;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.util.ByteString;
import io.teahouse.room.RoomEvent.Departure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the life of one client goes on: it is given a time to name itself, and later to be silent; its connection is lost
 * or cut off, and it stays for a while without one, or ends. Belongs to one {@link ClientActor} and runs in it.
 */
final class ClientLife implements Life {
    /** Something has had its time. */
    enum Tick {
        NAME,
        ABSENT,
        IDLE,
        /** There is no connection, and what came by it has not been done in time. */
        REST,
        /** The outboxes of all clients hold too much, and this one's most. */
        OUTBOX_GIVEN_UP,
        /** The same for what clients sent, or asked for. */
        INTAKE_GIVEN_UP
    }

    private static final Logger LOG = LoggerFactory.getLogger(ClientActor.class);

    /** How long it takes at the most until another connection has taken this one's places. */
    private static final Duration HAND_OVER = Duration.ofSeconds(10);

    /** How long that may take at the most which a connection has sent before it was lost; longer than most flood guards need. */
    private static final Duration REST = Duration.ofMinutes(2);

    private final ActorContext<Object> context;
    private final ClientSettings settings;
    private final Dialect dialect;
    private final Peer peer;
    private final Outbox outbox;
    private final ReadWindow intake;
    private final Runnable freed;
    private final Silence silence;
    private final ClientSession session;
    private Cancellable timer;

    /** There is no connection, but the client is still in its rooms. */
    private boolean absent;

    /** Nothing is read or shown any more; the outbox is being emptied. */
    private boolean closing;

    /** The connection itself has ended. */
    private boolean gone;

    /** Something came from the peer. */
    private boolean heard;

    /** Why the connection ended, unless it did so in good order. */
    private Optional<String> lostBecause = Optional.empty();

    /**
     * It has just connected.
     *
     * @param freed called when the connection has ended and the client stays
     * @param clock in nanoseconds; does not jump
     */
    ClientLife(
            ActorContext<Object> context,
            Services services,
            Dialect dialect,
            Peer peer,
            Outbox outbox,
            ReadWindow intake,
            Allowance allowance,
            Runnable freed,
            LongSupplier clock) {
        this.context = context;
        this.settings = services.settings();
        this.dialect = dialect;
        this.peer = peer;
        this.outbox = outbox;
        this.intake = intake;
        this.freed = freed;
        this.silence = new Silence(settings.idleTimeout(), clock);
        this.session = new ClientSession(context, services, dialect, this, peer, allowance);
        ActorRef<Object> self = context.getSelf();
        outbox.whenGivenUp(() -> self.tell(Tick.OUTBOX_GIVEN_UP));
        intake.whenGivenUp(() -> self.tell(Tick.INTAKE_GIVEN_UP));
        this.timer = after(settings.nameTimeout(), Tick.NAME);
    }

    ClientSession session() {
        return session;
    }

    boolean isAbsent() {
        return absent;
    }

    boolean isClosing() {
        return closing;
    }

    /** True when nothing is left, not even a connection. */
    boolean isOver() {
        return gone && closing;
    }

    // Time

    void on(Tick tick) {
        switch (tick) {
            case NAME -> {
                if (session.user().isEmpty()) {
                    cutOff("no name was given in time");
                }
            }
            case REST -> {
                if (!absent) {
                    hungUp();
                }
            }
            case ABSENT -> end(Departure.QUIT, "did not come back");
            case OUTBOX_GIVEN_UP -> tooMuchToSend();
            case INTAKE_GIVEN_UP -> cutOff("the server is overloaded, and most of what waits is yours");
            case IDLE -> {
                if (!absent) {
                    onIdle();
                }
            }
        }
    }

    /** The peer has sent something. */
    void heard() {
        if (!heard) {
            heard = true;
            LOG.info("connected: {}", this);
        }
        silence.broken();
    }

    private void onIdle() {
        if (silence.isTooLong()) {
            cutOff("nothing was heard for too long", outbox::cutOff, this::lose);
            return;
        }
        if (silence.isHalfOver()) {
            dialect.probe(session);
        }
        if (!absent && !closing) { // the probe may have been too much for the connection
            watchIdle();
        }
    }

    private void watchIdle() {
        silence.next().ifPresent(wait -> timer = after(wait, Tick.IDLE));
    }

    // The connection

    @Override
    public void entered() {
        LOG.info("named: {}", this);
        if (!gone) {
            timer.cancel();
            watchIdle();
        }
    }

    @Override
    public void write(ByteString bytes) {
        if (!closing && bytes.nonEmpty() && !outbox.offer(bytes)) {
            if (outbox.isGivenUp()) {
                tooMuchToSend();
            } else {
                cutOff("what is sent to it is not read fast enough", outbox::giveUp, this::lose);
            }
        }
    }

    private void tooMuchToSend() {
        cutOff(
                "the send queues of all clients are full, and this client, which does not read, has the longest",
                outbox::giveUp,
                this::lose);
    }

    @Override
    public int free() {
        return outbox.free();
    }

    @Override
    public Outbox.Progress written() {
        return outbox.progress();
    }

    @Override
    public void separateWrites() {
        outbox.separate();
    }

    @Override
    public void whenRead(Runnable then) {
        outbox.whenLow(then);
    }

    // The end

    /**
     * The connection has ended. What came before the end is still done.
     *
     * @param inGoodOrder the peer had said that it would send no more
     * @param done all that came before has been done
     */
    void disconnected(String why, boolean inGoodOrder, boolean done) {
        gone = true;
        outbox.discard();
        if (absent) {
            freed.run();
            return;
        }
        if (!closing && !inGoodOrder) {
            lostBecause = Optional.of(why);
            if (done) {
                hungUp();
            }
        }
        if (!closing && !absent) {
            timer.cancel();
            timer = after(REST, Tick.REST);
        }
    }

    /** True when the connection has ended, and not in good order. */
    boolean isLost() {
        return lostBecause.isPresent();
    }

    /** The connection is lost: ends, or stays for a while. */
    private void lose(String why) {
        if (!stay()) {
            end(Departure.LOST, why);
        }
    }

    /** Goes on without a connection, if that may be. */
    private boolean stay() {
        if (!dialect.mayStay() || !session.person().stay()) {
            return false;
        }
        LOG.info("absent: {}", this);
        absent = true;
        timer.cancel();
        dialect.closed(session);
        outbox.finish();
        timer = after(settings.absence(), Tick.ABSENT);
        if (gone) {
            freed.run();
        }
        return true;
    }

    /** The peer has closed without a word, or was lost, and all that it sent has been done. */
    void hungUp() {
        if (lostBecause.isPresent()) {
            String why = lostBecause.get();
            if (heard) { // else there was nobody
                LOG.info("lost: {}: {}", this, why);
            }
            lose(why);
        } else if (!stay()) {
            quit("");
        }
    }

    /** From now on somebody else is he, in one room after the other. */
    void giveWay(ClientActor.GiveWay way) {
        way.replyTo()
                .tell(new ClientActor.Places(
                        context.getSelf().narrow(), absent ? session.rooms().handOver() : List.of()));
        if (absent) {
            timer.cancel();
            timer = after(HAND_OVER, Tick.ABSENT);
        }
    }

    /** The server ends; it does not wait long for its peers. */
    void shutDown(String text) {
        write(dialect.lastWords(text));
        outbox.finishSoon();
        end(Departure.QUIT, text);
    }

    /** An operator of the server ends it. */
    void kill(String reason) {
        LOG.info("killed: {}: {}", this, reason);
        write(dialect.lastWords(reason));
        end(Departure.QUIT, reason);
    }

    @Override
    public void quit(String text) {
        LOG.info("left: {}", this);
        end(Departure.QUIT, text);
    }

    @Override
    public void cutOff(String reason) {
        cutOff(reason, outbox::cutOff, why -> end(Departure.LOST, why));
    }

    private void cutOff(String reason, Consumer<ByteString> lastWords, Consumer<String> then) {
        if (!closing) {
            LOG.info("cut off: {}: {}", this, reason);
            lastWords.accept(dialect.lastWords(reason));
            then.accept(reason);
        }
    }

    /** The rooms are told; now the name is free, and the connection closes when all is written. */
    private void end(Departure how, String text) {
        if (!closing) {
            closing = true;
            timer.cancel();
            try {
                dialect.closed(session);
            } finally {
                session.end(how, text);
                outbox.finish();
                intake.close();
            }
        }
    }

    /** Ends in the midst of something. A dialect that fails at this too keeps nobody from being told. */
    void abandon() {
        try {
            outbox.cutOff(dialect.lastWords("the server has failed you; please connect again"));
        } catch (RuntimeException e) {
            LOG.debug("failed again: {}", this, e);
        }
        try {
            end(Departure.LOST, "the server failed");
        } catch (RuntimeException e) {
            LOG.debug("failed again: {}", this, e);
        }
    }

    private Cancellable after(Duration delay, Tick tick) {
        return context.scheduleOnce(delay, context.getSelf(), tick);
    }

    /** For the log. */
    @Override
    public String toString() {
        return session.nick().map(name -> name + " (" + peer + ")").orElseGet(peer::toString);
    }
}
