package io.teahouse.account;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Port: stores read markers (IRCv3 read-marker), one per account and target. Accounts are given by their names as
 * registered, targets by their folded names; times have whole milliseconds. Thread-safe; every method returns at once. A
 * failed stage means that the store could not be asked.
 *
 * <p>An account has a limited number of markers; one more replaces the oldest.
 */
public interface ReadMarkers {
    /** Moves a marker forward, never back, and returns where it is now. */
    CompletionStage<Instant> put(String account, String target, Instant at);

    /** All markers of an account, by target. */
    CompletionStage<Map<String, Instant>> all(String account);

    /** Deletes all markers of an account. */
    CompletionStage<Void> forget(String account);
}
