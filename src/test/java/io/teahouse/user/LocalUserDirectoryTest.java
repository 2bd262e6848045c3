package io.teahouse.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LocalUserDirectoryTest extends UserDirectoryContract {
    private static final int ROUNDS = 20_000;

    @Override
    OnlineUsers create(NickRules rules) {
        return new LocalUserDirectory(rules);
    }

    @Test
    void nobodyIsForgottenWhoBeginsToWatchWhenTheLastOneEnds() {
        User ann = guest("ann");
        User bob = guest("bob");
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> comesAndGoes = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                ann.online.watch("dan");
                ann.online.unwatch("dan");
            }
        });
        try {
            for (int i = 0; i < ROUNDS; i++) {
                bob.online.watch("dan");
                User dan = guest("dan");
                bob.online.unwatch("dan");
                dan.online.leave();
                assertThat(bob.told.getAllReceived())
                        .as("what bob is told in round %d", i)
                        .hasSize(1);
            }
        } finally {
            done.set(true);
            comesAndGoes.join();
        }
    }
}
