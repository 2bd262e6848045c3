package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.cluster.RelayMembers.Member;
import io.teahouse.cluster.RelayMembers.Subscription;
import io.teahouse.room.EventBatch;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;

/**
 * A room, for the clients of one node: they send it the commands of a {@link RoomActor} and receive its events. It
 * outlives the room, and ends when no client of the node uses it. The room itself may be on another node. When that node
 * dies, the relay joins all its members again, silently, and resends the commands that were not answered.
 *
 * <p>Its phases are {@link DetachedRelay}, {@link AttachingRelay}, {@link RejoiningRelay} and {@link ReadyRelay}. This
 * class is what they share.
 */
final class RoomRelay {
    /** How long a relay waits for an answer of the room before it asks again. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    static final Refusal AWAY =
            new Refusal(Refusal.Reason.STORE_AWAY, "the room is being moved to another server: try again later");

    private static final Refusal BUSY = new Refusal(
            Refusal.Reason.BUSY, "too much waits for the room, which is on another server: try again later");

    /**
     * How much one relay may ask of a room.
     *
     * @param pendingBytes the commands that the room has not answered
     * @param window how many of them the room may have at once
     */
    record Limits(long pendingBytes, int window) {}

    /** What a relay tells itself. */
    enum Tick {
        ATTACH,
        CHECK,
        IDLE
    }

    final ActorContext<Object> actor;
    final TimerScheduler<Object> timers;
    /** The name that the clients know. */
    RoomName name;

    final RelayedCommands commands;
    final RelayMembers members = new RelayMembers();
    final Introductions introductions;

    private final Function<RoomName, RecipientRef<RoomActor.Command>> rooms;
    private final ActorRef<RoomDirectory.Command> directory;

    /** Numbers the attempts to attach. */
    private long attempt;

    /** Whether there was a command since the last look. */
    private boolean used;

    /**
     * @param rooms finds the room of a name: starts it if it is not running
     * @param directory of this node; is told when nobody has used the relay for a while
     */
    static Behavior<RoomActor.Command> create(
            RoomName name,
            Function<RoomName, RecipientRef<RoomActor.Command>> rooms,
            ActorRef<RoomDirectory.Command> directory,
            Limits limits,
            Duration idleTimeout) {
        return Behaviors.<Object>setup(context -> Behaviors.withTimers(timers -> {
                    timers.startTimerWithFixedDelay(Tick.IDLE, idleTimeout);
                    return new DetachedRelay(new RoomRelay(context, timers, name, rooms, directory, limits));
                }))
                .narrow();
    }

    private RoomRelay(
            ActorContext<Object> actor,
            TimerScheduler<Object> timers,
            RoomName name,
            Function<RoomName, RecipientRef<RoomActor.Command>> rooms,
            ActorRef<RoomDirectory.Command> directory,
            Limits limits) {
        this.actor = actor;
        this.timers = timers;
        this.name = name;
        this.rooms = rooms;
        this.directory = directory;
        this.commands = new RelayedCommands(replies(), limits.pendingBytes, limits.window);
        this.introductions = new Introductions(name, directory, timers, messages());
    }

    /** As the clients know it. */
    ActorRef<RoomActor.Command> self() {
        return actor.getSelf().narrow();
    }

    ActorRef<RoomReply> replies() {
        return actor.getSelf().narrow();
    }

    private ActorRef<RelayMessage> messages() {
        return actor.getSelf().narrow();
    }

    Logger log() {
        return actor.getLog();
    }

    // The room

    /** Asks the room to deliver to this relay, and returns the number of the attempt. */
    long attach() {
        attempt++;
        timers.startSingleTimer(Tick.ATTACH, PATIENCE);
        rooms.apply(name).tell(new RoomActor.Attach(name, actor.getSelf(), attempt));
        return attempt;
    }

    /**
     * The room has another name from now on.
     *
     * @param show shows it to the clients: after the directory knows, so that they find this relay under the new name
     * @return whether it goes on as another actor
     */
    boolean rename(RoomName to, Runnable show) {
        boolean moves = !to.key().equals(name.key());
        if (moves) {
            directory.tell(new ClusterRooms.Moved(name, to, self()));
        }
        show.run();
        if (moves) {
            commands.renamed(to).forEach(asked -> asked.replyTo().tell(new RoomReply.Done(to, asked.number())));
        }
        name = to;
        return moves;
    }

    /** The members have missed who has renamed the room. */
    void tellMoved(RoomName to) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        rename(to, () -> {
            for (Subscription each : members.subscriptions()) {
                RoomActor.Identity user = each.member.identity;
                RoomEvent renamed = new RoomEvent.RoomRenamed(name, to, user.nick(), user.profile(), "", now);
                each.tell(EventBatch.of(name, List.of(renamed), 0, List.of()));
            }
        });
    }

    /** Whether anybody needs the room. */
    boolean isNeeded() {
        return !members.isEmpty() || !commands.isEmpty();
    }

    /** The relay may be stopped if it has not been used for a while. */
    void onIdle() {
        if (!used && !isNeeded()) {
            directory.tell(new ClusterRooms.Idle(name, self()));
        }
        used = false;
    }

    // Commands

    void use() {
        used = true;
    }

    /** Accepts a command, which is sent when its turn comes; refused if too much waits. */
    void accept(RoomActor.Command command) {
        if (command instanceof RoomActor.Asking asking && commands.isFull()) {
            refuse(asking, BUSY);
        } else {
            commands.add(command);
        }
    }

    /** The room cannot be opened: who waits is told so. */
    void giveUp(Refusal why) {
        commands.giveUp(asking -> refuse(asking, why), this::doubt);
    }

    /** The node of a user who should have joined does not answer: what was said to them is not sent. */
    void giveUp(RoomActor.Identity user) {
        String why = "the server of " + user.nick() + " does not answer: try again later";
        commands.refuseUnsent(asking -> refuse(asking, new Refusal(Refusal.Reason.BUSY, why)));
    }

    private void doubt(RoomActor.Asking asking) {
        asking.replyTo().tell(new RoomReply.InDoubt(name, asking.number(), asking.clientId()));
    }

    /** Somebody is no member any more, and the room does not say so. */
    void expel(Member member, String text) {
        members.subscriptionsOf(member).forEach(each -> tellLeft(each, text));
        UserId id = member.identity.id();
        member.identity.observer().ifPresent(user -> user.tell(new MemberEvent.Removed(name, id, self())));
        members.remove(member);
        commands.left(id);
    }

    void tellLeft(Subscription each, String text) {
        RoomActor.Identity user = each.member.identity;
        each.tell(EventBatch.left(name, user.nick(), user.profile(), text));
    }

    void refuse(RoomActor.Asking asking, Refusal why) {
        asking.replyTo().tell(new RoomReply.Refused(name, asking.number(), asking.clientId(), why));
    }

    /** Passes a reply to the sender of its command, and keeps up to date with what the room knows of its members. */
    void answer(RoomReply reply) {
        commands.answered(reply).ifPresent(asked -> {
            note(asked, reply);
            if (!(reply instanceof RoomReply.Done) || asked.number() != 0) {
                asked.replyTo().tell(RecordCodec.copy(reply, "number", asked.number()));
            }
        });
    }

    private void note(RoomActor.Asking asked, RoomReply reply) {
        if (asked instanceof RoomActor.Join join && reply instanceof RoomReply.Refused) {
            join.subscriber().ifPresent(introductions::answer); // nobody needs to wait for them any more
            if (members.find(join.user().id()).isEmpty()) {
                commands.left(join.user().id());
            }
        } else if (asked instanceof RoomActor.Rename rename && reply instanceof RoomReply.Done) {
            members.rename(rename.user(), rename.to());
        } else if (asked instanceof RoomActor.ChangeProfile change && reply instanceof RoomReply.Done) {
            members.changeProfile(change.user(), change.to());
        }
    }
}
