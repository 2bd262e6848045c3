package io.teahouse.operator;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Port: stores whether the server is in maintenance. {@link Maintenance} is what is asked. Thread-safe. */
public interface MaintenanceStore {
    /**
     * Nobody new may come in.
     *
     * @param text for those who try
     * @param by the operator
     * @param at to the millisecond
     */
    record Notice(String text, String by, Instant at) {}

    /** Empty: it is not in maintenance. */
    CompletionStage<Optional<Notice>> read();

    /** Stores that it is in maintenance, or, if that is empty, that it is not. */
    CompletionStage<Void> write(Optional<Notice> notice);
}
