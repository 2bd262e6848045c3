package io.teahouse.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The contract of {@link AuditLog}; one test class per implementation. */
public abstract class AuditLogContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

    private AuditLog log = create();

    /** Creates an empty log. */
    protected abstract AuditLog create();

    /** Returns the same log as the next server opens it. */
    protected abstract AuditLog reopen(AuditLog same);

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static AuditLog.Entry entry(String power) {
        return new AuditLog.Entry(
                0, NOON, "boss (ann!ann@192.0.2.1)", Way.COMMAND, power, "target=*!*@茶", "spam\u0000!", "Banned 'it'");
    }

    private List<String> before(long number, int most) {
        return answer(log.before(number, most)).stream()
                .map(AuditLog.Entry::power)
                .toList();
    }

    @Test
    void anEmptyLogHasNoEntries() {
        assertThat(before(Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void anEntryIsReadAsItWasAppended() {
        long number = answer(log.append(entry("ban")));
        log = reopen(log);
        assertThat(answer(log.before(Long.MAX_VALUE, 10)))
                .containsExactly(entry("ban").withNumber(number));
    }

    @Test
    void theLatestEntryComesFirstAndHasTheHighestNumber() {
        long first = answer(log.append(entry("ban")));
        log = reopen(log);
        long second = answer(log.append(entry("unban")));
        assertThat(second).isGreaterThan(first);
        assertThat(before(Long.MAX_VALUE, 10)).containsExactly("unban", "ban");
    }

    @Test
    void aPageGoesOnWhereTheOneBeforeEnded() {
        for (String each : List.of("a", "b", "c")) {
            answer(log.append(entry(each)));
        }
        List<AuditLog.Entry> page = answer(log.before(Long.MAX_VALUE, 2));
        assertThat(page).extracting(AuditLog.Entry::power).containsExactly("c", "b");
        assertThat(before(page.get(1).number(), 2)).containsExactly("a");
    }
}
