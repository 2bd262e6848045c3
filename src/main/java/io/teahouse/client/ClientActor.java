package io.teahouse.client;

import akka.actor.Cancellable;
import akka.actor.typed.Behavior;
import akka.actor.typed.ExtensibleBehavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.Signal;
import akka.actor.typed.Terminated;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.util.ByteString;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection. Takes its lines one after another, has its dialect read them, does what they ask for, and writes what
 * the rooms tell. It is supervised by <em>stop</em>: if it throws, its connection is closed and its rooms, which watch
 * it, say that it was lost; nobody else notices.
 *
 * <p>It is a hand-written behaviour over {@code Object}: rooms, directory and registry tell it their own types directly,
 * without an adapter's envelope per message, and an idle connection costs three objects less.
 */
public final class ClientActor extends ExtensibleBehavior<Object> implements Session {
    public sealed interface Command {}

    /**
     * Complete lines have come, each with its end mark (LF or CRLF).
     *
     * @param lineEnd false when the last of them had none of its own
     */
    public record Received(ByteString lines, boolean lineEnd) implements Command {}

    /** A line was longer than allowed and has been dropped. */
    public record Overlong() implements Command {}

    /** The peer will send no more; it may still read. */
    public record InputEnded() implements Command {}

    /** The connection is gone; always the last thing that the connection tells. */
    public record Disconnected(String why) implements Command {}

    /** The server closes: say so to the client and end. */
    public record Shutdown(String text) implements Command {}

    private enum Tick {
        NAME,
        IDLE,
        FLOOD
    }

    private static final Logger LOG = LoggerFactory.getLogger(ClientActor.class);

    private final ActorContext<Object> context;
    private final Services services;
    private final Dialect dialect;
    private final String address;
    private final Outbox outbox;
    private final Turns turns;
    private final ClientRooms rooms;
    private final Whispers whispers = new Whispers();
    private Optional<Nick> nick = Optional.empty();

    /** The name before the last change, until it is certain that no room refuses the new one. */
    private Optional<Nick> former = Optional.empty();

    /** Answers of the registry and the directory that the next line has to wait for. */
    private int awaited;

    private Cancellable timer;
    private long silentSince = System.nanoTime();
    private boolean heard;

    /** Nothing is read or shown any more; the outbox is being emptied. */
    private boolean closing;

    /** The connection itself has ended. */
    private boolean gone;

    /**
     * A client for one connection.
     *
     * @param address of the peer, for the log
     * @param outbox emptied by the connection
     * @param intake tells the connection how much has been dealt with
     */
    public static Behavior<Command> create(
            Services services, Dialect dialect, String address, Outbox outbox, Intake intake) {
        return Behaviors.<Object>setup(context -> new ClientActor(context, services, dialect, address, outbox, intake))
                .narrow();
    }

    private ClientActor(
            ActorContext<Object> context,
            Services services,
            Dialect dialect,
            String address,
            Outbox outbox,
            Intake intake) {
        this.context = context;
        this.services = services;
        this.dialect = dialect;
        this.address = address;
        this.outbox = outbox;
        this.turns = new Turns(intake, dialect, services.settings(), wait -> after(wait, Tick.FLOOD));
        this.rooms = new ClientRooms(context, services, dialect, this);
        this.timer = after(services.settings().nameTimeout(), Tick.NAME);
        LOG.info("connected: {}", address);
        dialect.opened(this);
    }

    // Messages. Whatever goes wrong in here concerns this client alone.

    @Override
    public Behavior<Object> receive(TypedActorContext<Object> ctx, Object message) {
        try {
            on(message);
            work();
        } catch (RuntimeException e) {
            LOG.error("failed, this connection alone is closed: {}: {}", this, e.toString());
            LOG.debug("failed: {}", this, e);
            return Behaviors.stopped();
        }
        return gone && closing ? Behaviors.stopped() : this;
    }

    private void on(Object message) {
        if (message instanceof RoomEvent.Batch batch) {
            onBatch(batch);
        } else if (message instanceof RoomEvent event) {
            onEvent(event);
        } else if (message instanceof Command command) {
            onCommand(command);
        } else if (message instanceof RoomReply reply) {
            onReply(reply);
        } else if (message instanceof RoomDirectory.Location location) {
            onLocation(location);
        } else if (message instanceof NickRegistryActor.Answer answer) {
            onAnswer(answer);
        } else if (message instanceof RoomDirectory.Listing listing) {
            awaited--;
            dialect.listing(this, listing);
        } else if (message instanceof Tick tick) {
            onTick(tick);
        } else if (message instanceof ClientRooms.Retry retry) {
            rooms.on(retry);
        }
    }

    private void onBatch(RoomEvent.Batch batch) {
        if (!closing && nick.isPresent()) {
            dialect.show(this, batch, nick.get());
            rooms.on(batch);
        }
    }

    private void onEvent(RoomEvent event) {
        if (!closing && event instanceof RoomEvent.Welcome welcome) {
            rooms.on(welcome);
        } else if (!closing && event instanceof RoomEvent.Gap gap) {
            rooms.on(gap);
        }
    }

    private void onCommand(Command command) {
        if (command instanceof Disconnected disconnected) {
            onDisconnected(disconnected);
        } else if (command instanceof Shutdown shutdown) {
            write(dialect.lastWords(shutdown.text));
            end();
        } else if (!closing) {
            if (command instanceof Received received && !heard) {
                heard = true;
                dialect.framed(this, received.lineEnd);
            }
            turns.input().add(command);
            silentSince = System.nanoTime();
        }
    }

    /** What came before the end of a connection that ended in good order is still done. */
    private void onDisconnected(Disconnected disconnected) {
        gone = true;
        if (!closing && !turns.input().hasEnded()) {
            LOG.info("lost: {}: {}", this, disconnected.why);
            rooms.leaveAll(Departure.LOST, disconnected.why);
            end();
        }
    }

    private void onReply(RoomReply reply) {
        if (reply instanceof RoomReply.Refused refused) {
            boolean aboutNewName = rooms.isAboutNewName(refused);
            rooms.on(refused);
            if (aboutNewName) {
                takeBackOldName();
            }
        } else if (reply instanceof RoomReply.InDoubt doubt) {
            rooms.on(doubt);
        } else if (reply instanceof RoomReply.Repeated repeated) {
            rooms.on(repeated);
        } else if (reply instanceof RoomReply.NameList names) {
            rooms.answered(names.room());
            dialect.names(this, names);
        } else if (reply instanceof RoomReply.Past past) {
            rooms.answered(past.room());
            dialect.past(this, past);
        }
    }

    private void onLocation(RoomDirectory.Location location) {
        if (whispers.isAbout(location)) {
            awaited--;
            if (location instanceof RoomDirectory.Found found && nick.isPresent()) {
                whispers.say(rooms, found, nick.get());
            } else if (location instanceof RoomDirectory.NotFound notFound) {
                whispers.end();
                dialect.refused(this, notFound.room(), notFound.refusal());
            }
        } else if (location instanceof RoomDirectory.NotFound notFound) {
            rooms.on(notFound);
        } else if (location instanceof RoomDirectory.Found found && nick.isPresent()) {
            rooms.on(found, nick.get());
        }
    }

    private void onAnswer(NickRegistryActor.Answer answer) {
        awaited--;
        if (answer instanceof NickRegistryActor.Claimed claimed) {
            onClaimed(claimed);
        } else if (answer instanceof NickRegistryActor.Located located) {
            onLocated(located);
        }
    }

    private void onLocated(NickRegistryActor.Located located) {
        if (located.owner().isPresent() && nick.isPresent()) {
            RoomName room = whispers.found(nick.get(), located.owner().get());
            ask(
                    services.rooms(),
                    new RoomDirectory.Locate(room, context.getSelf().narrow()));
        } else {
            whispers.end();
            dialect.noSuchPerson(this, located.asked().text());
        }
    }

    private void onClaimed(NickRegistryActor.Claimed claimed) {
        if (claimed.obstacle().isPresent()) {
            Nick other = claimed.obstacle().get();
            dialect.nameRefused(
                    this,
                    other.sameAs(claimed.nick())
                            ? "the name " + claimed.nick() + " is taken"
                            : "the name " + claimed.nick() + " looks like " + other + ", which is taken");
            return;
        }
        boolean first = nick.isEmpty();
        LOG.info("named: {} is {}", this, claimed.nick());
        former = nick;
        nick = Optional.of(claimed.nick());
        if (first) {
            timer.cancel();
            watchIdle();
        } else {
            rooms.rename(claimed.nick());
        }
        dialect.named(this, claimed.nick(), first);
    }

    /** A room has somebody of the new name who is not in the registry: an actor of the application. */
    private void takeBackOldName() {
        former.ifPresent(old -> claim(old.text()));
        former = Optional.empty();
    }

    private void onTick(Tick tick) {
        switch (tick) {
            case NAME -> {
                if (nick.isEmpty()) {
                    cutOff("no name was given in time");
                }
            }
            case IDLE -> {
                long silent = System.nanoTime() - silentSince;
                if (silent >= services.settings().idleTimeout().toNanos()) {
                    cutOff("nothing was heard for too long");
                } else if (!closing) {
                    watchIdle();
                }
            }
            case FLOOD -> turns.slowedEnough();
        }
    }

    private void watchIdle() {
        Duration allowed = services.settings().idleTimeout();
        if (!allowed.isZero()) {
            long silent = System.nanoTime() - silentSince;
            timer = after(allowed.minusNanos(Math.min(silent, allowed.toNanos() - 1)), Tick.IDLE);
        }
    }

    // Lines

    /** Does what the lines ask for, as far as their turn has come. */
    private void work() {
        while (mayGoOn()) {
            Optional<Request> next = turns.next(rooms.outstanding());
            if (next.isEmpty()) {
                break;
            }
            next.get().run(this);
        }
        if (turns.isExcess()) {
            cutOff("Excess Flood");
        } else if (mayGoOn() && turns.isOver() && rooms.outstanding() == 0) {
            quit("");
        }
    }

    /** True unless the next line has to wait for an answer. */
    private boolean mayGoOn() {
        return !closing && awaited == 0 && !rooms.isAwaiting();
    }

    // What the dialect may have done

    @Override
    public Optional<Nick> nick() {
        return nick;
    }

    @Override
    public void write(ByteString bytes) {
        if (!closing && bytes.nonEmpty() && !outbox.offer(bytes)) {
            cutOff("what is sent to it is not read fast enough");
        }
    }

    @Override
    public void separateWrites() {
        outbox.separate();
    }

    @Override
    public void claim(String name) {
        NickRules.Checked checked = services.rules().check(name);
        if (checked instanceof NickRules.Accepted accepted) {
            ask(
                    services.nicks(),
                    new NickRegistryActor.Claim(
                            accepted.nick(),
                            context.getSelf().narrow(),
                            context.getSelf().narrow()));
        } else if (checked instanceof NickRules.Rejected rejected) {
            dialect.nameRefused(this, rejected.why());
        }
    }

    @Override
    public void join(RoomName room) {
        nick.ifPresent(me -> rooms.join(room, me));
    }

    @Override
    public void part(RoomName room, String text) {
        rooms.part(room, text);
    }

    @Override
    public void say(RoomName room, Kind kind, String text, String clientId) {
        rooms.act(room, me -> new RoomActor.Say(me.ref(), kind, text, clientId, me.replyTo()));
    }

    @Override
    public void whisper(String to, Kind kind, String text) {
        if (services.rules().check(to) instanceof NickRules.Accepted accepted) {
            whispers.begin(kind, text);
            ask(
                    services.nicks(),
                    new NickRegistryActor.Find(
                            accepted.nick(), context.getSelf().narrow()));
        } else {
            dialect.noSuchPerson(this, to);
        }
    }

    @Override
    public void setTopic(RoomName room, String text) {
        rooms.act(room, me -> new RoomActor.SetTopic(me.ref(), text, me.replyTo()));
    }

    @Override
    public void names(RoomName room) {
        rooms.query(room, me -> new RoomActor.Names(me.replyTo()));
    }

    @Override
    public void history(RoomName room, int limit) {
        rooms.query(room, me -> new RoomActor.History(me.ref(), 1, Long.MAX_VALUE, limit, me.replyTo()));
    }

    @Override
    public void listRooms() {
        ask(services.rooms(), new RoomDirectory.ListRooms(context.getSelf().narrow()));
    }

    private <T> void ask(RecipientRef<T> whom, T question) {
        awaited++;
        whom.tell(question);
    }

    // The end

    @Override
    public void quit(String text) {
        LOG.info("left: {}", this);
        rooms.leaveAll(Departure.QUIT, text);
        end();
    }

    private void cutOff(String reason) {
        if (!closing) {
            LOG.info("cut off: {}: {}", this, reason);
            rooms.leaveAll(Departure.LOST, reason);
            outbox.cutOff(dialect.lastWords(reason));
            end();
        }
    }

    /** The rooms have been told; now the name is free, and the connection closes when all is written. */
    private void end() {
        if (!closing) {
            closing = true;
            timer.cancel();
            services.nicks()
                    .tell(new NickRegistryActor.Release(context.getSelf().narrow()));
            outbox.finish();
        }
    }

    @Override
    public Behavior<Object> receiveSignal(TypedActorContext<Object> ctx, Signal signal) {
        if (signal instanceof Terminated terminated) {
            rooms.ended(terminated.getRef());
            return receive(ctx, signal);
        }
        if (signal instanceof PostStop && !closing) {
            timer.cancel();
            outbox.cutOff(dialect.lastWords("the server has failed you; please connect again"));
        }
        return this;
    }

    private Cancellable after(Duration delay, Tick tick) {
        return context.scheduleOnce(delay, context.getSelf(), tick);
    }

    /** For the log. */
    @Override
    public String toString() {
        return nick.map(name -> name + " (" + address + ")").orElse(address);
    }
}
