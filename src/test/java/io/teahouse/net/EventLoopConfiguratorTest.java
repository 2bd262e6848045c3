package io.teahouse.net;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Tcp;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.teahouse.room.support.Rounds;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class EventLoopConfiguratorTest {
    private static final long PATIENCE_SECONDS = 20;
    private static final Config CONFIG =
            ConfigFactory.parseResources("teahouse-akka.conf").withFallback(ConfigFactory.load());

    @Test
    void actorsRunOnTheLoop() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        ActorSystem<Object> system = ActorSystem.create(
                Behaviors.setup(context -> {
                    thread.complete(Thread.currentThread());
                    return Behaviors.empty();
                }),
                "loop",
                CONFIG);
        assertThat(thread.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(Rounds.class);
        terminate(system);
    }

    @Test
    void anEndedSystemIsNotRetained() throws Exception {
        WeakReference<ActorSystem<Object>> system = endedSystem();
        long end = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (system.get() != null && System.nanoTime() < end) {
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(system.get()).isNull();
    }

    private static WeakReference<ActorSystem<Object>> endedSystem() throws Exception {
        ActorSystem<Object> system = ActorSystem.create(Behaviors.empty(), "ended", CONFIG);
        Tcp.get(system)
                .bind("127.0.0.1", 0)
                .to(Sink.ignore())
                .run(system)
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        terminate(system);
        return new WeakReference<>(system);
    }

    private static void terminate(ActorSystem<Object> system)
            throws InterruptedException, ExecutionException, TimeoutException {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
