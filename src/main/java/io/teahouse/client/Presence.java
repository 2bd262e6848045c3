package io.teahouse.client;

import akka.actor.typed.ActorRef;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.UserId;
import io.teahouse.user.Notification;
import io.teahouse.user.Place;
import io.teahouse.user.UserMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who is here, as everybody may see him. Written by his own {@link ClientActor} alone, read from any thread;
 * each value is a snapshot.
 */
public final class Presence {
    private final ActorRef<Object> client;
    private final boolean secure;
    private final String address;
    private final Instant since = Instant.now();
    private volatile Nick nick;
    private volatile Profile profile;
    private volatile Set<UserMode> modes = Set.of();
    private volatile List<Place> places = List.of();
    private volatile Map<String, String> metadata = Map.of();
    private volatile boolean absent;
    private volatile long activeAt = System.nanoTime();

    /** @param profile with the address */
    Presence(ActorRef<Object> client, boolean secure, Nick nick, Profile profile) {
        this.client = client;
        this.secure = secure;
        this.nick = nick;
        this.profile = profile.shown();
        this.address = profile.address().isEmpty() ? profile.host() : profile.address();
    }

    public Nick nick() {
        return nick;
    }

    public Profile profile() {
        return profile;
    }

    /** Who the user is, whatever the nick. */
    public UserId id() {
        return profile.id();
    }

    /**
     * Whether it was said by this user in that conversation of theirs: by another connection of the account, too, unless it is
     * that one that they talk to.
     */
    public boolean said(RoomName conversation, Nick by, Profile profile) {
        boolean byName = conversation.isWithOneself() || !profile.id().isKnown();
        return byName ? by.sameAs(nick) : this.profile.isSameUser(profile);
    }

    /** {@code nick!user@host}. */
    public String source() {
        return nick + "!" + profile.user() + "@" + profile.host();
    }

    public Set<UserMode> modes() {
        return modes;
    }

    public boolean is(UserMode mode) {
        return modes.contains(mode);
    }

    /** The rooms that he is in, conversations left out. */
    public List<Place> places() {
        return places;
    }

    public Optional<Place> place(RoomName room) {
        for (Place place : places) {
            if (place.room().key().equals(room.key())) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /** A room that both are in. */
    public Optional<Place> common(Presence other) {
        return places.stream()
                .filter(mine -> other.place(mine.room()).isPresent())
                .findFirst();
    }

    /** What programs note about him: values by their keys. */
    public Map<String, String> metadata() {
        return metadata;
    }

    public Instant since() {
        return since;
    }

    /** Whether nobody between him and the server can read along. */
    public boolean secure() {
        return secure;
    }

    /** How long he has said nothing. */
    public long idleSeconds() {
        return (System.nanoTime() - activeAt) / 1_000_000_000L;
    }

    /** The real address: only the user and operators of the server may see it. */
    public String address() {
        return address;
    }

    /** Whether others see something else in place of the address. */
    public boolean isCloaked() {
        return !profile.host().equals(address);
    }

    /** Where he is told what concerns him outside of rooms. */
    public void tell(Notification notification) {
        client.tell(new ClientActor.Told(notification));
    }

    /** Ends his connection. */
    public void kill(String reason) {
        client.tell(new ClientActor.Kill(reason));
    }

    ActorRef<RoomEvent> ref() {
        return client.unsafeUpcast().narrow();
    }

    /** Whether he has lost his connection and is expected back. */
    public boolean isAbsent() {
        return absent;
    }

    ActorRef<Object> client() {
        return client;
    }

    // By his own actor

    void absent() {
        absent = true;
    }

    void nick(Nick to) {
        nick = to;
    }

    void profile(Profile to) {
        profile = to;
    }

    void metadata(Map<String, String> to) {
        metadata = to;
    }

    void spoke() {
        activeAt = System.nanoTime();
    }

    void mode(UserMode mode, boolean set) {
        Set<UserMode> next = modes.isEmpty() ? EnumSet.noneOf(UserMode.class) : EnumSet.copyOf(modes);
        if (set) {
            next.add(mode);
        } else {
            next.remove(mode);
        }
        modes = Set.copyOf(next);
    }

    /** Puts it in the place of the one of the same room. */
    void put(Place place) {
        List<Place> next = new ArrayList<>(places.size() + 1);
        boolean put = false;
        for (Place each : places) {
            boolean same = each.room().key().equals(place.room().key());
            next.add(same ? place : each);
            put |= same;
        }
        if (!put) {
            next.add(place);
        }
        places = List.copyOf(next);
    }

    /** The room is called otherwise. */
    void rename(RoomName from, RoomName to) {
        places = places.stream()
                .map(each -> each.room().key().equals(from.key()) ? new Place(to, each.ranks(), each.secret()) : each)
                .toList();
    }

    void remove(RoomName room) {
        places = places.stream()
                .filter(each -> !each.room().key().equals(room.key()))
                .toList();
    }
}
