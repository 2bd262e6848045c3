package io.teahouse.operator;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Port: stores who may not come in. {@link BanList} is what is asked. Thread-safe. */
public interface ServerBans {
    /** All that are stored, the oldest first; some may be over. */
    CompletionStage<List<Ban>> all();

    /** Stores a ban, in place of the one with the same target. */
    CompletionStage<Void> put(Ban ban);

    /** Whether there was one. */
    CompletionStage<Boolean> remove(BanTarget target);
}
