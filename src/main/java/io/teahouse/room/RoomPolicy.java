package io.teahouse.room;

import static io.teahouse.room.Refusal.Reason.EMPTY;
import static io.teahouse.room.Refusal.Reason.NICK_IN_USE;
import static io.teahouse.room.Refusal.Reason.NOT_OPERATOR;
import static io.teahouse.room.Refusal.Reason.ROOM_FULL;
import static io.teahouse.room.Refusal.Reason.TOO_LONG;

import java.util.Optional;

/**
 * Who may do what in a room. Pure: the answer depends on the arguments alone, and empty means yes. That the asker is
 * a member has been checked before.
 */
public interface RoomPolicy {
    Optional<Refusal> join(Room room, Nick nick);

    Optional<Refusal> say(Room room, Member member, String text);

    Optional<Refusal> setTopic(Room room, Member member, String text);

    Optional<Refusal> rename(Room room, Member member, Nick to);

    Optional<Refusal> kick(Room room, Member by, Member target);

    /** Anybody may come, talk and set the topic, within the limits; only an operator may kick. */
    static RoomPolicy open(RoomSettings limits) {
        return new Open(limits);
    }

    /** See {@link #open}. */
    record Open(RoomSettings limits) implements RoomPolicy {
        @Override
        public Optional<Refusal> join(Room room, Nick nick) {
            if (room.size() >= limits.maxMembers()) {
                return refuse(ROOM_FULL, "the room is full (" + limits.maxMembers() + " members)");
            }
            return free(room, nick);
        }

        @Override
        public Optional<Refusal> say(Room room, Member member, String text) {
            return text.isEmpty() ? refuse(EMPTY, "there is nothing to say") : fits(text);
        }

        @Override
        public Optional<Refusal> setTopic(Room room, Member member, String text) {
            return fits(text);
        }

        @Override
        public Optional<Refusal> rename(Room room, Member member, Nick to) {
            return member.nick().sameAs(to) ? Optional.empty() : free(room, to);
        }

        @Override
        public Optional<Refusal> kick(Room room, Member by, Member target) {
            return by.isOperator() ? Optional.empty() : refuse(NOT_OPERATOR, "only an operator of the room may kick");
        }

        private Optional<Refusal> fits(String text) {
            if (text.length() <= limits.maxText()) {
                return Optional.empty();
            }
            return refuse(TOO_LONG, "that is too long (" + limits.maxText() + " characters at most)");
        }

        private static Optional<Refusal> free(Room room, Nick nick) {
            return room.named(nick).isEmpty()
                    ? Optional.empty()
                    : refuse(NICK_IN_USE, nick + " is already in the room");
        }

        private static Optional<Refusal> refuse(Refusal.Reason reason, String text) {
            return Optional.of(new Refusal(reason, text));
        }
    }
}
