package io.teahouse;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.member.RoomMember;
import io.teahouse.room.support.IdGenerator;
import io.teahouse.user.ConnectionInfo;
import io.teahouse.user.Disconnect;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.NickRules;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.Place;
import io.teahouse.user.UserActor;
import io.teahouse.user.UserSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Members of the application with one nick, as a user of the doors. It claims the nick, also from who has it already, stands in the
 * directory of users, and owns the memberships in conversations, whose events go to the members. Takes introductions, answers of
 * the registry, events of conversations, and what is told users; ends with the last member.
 */
final class EmbeddedUser extends AbstractBehavior<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedUser.class);

    /** The door, as WHOIS names it to operators. */
    private static final String DOOR = "application";

    private static final Duration CLAIM_AGAIN = Duration.ofSeconds(1);

    private enum Again {
        CLAIM,
        RECLAIM
    }

    private final EmbeddedMembers.Doorway doors;
    private final TimerScheduler<Object> timers;
    private final Nick nick;
    private final Profile profile;
    private final Map<ActorRef<RoomMember.Command>, RoomMember.Introduction> members = new LinkedHashMap<>();
    private final Set<ActorRef<RoomActor.Command>> conversations = new HashSet<>();
    private Optional<OnlineUser> online = Optional.empty();

    static Behavior<Object> create(EmbeddedMembers.Doorway doors, RoomMember.Introduction first) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new EmbeddedUser(context, timers, doors, first)));
    }

    private EmbeddedUser(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            EmbeddedMembers.Doorway doors,
            RoomMember.Introduction first) {
        super(context);
        this.doors = doors;
        this.timers = timers;
        this.profile = first.profile();
        this.nick = doors.rules().check(first.nick().text()) instanceof NickRules.Accepted accepted
                ? accepted.nick()
                : first.nick();
        claim();
        doors.reclaim().ifPresent(interval -> timers.startTimerWithFixedDelay(Again.RECLAIM, interval));
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(RoomMember.Introduction.class, this::onIntroduction)
                .onMessage(NickRegistry.Claimed.class, this::onClaimed)
                .onMessage(NickRegistry.Lost.class, this::onLost)
                .onMessageEquals(Again.CLAIM, this::onAgain)
                .onMessageEquals(Again.RECLAIM, this::onAgain)
                .onMessage(MemberEvent.Placed.class, this::onConversation)
                .onMessage(MemberEvent.Removed.class, this::onConversationLeft)
                .onMessage(Disconnect.class, this::onDisconnect)
                .onMessage(UserActor.Command.class, any -> this)
                .onSignal(Terminated.class, this::onMemberEnded)
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    /** The application comes first: users who have the nick get another one. */
    private void claim() {
        ActorRef<Object> self = getContext().getSelf();
        doors.nicks().tell(new NickRegistry.Claim(0, nick, true, profile.id(), self.narrow(), self.narrow()));
    }

    private Behavior<Object> onClaimed(NickRegistry.Claimed claimed) {
        if (claimed.obstacle().isPresent()) {
            LOG.warn(
                    "The member {} of the application cannot have its nick: it looks like {}",
                    nick,
                    claimed.obstacle().get());
            timers.startSingleTimer(Again.CLAIM, CLAIM_AGAIN);
        } else if (online.isEmpty()) {
            Instant now = Instant.now();
            ConnectionInfo connection = new ConnectionInfo(
                    IdGenerator.process().next(), 1, DOOR, profile.host(), true, now, now.toEpochMilli());
            ActorRef<Object> self = getContext().getSelf();
            UserSnapshot first = UserSnapshot.online(nick, profile, connection);
            online = Optional.of(doors.users().enter(first, self.narrow(), direct()));
            publish();
        }
        return this;
    }

    /** The owner of an account of that name has logged in; the application takes the nick back. */
    private Behavior<Object> onLost(NickRegistry.Lost lost) {
        timers.startSingleTimer(Again.CLAIM, CLAIM_AGAIN);
        return this;
    }

    private Behavior<Object> onAgain() {
        claim();
        return this;
    }

    private Behavior<Object> onIntroduction(RoomMember.Introduction who) {
        if (members.put(who.member(), who) == null) {
            getContext().watch(who.member());
        }
        publish();
        return this;
    }

    private Behavior<Object> onMemberEnded(Terminated ended) {
        RoomMember.Introduction gone =
                members.remove(ended.getRef().unsafeUpcast().<RoomMember.Command>narrow());
        if (gone != null) {
            gone.direct()
                    .ifPresent(subscriber ->
                            conversations.forEach(room -> room.tell(new RoomActor.Unsubscribe(subscriber))));
        }
        publish();
        return members.isEmpty() ? stopped() : this;
    }

    private static Behavior<Object> stopped() {
        return Behaviors.stopped();
    }

    /** The user is in the rooms of all members. */
    private void publish() {
        online.ifPresent(user -> {
            UserSnapshot next = user.snapshot();
            for (Place place : next.places()) {
                next = next.withoutPlace(place.room());
            }
            for (RoomMember.Introduction each : members.values()) {
                if (each.placed().isPresent()) {
                    MemberEvent.Placed placed = each.placed().get();
                    next = next.withPlace(new Place(placed.room(), placed.ranks(), placed.secret()));
                }
            }
            user.publish(next, 0);
            user.subscribers(direct());
        });
    }

    /** The members who take direct messages. */
    private List<ActorRef<RoomEvent>> direct() {
        return members.values().stream().flatMap(each -> each.direct().stream()).toList();
    }

    private Behavior<Object> onConversation(MemberEvent.Placed placed) {
        conversations.add(placed.self());
        return this;
    }

    private Behavior<Object> onConversationLeft(MemberEvent.Removed removed) {
        conversations.remove(removed.self());
        return this;
    }

    private Behavior<Object> onDisconnect(Disconnect disconnect) {
        LOG.warn(
                "An operator wants to disconnect {}, which is a member of the application: {}",
                nick,
                disconnect.reason());
        return this;
    }

    private Behavior<Object> onStopped() {
        ActorRef<Object> self = getContext().getSelf();
        online.ifPresent(OnlineUser::leave);
        doors.nicks().tell(new NickRegistry.Release(profile.id(), self.narrow()));
        return this;
    }
}
