package io.teahouse.user;

import io.teahouse.room.Nick;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * Port: stores users who stay in their rooms without a connection, also when the server restarts, and which accounts have
 * chosen to be such users. Accounts are given by their names as registered ({@link io.teahouse.room.Profile#account}).
 *
 * <p>Thread-safe; every method returns at once. Changes take effect in the order of the calls, and {@link #all},
 * {@link #find} and {@link #choice} see those whose stages are complete. A failed stage means that the store could not be asked, or that it is
 * unknown whether a change was made. A change for an account that the store does not have, any more perhaps, does nothing.
 * Deleting an account deletes its user and its choice.
 */
public interface AlwaysOnUsers {
    /**
     * A user.
     *
     * @param account its name as registered
     * @param nick the last one
     * @param user see {@link io.teahouse.room.Profile#user}
     * @param realName see {@link io.teahouse.room.Profile#realName}
     * @param away why they are away; empty: they have not said that they are
     * @param lastConnected when they last had a connection, in whole milliseconds
     * @param metadata values by their keys, in the order of the keys
     * @param memberships one for each of their rooms; the order means nothing
     */
    record Stored(
            String account,
            Nick nick,
            String user,
            String realName,
            String away,
            Instant lastConnected,
            Map<String, String> metadata,
            List<Membership> memberships) {
        public Stored {
            lastConnected = lastConnected.truncatedTo(ChronoUnit.MILLIS);
            metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
            memberships = List.copyOf(memberships);
        }

        /** The same, last connected at another time. */
        Stored with(Instant newLastConnected) {
            return new Stored(account, nick, user, realName, away, newLastConnected, metadata, memberships);
        }

        /**
         * The same for an account that has another name now.
         *
         * @param asNick whether this is the nick, too
         */
        Stored renamed(Nick to, boolean asNick) {
            return new Stored(
                    to.text(), asNick ? to : nick, user, realName, away, lastConnected, metadata, memberships);
        }
    }

    /**
     * A user's membership of a room, or of a conversation.
     *
     * @param seen the seq of the last event of the room that one of the user's connections was shown
     */
    record Membership(RoomName room, Ranks ranks, long seen) {}

    /** Stores a user in place of what was stored of them before. */
    CompletionStage<Void> save(Stored user);

    /** Deletes what is stored of the account's user, if there is one. The account's choice stays. */
    CompletionStage<Void> remove(String account);

    /** Users, the latest connected first, at most that many. */
    CompletionStage<List<Stored>> all(int most);

    /** What is stored of the account's user, if there is one. */
    CompletionStage<Optional<Stored>> find(String account);

    /** Whether the account's user is to be always-on; empty: the account has not chosen. */
    CompletionStage<Optional<Boolean>> choice(String account);

    /** Stores the account's choice. */
    CompletionStage<Void> choose(String account, boolean alwaysOn);
}
