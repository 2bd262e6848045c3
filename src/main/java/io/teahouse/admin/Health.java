package io.teahouse.admin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the server can serve: its doors listen, its store answers, and it is not about to end. Thread-safe. */
public final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    /** The part of the answer that is about the store; doors have their own names. */
    private static final String STORE = "store";

    /** By the names of the parts of the answer. */
    private final Map<String, Supplier<CompletionStage<Boolean>>> questions = new ConcurrentSkipListMap<>();

    private final Duration patience;
    private final Map<String, Boolean> doors = new ConcurrentSkipListMap<>();
    private volatile boolean draining;

    /**
     * Without doors, so not ready.
     *
     * @param store asks the store: true if it can be used. The stage may also fail, or never complete
     * @param patience how long the store may take
     */
    public Health(Supplier<CompletionStage<Boolean>> store, Duration patience) {
        this.patience = patience;
        ask(STORE, store);
    }

    /**
     * Asks a further part of the server each time.
     *
     * @param question true if it can be used. The stage may also fail, or never complete
     */
    public void ask(String part, Supplier<CompletionStage<Boolean>> question) {
        questions.put(part, question);
    }

    /** The server is not ready before that door {@linkplain #listens}. */
    public void expect(String door) {
        doors.put(door, false);
    }

    public void listens(String door) {
        doors.put(door, true);
    }

    /** The server accepts no more connections. */
    public void drain() {
        draining = true;
    }

    /** Each check by its name, and whether it succeeded; at least one fails while the server is not ready. Never fails. */
    CompletionStage<Map<String, Boolean>> checks() {
        Map<String, Boolean> checks = new LinkedHashMap<>();
        if (draining || doors.isEmpty()) {
            checks.put("accepting", false);
        }
        checks.putAll(doors);
        Map<String, CompletableFuture<Boolean>> answers = new LinkedHashMap<>();
        questions.forEach((part, question) -> answers.put(part, answer(part, question)));
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    answers.forEach((part, answer) -> checks.put(part, answer.join()));
                    return checks;
                });
    }

    private CompletableFuture<Boolean> answer(String part, Supplier<CompletionStage<Boolean>> question) {
        return CompletableFuture.completedFuture(part)
                .thenCompose(any -> question.get())
                .toCompletableFuture()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(why -> {
                    LOG.debug("the {} does not answer", part, why);
                    return false;
                });
    }
}
