package io.teahouse.hook;

import io.teahouse.account.AccountSettings;
import io.teahouse.account.HashedToken;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The settings of webhooks.
 *
 * @param incoming those that say something in a room
 * @param outgoing those that are told of events
 * @param receiving how often programs may say something
 * @param sending how receivers are told
 */
public record HookSettings(List<Incoming> incoming, List<Outgoing> outgoing, Receiving receiving, Sending sending) {
    /**
     * A program that says something.
     *
     * @param id unique among the incoming hooks
     * @param name the nick by which it says it
     * @param room where
     * @param token which the program sends
     */
    public record Incoming(String id, Nick name, RoomName room, HashedToken token) {}

    /**
     * How often programs may say something.
     *
     * @param rate of one hook
     * @param failures how many wrong tokens one address may send
     */
    public record Receiving(AccountSettings.Pace rate, AccountSettings.Pace failures) {}

    /**
     * A receiver of events.
     *
     * @param id unique among the outgoing hooks
     * @param name the nick by which the rooms see it
     * @param url {@code http} or {@code https}
     * @param secret the key of its signatures
     * @param rooms whose events
     * @param events which of them
     */
    public record Outgoing(String id, Nick name, URI url, Secret secret, List<RoomName> rooms, Set<HookEvent> events) {
        Outgoing withRooms(List<RoomName> others) {
            return new Outgoing(id, name, url, secret, others, events);
        }
    }

    /**
     * How receivers are told.
     *
     * @param timeout of one attempt, from the look-up of the name to the head of the answer
     * @param retries how long a failed event waits: at first, and at most
     * @param mostWaiting how many events of one hook and room wait; more replace the oldest
     * @param targets which addresses may be connected to
     */
    public record Sending(Duration timeout, Backoff retries, int mostWaiting, Targets targets) {}

    /** Doubles from {@code first} to {@code most}. */
    public record Backoff(Duration first, Duration most) {
        /**
         * How long to wait after so many failures in a row: between half of the pause and all of it, so that those who failed
         * together do not come back together.
         *
         * @param random at least 0 and less than 1
         */
        Duration after(int failures, double random) {
            double doubled = (double) first.toMillis() * Math.pow(2, Math.max(0, failures - 1));
            return Duration.ofMillis((long) (Math.min((double) most.toMillis(), doubled) * (0.5 + random / 2)));
        }
    }
}
