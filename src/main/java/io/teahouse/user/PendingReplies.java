package io.teahouse.user;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What one actor has asked and has not been answered: for the number of each question, what goes on when the answer
 * comes. An answer to a number that is not expected any more is nobody's. Without actors.
 */
public final class PendingReplies {
    private record Pending<T>(Class<T> type, Consumer<T> then) {
        void accept(Object answer) {
            then.accept(type.cast(answer));
        }
    }

    private static final Map<Long, Pending<?>> NONE = Map.of();

    private Map<Long, Pending<?>> pending = NONE;
    private long last;

    /** The number of the next question or command. */
    public long nextNumber() {
        return ++last;
    }

    /**
     * Expects an answer of that type.
     *
     * @param then is called once, unless the number is forgotten before
     */
    public <T> void expect(long number, Class<T> type, Consumer<T> then) {
        if (pending == NONE) {
            pending = new HashMap<>(2);
        }
        pending.put(number, new Pending<>(type, then));
    }

    /** False if it answers nothing that is expected. */
    public boolean answered(long number, Object answer) {
        Pending<?> asked = pending.get(number);
        forget(number);
        if (asked != null) {
            asked.accept(answer);
        }
        return asked != null;
    }

    /** An answer is nobody's from now on. */
    public void forget(long number) {
        if (pending.containsKey(number)) {
            pending.remove(number);
            pending = pending.isEmpty() ? NONE : pending;
        }
    }
}
