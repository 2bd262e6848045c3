package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.util.Optional;

/**
 * Port: limits how many rooms one account, or one address, may register. {@link
 * io.teahouse.room.local.RegistrationLimitActor} is the one for a single node. It is an actor, and this is what it can
 * be asked.
 */
public final class RegistrationLimit {
    private RegistrationLimit() {}

    public sealed interface Command {}

    /** Asks whether that account, from that address, may register one more room. Answered by a {@link Decision}. */
    public record MayRegister(RoomName room, String account, String address, ActorRef<Decision> replyTo)
            implements Command {}

    /**
     * The answer to {@link MayRegister}.
     *
     * @param refusal empty: this limit allows it; the room has to agree, too
     */
    public record Decision(RoomName room, Optional<Refusal> refusal) {}

    /** Messages of an implementation to itself. */
    public non-sealed interface Internal extends Command {}

    /**
     * The maximum numbers of registered rooms.
     *
     * @param perAccount of one account, open or not
     * @param perAddress registered from one address within a day
     */
    public record Quota(int perAccount, int perAddress) {
        public static final Quota UNLIMITED = new Quota(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }
}
