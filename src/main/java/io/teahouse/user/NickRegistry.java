package io.teahouse.user;

import akka.actor.typed.ActorRef;
import io.teahouse.room.Nick;
import io.teahouse.room.UserId;
import io.teahouse.room.support.Digits;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Port: decides which user has which nick. A user has at most one; a nick that looks like another user's counts as taken
 * ({@link NickTable}). {@link NickRegistryActor} is the one for a single node. It is an actor, and this is what it can be
 * asked.
 *
 * <p>Users are told apart by their ids. Each names an owner, which speaks for it: a user whose owner ends without
 * releasing the nick loses it.
 */
public final class NickRegistry {
    /** The nick of a user who has lost theirs, followed by a number. */
    private static final String GUEST = "Guest";

    private static final int GUEST_DIGITS = 5;
    private static final int GUEST_NUMBERS = 100_000;

    private NickRegistry() {}

    public sealed interface Command {}

    /**
     * Claims a nick for a user, in place of the one that they have. Answered by {@link Claimed}.
     *
     * @param number chosen by the asker, and repeated in the answer
     * @param mine the nick belongs to the user's account: all others with it, or with one that looks like it, are
     *     renamed, and told so by {@link Lost}
     * @param owner replaces the user's previous one. If it has the nick for another id, the id changes
     */
    public record Claim(
            long number, Nick nick, boolean mine, UserId user, ActorRef<Lost> owner, ActorRef<Claimed> replyTo)
            implements Command {}

    /**
     * The nick belongs to the account of that user, who does not take it now: all others with it, or with one that looks
     * like it, are renamed, and told so by {@link Lost}. No answer.
     */
    public record Free(Nick nick, UserId user) implements Command {}

    /**
     * The user needs no nick any more. No answer.
     *
     * @param owner if it is not the user's latest, nothing is released
     */
    public record Release(UserId user, ActorRef<Lost> owner) implements Command {}

    /** Messages of an implementation to itself. */
    public non-sealed interface Internal extends Command {}

    /**
     * The answer to {@link Claim}.
     *
     * @param obstacle the nick that is in the way; empty: the user has the nick
     */
    public record Claimed(long number, Nick nick, Optional<Nick> obstacle) {}

    /**
     * The nick is no longer that of the user. Sent to the owner.
     *
     * @param instead the user's nick from now on
     */
    public record Lost(Nick nick, Nick instead) {}

    /** Whether a registry may give that nick to a user who has lost theirs. */
    public static boolean isGuest(Nick nick) {
        String guest = Nick.of(GUEST).key();
        return nick.key().startsWith(guest) && Digits.are(nick.key().substring(guest.length()), GUEST_DIGITS);
    }

    /** A nick for a user who has lost theirs; it may be taken. */
    static Nick guest() {
        return Nick.of(GUEST + ThreadLocalRandom.current().nextInt(GUEST_NUMBERS));
    }
}
