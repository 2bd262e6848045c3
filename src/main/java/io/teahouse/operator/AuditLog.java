package io.teahouse.operator;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Port: what operators have done, and what they were refused for lack of a privilege. Keeps the latest {@value #MOST} entries. Thread-safe. */
public interface AuditLog {
    /** More than operators do in years; a program whose token lacks a privilege must not fill the disk. */
    int MOST = 100_000;

    /**
     * One use of a power.
     *
     * @param number later entries have higher ones; 0 before it is appended
     * @param at to the millisecond
     * @param who the name of the operator or token, and the address that they came from
     * @param arguments as {@code name=value}, divided by spaces, without the reason
     * @param why the reason that the operator gave; may be empty
     * @param outcome the text of the answer
     */
    record Entry(
            long number, Instant at, String who, Way way, String power, String arguments, String why, String outcome) {
        /** As appended. */
        public Entry withNumber(long to) {
            return new Entry(to, at, who, way, power, arguments, why, outcome);
        }
    }

    /** Appends an entry, and answers its number. */
    CompletionStage<Long> append(Entry entry);

    /** At most that many entries with lower numbers, the latest first. */
    CompletionStage<List<Entry>> before(long number, int most);
}
