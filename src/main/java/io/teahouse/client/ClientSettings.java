package io.teahouse.client;

import java.time.Duration;

/**
 * The limits of one client.
 *
 * @param nameTimeout the time for giving a name
 * @param idleTimeout the time for which it may be silent; zero: unlimited
 * @param messagesUnderWay the number of messages without receipt from which on its input is held back
 * @param answerTimeout the time in which a room has to answer a question
 * @param flood limits how fast it may send
 */
public record ClientSettings(
        Duration nameTimeout,
        Duration idleTimeout,
        int messagesUnderWay,
        Duration answerTimeout,
        FloodGuard.Rules flood) {
    /** The same with another timeout for silence; zero: none. */
    public ClientSettings withIdleTimeout(Duration newIdleTimeout) {
        return new ClientSettings(nameTimeout, newIdleTimeout, messagesUnderWay, answerTimeout, flood);
    }

    /** The same without a limit on how fast it may send. */
    public ClientSettings withoutFloodGuard() {
        FloodGuard.Rules off = new FloodGuard.Rules(false, flood.burst(), flood.perSecond(), flood.queueBytes());
        return new ClientSettings(nameTimeout, idleTimeout, messagesUnderWay, answerTimeout, off);
    }
}
