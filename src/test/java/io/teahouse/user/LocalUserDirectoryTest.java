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
                users.watch("dan", ann.told.getRef());
                users.unwatch("dan", ann.told.getRef());
            }
        });
        try {
            for (int i = 0; i < ROUNDS; i++) {
                users.watch("dan", bob.told.getRef());
                User dan = guest("dan");
                users.unwatch("dan", bob.told.getRef());
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
