package io.teahouse.simulation;

import akka.actor.typed.ActorRef;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomActor;
import io.teahouse.room.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A user with an account, as their actor and their connections know them. */
final class User {
    /** The membership. */
    static final class Place {
        final ActorRef<RoomActor.Command> room;
        Ranks ranks;

        /** The room has ended. */
        boolean ended;

        Place(ActorRef<RoomActor.Command> room, Ranks ranks) {
            this.room = room;
            this.ranks = ranks;
        }
    }

    final String nick;
    final World world;

    /** Whether they stay in the room without a connection. */
    final boolean alwaysOn;

    final List<Device> devices = new ArrayList<>();
    Optional<Place> place = Optional.empty();

    /** Where their actor and their connections are. */
    Optional<Node> node = Optional.empty();

    /** They have left when the room could not tell the others. */
    boolean vanished;

    private Optional<ActorRef<Object>> actor = Optional.empty();

    User(String nick, boolean alwaysOn, World world) {
        this.nick = nick;
        this.alwaysOn = alwaysOn;
        this.world = world;
    }

    void actor(ActorRef<Object> to) {
        actor = Optional.of(to);
    }

    ActorRef<Object> actor() {
        return actor.orElseThrow();
    }

    UserId id() {
        return UserId.ofAccount(nick);
    }

    RoomActor.Identity identity() {
        Profile profile = new Profile("user", "host", nick, nick, "", false);
        ActorRef<MemberEvent> observer = actor().narrow();
        return new RoomActor.Identity(id(), Nick.of(nick), profile, false, actor(), Optional.of(observer));
    }

    boolean isConnected() {
        return devices.stream().anyMatch(Device::isUsed);
    }

    /** Whether they are in a room that has not ended. */
    boolean isMember() {
        return place.filter(known -> !known.ended).isPresent();
    }

    Ranks ranks() {
        return place.map(known -> known.ranks).orElse(Ranks.NONE);
    }

    /** They are in the room no longer, and nobody is told. */
    void vanish() {
        place = Optional.empty();
        vanished = true;
    }

    void vanishUnlessInRoom() {
        if (!isConnected()) {
            vanish();
        }
    }
}
