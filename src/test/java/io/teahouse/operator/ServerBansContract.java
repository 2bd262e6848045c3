package io.teahouse.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The contract of {@link ServerBans}; one test class per implementation. */
public abstract class ServerBansContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final BanTarget NETWORK = BanTarget.parse("192.0.2.0/24").orElseThrow();
    private static final BanTarget MASK = BanTarget.parse("*!x@茶.example").orElseThrow();

    private ServerBans bans = create();

    /** Creates a store without bans. */
    protected abstract ServerBans create();

    /** Returns the same store as the next server opens it. */
    protected abstract ServerBans reopen(ServerBans same);

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static Ban ban(BanTarget target, Instant at, Optional<Instant> until) {
        return new Ban(target, "it's spam", "boss", at, until);
    }

    @Test
    void anEmptyStoreHasNoBans() {
        assertThat(answer(bans.all())).isEmpty();
    }

    @Test
    void bansAreReadAsTheyWerePutTheOldestFirst() {
        Ban second = ban(MASK, NOON.plusSeconds(1), Optional.empty());
        Ban first = ban(NETWORK, NOON, Optional.of(NOON.plusSeconds(60)));
        answer(bans.put(second));
        answer(bans.put(first));
        bans = reopen(bans);
        assertThat(answer(bans.all())).containsExactly(first, second);
    }

    @Test
    void aBanOfTheSameTargetReplacesTheOneBefore() {
        answer(bans.put(ban(NETWORK, NOON, Optional.of(NOON.plusSeconds(60)))));
        Ban next = new Ban(NETWORK, "", "ann", NOON.plusSeconds(9), Optional.empty());
        answer(bans.put(next));
        assertThat(answer(bans.all())).containsExactly(next);
    }

    @Test
    void aBanIsRemovedOnce() {
        answer(bans.put(ban(NETWORK, NOON, Optional.empty())));
        answer(bans.put(ban(MASK, NOON, Optional.empty())));
        assertThat(answer(bans.remove(NETWORK))).isTrue();
        assertThat(answer(bans.remove(NETWORK))).isFalse();
        bans = reopen(bans);
        assertThat(answer(bans.all())).extracting(Ban::target).containsExactly(MASK);
    }
}
