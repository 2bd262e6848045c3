package io.teahouse.client;

import java.time.Duration;

/**
 * The limits of one client.
 *
 * @param nameTimeout how long it may take to give a name
 * @param idleTimeout how long it may be silent; zero: for ever
 * @param messagesUnderWay how many of its messages may wait for their receipt before its input is held back
 * @param answerTimeout how long a room may take to answer a question
 * @param flood how fast it may send
 */
public record ClientSettings(
        Duration nameTimeout,
        Duration idleTimeout,
        int messagesUnderWay,
        Duration answerTimeout,
        FloodGuard.Rules flood) {
    /** The same with another time for silence; zero: for ever. */
    public ClientSettings withIdleTimeout(Duration newIdleTimeout) {
        return new ClientSettings(nameTimeout, newIdleTimeout, messagesUnderWay, answerTimeout, flood);
    }

    /** The same with other rules for flooding. */
    public ClientSettings withFlood(FloodGuard.Rules newFlood) {
        return new ClientSettings(nameTimeout, idleTimeout, messagesUnderWay, answerTimeout, newFlood);
    }
}
