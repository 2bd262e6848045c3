package io.teahouse.operator;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a power answers. */
public sealed interface Answer {
    /**
     * It was done.
     *
     * @param text one line for people
     * @param rows values by the names of the {@link PowerSpec#columns}, in their order
     * @param next if there are more rows: what to give as {@link PowerSpec#AFTER} for the next page
     */
    record Done(String text, List<Map<String, Object>> rows, Optional<String> next) implements Answer {
        public Done {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Nothing was done.
     *
     * @param text one line for people: why, and what to do
     */
    record Refused(Reason reason, String text) implements Answer {}

    /** Why nothing was done. */
    enum Reason {
        /** The operator lacks the privilege. */
        FORBIDDEN,
        /** There is no such power, or an argument is wrong. */
        INVALID,
        /** What the arguments name does not exist. */
        NOT_FOUND,
        /** It cannot be done as things are. */
        CONFLICT,
        /** The store does not answer, or the server has failed. */
        UNAVAILABLE
    }

    static Answer done(String text) {
        return new Done(text, List.of(), Optional.empty());
    }

    static Answer done(String text, List<Map<String, Object>> rows) {
        return new Done(text, rows, Optional.empty());
    }

    /** {@code 1 ban}, {@code 2 bans}. */
    static String count(int number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }

    static Answer refused(Reason reason, String text) {
        return new Refused(reason, text);
    }
}
