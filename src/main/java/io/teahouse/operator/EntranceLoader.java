package io.teahouse.operator;

import akka.actor.typed.ActorSystem;
import io.teahouse.user.UserDirectory;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads bans and maintenance mode from the store, which may be away. Thread-safe. */
public final class EntranceLoader {
    private static final Logger LOG = LoggerFactory.getLogger(EntranceLoader.class);

    private final BanList bans;
    private final Maintenance maintenance;

    public EntranceLoader(BanList bans, Maintenance maintenance) {
        this.bans = bans;
        this.maintenance = maintenance;
    }

    /** False: the store does not answer just now. The stage does not fail. */
    public CompletionStage<Boolean> load() {
        return bans.load()
                .thenCombine(maintenance.load(), (banned, maintained) -> true)
                .exceptionally(failure -> {
                    LOG.debug("bans and maintenance mode could not be read", failure);
                    return false;
                });
    }

    /**
     * Goes on after the store did not answer: tries again until it does. Then it ends the connections of those who are banned and have come meanwhile.
     *
     * @param interval how long to wait before each attempt
     */
    public void retry(ActorSystem<?> system, Duration interval, UserDirectory users) {
        LOG.warn("the store does not answer: bans and maintenance mode are not in force until it does");
        again(system, interval, users);
    }

    private void again(ActorSystem<?> system, Duration interval, UserDirectory users) {
        Runnable attempt = () -> load().thenAccept(loaded -> {
            if (loaded) {
                bans.enforce(users);
                LOG.info("bans and maintenance mode are in force");
            } else {
                again(system, interval, users);
            }
        });
        system.scheduler().scheduleOnce(interval, attempt, system.executionContext());
    }

    /**
     * Reads both again and again, because other servers use the same store: what an operator does there holds here, too, after a
     * moment.
     */
    public void follow(ActorSystem<?> system, Duration interval, UserDirectory users) {
        Runnable next = () -> load().thenAccept(loaded -> {
            if (loaded) {
                bans.enforce(users);
            }
            follow(system, interval, users);
        });
        system.scheduler().scheduleOnce(interval, next, system.executionContext());
    }
}
