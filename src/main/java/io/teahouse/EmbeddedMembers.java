package io.teahouse;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.receptionist.Receptionist;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.member.RoomMember;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.NickRules;
import io.teahouse.user.OnlineUsers;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds the application's members of the rooms, and makes those with the same nick one user of the doors: an {@link EmbeddedUser}.
 * Only members of this node count; other nodes have doors of their own.
 */
final class EmbeddedMembers extends AbstractBehavior<EmbeddedMembers.Command> {
    sealed interface Command {}

    private record Found(Receptionist.Listing listing) implements Command {}

    private record Introduced(RoomMember.Introduction who) implements Command {}

    private record MemberEnded(ActorRef<?> member) implements Command {}

    private record UserEnded(String key) implements Command {}

    /**
     * What the doors have.
     *
     * @param rooms those that the doors lead to; members of other rooms are none of their users
     * @param reclaim how often they claim their nicks again, because another node may have given them back; empty: there is none
     * @param reserved is told of all nicks of members, which nobody else may take
     */
    record Doorway(
            ActorRef<RoomDirectory.Command> rooms,
            OnlineUsers users,
            ActorRef<NickRegistry.Command> nicks,
            Optional<Duration> reclaim,
            NickRules rules,
            Consumer<List<String>> reserved) {}

    private final Doorway doors;
    private final ActorRef<RoomMember.Introduction> introductions;
    private final Set<ActorRef<RoomMember.Introduce>> known = new HashSet<>();

    /** By the key of the nick. */
    private final Map<String, ActorRef<Object>> users = new HashMap<>();

    private final Map<String, Nick> nicks = new HashMap<>();

    static Behavior<Command> create(Doorway doors) {
        return Behaviors.setup(context -> new EmbeddedMembers(context, doors));
    }

    private EmbeddedMembers(ActorContext<Command> context, Doorway doors) {
        super(context);
        this.doors = doors;
        this.introductions = context.messageAdapter(RoomMember.Introduction.class, Introduced::new);
        context.getSystem()
                .receptionist()
                .tell(Receptionist.subscribe(
                        RoomMember.KEY, context.messageAdapter(Receptionist.Listing.class, Found::new)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Found.class, this::onFound)
                .onMessage(Introduced.class, this::onIntroduced)
                .onMessage(MemberEnded.class, this::onMemberEnded)
                .onMessage(UserEnded.class, this::onUserEnded)
                .build();
    }

    private Behavior<Command> onFound(Found found) {
        for (ActorRef<RoomMember.Introduce> member : found.listing.getServiceInstances(RoomMember.KEY)) {
            if (member.path().address().hasLocalScope() && known.add(member)) {
                getContext().watchWith(member, new MemberEnded(member));
                member.tell(new RoomMember.Introduce(introductions));
            }
        }
        return this;
    }

    private Behavior<Command> onMemberEnded(MemberEnded ended) {
        known.remove(ended.member);
        return this;
    }

    private Behavior<Command> onIntroduced(Introduced introduced) {
        RoomMember.Introduction who = introduced.who;
        if (who.rooms().equals(doors.rooms)) {
            String key = who.nick().key();
            users.computeIfAbsent(key, any -> start(key, who)).tell(who);
        }
        return this;
    }

    private ActorRef<Object> start(String key, RoomMember.Introduction who) {
        ActorRef<Object> user = getContext().spawnAnonymous(EmbeddedUser.create(doors, who));
        getContext().watchWith(user, new UserEnded(key));
        nicks.put(key, who.nick());
        reserve();
        return user;
    }

    private Behavior<Command> onUserEnded(UserEnded ended) {
        users.remove(ended.key);
        nicks.remove(ended.key);
        reserve();
        return this;
    }

    private void reserve() {
        doors.reserved.accept(nicks.values().stream().map(Nick::text).toList());
    }
}
