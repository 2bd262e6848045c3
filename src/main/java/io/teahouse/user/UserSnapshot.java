package io.teahouse.user;

import akka.actor.typed.ActorRef;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Metadata;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomName;
import io.teahouse.room.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A user who is online, or expected back, at one moment. Immutable; a change makes a new one.
 *
 * @param profile without the address
 * @param address the real address, of the latest connection: only the user and operators of the server may see it
 * @param connections empty: the user has lost them and is expected back
 * @param since when the user came online
 * @param activeAt when the user last said something, in milliseconds since 1970
 * @param places the rooms that the user is in, conversations left out
 * @param metadata values by their keys
 */
public record UserSnapshot(
        Nick nick,
        Profile profile,
        String address,
        List<ConnectionInfo> connections,
        Instant since,
        long activeAt,
        Set<UserMode> modes,
        List<Place> places,
        Map<String, String> metadata) {
    private static final int MILLIS = 1000;

    public UserSnapshot {
        profile = profile.shown();
        connections = List.copyOf(connections);
        places = List.copyOf(places);
    }

    /**
     * A user who has just come online.
     *
     * @param profile with the address
     */
    public static UserSnapshot online(Nick nick, Profile profile, ConnectionInfo connection) {
        long now = System.currentTimeMillis();
        return new UserSnapshot(
                nick,
                profile,
                connection.address(),
                List.of(connection),
                connection.since(),
                now,
                Set.of(),
                List.of(),
                Map.of());
    }

    /** A user who was here before the server was restarted, and has no connection yet. */
    static UserSnapshot absent(Nick nick, Profile profile, Instant lastConnected, Map<String, String> metadata) {
        return new UserSnapshot(
                nick,
                profile,
                profile.host(),
                List.of(),
                Instant.now(),
                lastConnected.toEpochMilli(),
                Set.of(),
                List.of(),
                metadata);
    }

    /** Who the user is, whatever the nick. */
    public UserId id() {
        return profile.id();
    }

    /** Whether both have the same nick and the same id. */
    boolean isKnownAs(UserSnapshot other) {
        return nick.equals(other.nick) && id().equals(other.id());
    }

    /** Whether both are the same user, however they differ. */
    public boolean isSameUser(UserSnapshot other) {
        return id().equals(other.id());
    }

    /**
     * Whether it was said by this user in that conversation of theirs: on another connection of the account, too, unless it
     * is that one that they talk to.
     */
    public boolean said(RoomName conversation, Nick by, Profile author) {
        boolean byName = conversation.isWithOneself() || !author.id().isKnown();
        return byName ? by.sameAs(nick) : profile.isSameUser(author);
    }

    /**
     * The user as they are introduced to rooms.
     *
     * @param address that of the connection of the user that introduces them; or empty
     * @param owner the user's actor
     */
    public RoomActor.Identity identity(String address, ActorRef<UserActor.Command> owner) {
        ActorRef<MemberEvent> observer = owner.<Object>unsafeUpcast().narrow();
        return new RoomActor.Identity(
                id(), nick, profile, address, is(UserMode.OPERATOR), owner, Optional.of(observer));
    }

    /** {@code nick!user@host}. */
    public String source() {
        return nick + "!" + profile.user() + "@" + profile.host();
    }

    public boolean is(UserMode mode) {
        return modes.contains(mode);
    }

    /** How the user stands in that room, if they are in it. */
    public Optional<Place> place(RoomName room) {
        for (Place place : places) {
            if (place.isIn(room)) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /** A room that both are in. */
    public Optional<Place> common(UserSnapshot other) {
        return places.stream()
                .filter(mine -> other.place(mine.room()).isPresent())
                .findFirst();
    }

    /** Whether the user has lost all connections and is expected back. */
    public boolean isAbsent() {
        return connections.isEmpty();
    }

    /** Whether nobody between the user and the server can read along. */
    public boolean isSecure() {
        return !isAbsent() && connections.stream().allMatch(ConnectionInfo::secure);
    }

    /** Whether nothing else differs than when the user and their connections were last active. */
    @SuppressWarnings("ReferenceEquality") // asked of all users again and again, and most have not changed
    public boolean isSameApartFromActivity(UserSnapshot other) {
        return this == other || still().equals(other.still());
    }

    /** As if nobody had ever said anything. */
    private UserSnapshot still() {
        List<ConnectionInfo> idle =
                connections.stream().map(each -> each.withActiveAt(0)).toList();
        return new UserSnapshot(nick, profile, address, idle, since, 0, modes, places, metadata);
    }

    /** How long the user has said nothing. */
    public long idleSeconds() {
        return Math.max(0, System.currentTimeMillis() - activeAt) / MILLIS;
    }

    /** Whether others see something else in place of the address. */
    public boolean isCloaked() {
        return !profile.host().equals(address);
    }

    /** How the metadata differ from those before: the new values by their keys; an empty one stands for a key that is gone. */
    public Map<String, String> metadataChanges(UserSnapshot before) {
        Map<String, String> changes = new LinkedHashMap<>();
        metadata.forEach((key, value) -> {
            if (!value.equals(before.metadata.get(key))) {
                changes.put(key, value);
            }
        });
        before.metadata.keySet().stream()
                .filter(key -> !metadata.containsKey(key))
                .forEach(key -> changes.put(key, ""));
        return changes;
    }

    // Changes

    public UserSnapshot withNick(Nick to) {
        return new UserSnapshot(to, profile, address, connections, since, activeAt, modes, places, metadata);
    }

    public UserSnapshot withProfile(Profile to) {
        return new UserSnapshot(nick, to, address, connections, since, activeAt, modes, places, metadata);
    }

    public UserSnapshot withConnections(List<ConnectionInfo> to) {
        String latest = to.isEmpty() ? address : to.get(to.size() - 1).address();
        return new UserSnapshot(nick, profile, latest, to, since, activeAt, modes, places, metadata);
    }

    /**
     * The user said something.
     *
     * @param on the connections, as of then
     * @param millis when, since 1970
     */
    public UserSnapshot active(List<ConnectionInfo> on, long millis) {
        return new UserSnapshot(nick, profile, address, on, since, millis, modes, places, metadata);
    }

    public UserSnapshot withMode(UserMode mode, boolean set) {
        Set<UserMode> to = UserMode.changed(modes, mode, set);
        return new UserSnapshot(nick, profile, address, connections, since, activeAt, to, places, metadata);
    }

    public UserSnapshot withMetadata(Map<String, String> to) {
        return new UserSnapshot(nick, profile, address, connections, since, activeAt, modes, places, to);
    }

    /**
     * With other metadata.
     *
     * @param changes see {@link Metadata#changed}
     */
    public UserSnapshot withMetadataChanged(Map<String, String> changes) {
        return withMetadata(Metadata.changed(metadata, changes));
    }

    private UserSnapshot withPlaces(List<Place> to) {
        return new UserSnapshot(nick, profile, address, connections, since, activeAt, modes, to, metadata);
    }

    /** In place of the one in the same room, if there is one. */
    public UserSnapshot withPlace(Place place) {
        List<Place> next = new ArrayList<>(places.size() + 1);
        boolean put = false;
        for (Place each : places) {
            boolean same = each.isIn(place.room());
            next.add(same ? place : each);
            put |= same;
        }
        if (!put) {
            next.add(place);
        }
        return withPlaces(next);
    }

    public UserSnapshot withoutPlace(RoomName room) {
        return withPlaces(places.stream().filter(each -> !each.isIn(room)).toList());
    }

    public UserSnapshot withRoomRenamed(RoomName from, RoomName to) {
        if (from.equals(to)) {
            return this;
        }
        return withPlaces(places.stream()
                .map(each -> each.isIn(from) ? new Place(to, each.ranks(), each.secret()) : each)
                .toList());
    }
}
