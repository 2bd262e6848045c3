package io.teahouse.account;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many logins there were, by their outcome. Thread-safe. */
public final class LoginTotals {
    private final LongAdder succeeded = new LongAdder();
    private final Map<Result.Reason, LongAdder> refused = new EnumMap<>(Result.Reason.class);

    LoginTotals() {
        for (Result.Reason reason : Result.Reason.values()) {
            refused.put(reason, new LongAdder());
        }
    }

    <T> Result<T> count(Result<T> result) {
        if (result instanceof Result.Refused<T> why) {
            counter(why.reason()).increment();
        } else {
            succeeded.increment();
        }
        return result;
    }

    private LongAdder counter(Result.Reason reason) {
        return refused.getOrDefault(reason, succeeded); // all are there
    }

    public long succeeded() {
        return succeeded.sum();
    }

    public long refused(Result.Reason reason) {
        return counter(reason).sum();
    }
}
