package io.teahouse.account;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Port: how far somebody has read (IRCv3 read-marker), per account and target. Accounts and targets are given by their
 * folded names; times count in milliseconds. Every method returns at once and may be called from any thread; a stage that
 * fails means that the store could not be asked.
 *
 * <p>One account has a limited number of markers; where there would be one more, the one of the longest ago goes.
 */
public interface ReadMarkers {
    /** Moves a marker on, never back, and answers where it stands now. */
    CompletionStage<Instant> put(String account, String target, Instant at);

    /** All markers of an account, by target. */
    CompletionStage<Map<String, Instant>> all(String account);

    /** Forgets all markers of an account. */
    CompletionStage<Void> forget(String account);
}
