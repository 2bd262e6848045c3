package io.teahouse.room;

import java.util.Optional;

/** Decides as another policy does. Override what is to be different. */
public class ForwardingPolicy implements RoomPolicy {
    /** Decides with which ranks users join. Pure. */
    @FunctionalInterface
    public interface InitialRanks {
        Ranks of(RoomName room, Nick nick, Profile profile);
    }

    private final RoomPolicy to;

    /** The same policy, except for the ranks of those who join. */
    public static RoomPolicy withRanks(RoomPolicy policy, InitialRanks ranks) {
        return new ForwardingPolicy(policy) {
            @Override
            public Ranks ranks(Room room, Nick nick, Profile profile) {
                return ranks.of(room.name(), nick, profile);
            }
        };
    }

    /** @param to usually a {@link StandardPolicy} */
    public ForwardingPolicy(RoomPolicy to) {
        this.to = to;
    }

    @Override
    public Optional<Refusal> join(Room room, Nick nick, Profile profile, String key, boolean serverOperator) {
        return to.join(room, nick, profile, key, serverOperator);
    }

    @Override
    public Ranks ranks(Room room, Nick nick, Profile profile) {
        return to.ranks(room, nick, profile);
    }

    @Override
    public boolean isOpen(Room room) {
        return to.isOpen(room);
    }

    @Override
    public Optional<Refusal> say(Room room, Member by, OutgoingMessage message) {
        return to.say(room, by, message);
    }

    @Override
    public Optional<Refusal> signal(Room room, Member by, Attributes attributes) {
        return to.signal(room, by, attributes);
    }

    @Override
    public Optional<Refusal> speak(Room room, Member by) {
        return to.speak(room, by);
    }

    @Override
    public Optional<Refusal> setTopic(Room room, Member member, String text) {
        return to.setTopic(room, member, text);
    }

    @Override
    public Optional<Refusal> redact(Room room, Member member, RoomEvent.Recorded target) {
        return to.redact(room, member, target);
    }

    @Override
    public Optional<Refusal> rename(Room room, Member member, Nick nick) {
        return to.rename(room, member, nick);
    }

    @Override
    public Optional<Refusal> renameRoom(Room room, Member by, RoomName name) {
        return to.renameRoom(room, by, name);
    }

    @Override
    public Optional<Refusal> kick(Room room, Member by, Member target) {
        return to.kick(room, by, target);
    }

    @Override
    public Optional<Refusal> invite(Room room, Member by, Nick target) {
        return to.invite(room, by, target);
    }

    @Override
    public boolean admitsByInvitation(Room room, Member by) {
        return to.admitsByInvitation(room, by);
    }

    @Override
    public Optional<Refusal> setMode(Room room, Member by, ModeChange change) {
        return to.setMode(room, by, change);
    }

    @Override
    public Optional<Refusal> setMetadata(Room room, Member by, String key) {
        return to.setMetadata(room, by, key);
    }
}
