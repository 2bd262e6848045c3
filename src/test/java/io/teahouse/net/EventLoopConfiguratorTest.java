package io.teahouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Tcp;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.teahouse.room.support.Rounds;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class EventLoopConfiguratorTest {
    private static final long PATIENCE_SECONDS = 40;
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

    /** Connections are spread at random: that all of them have the same loop is next to impossible. */
    @Test
    void aSocketIsReadByOneOfSeveralLoops() throws Exception {
        Config config = ConfigFactory.parseString(
                        "akka.io.tcp.nr-of-selectors = 2\n" + "second-dispatcher = ${akka.actor.default-dispatcher}")
                .withFallback(CONFIG)
                .resolve();
        ActorSystem<Object> system = ActorSystem.create(Behaviors.empty(), "several", config);
        CompletableFuture<Boolean> second = new CompletableFuture<>();
        system.systemActorOf(
                Behaviors.setup(context -> {
                    second.complete(true);
                    return Behaviors.empty();
                }),
                "second",
                DispatcherSelector.fromConfig("second-dispatcher"));
        assertThat(second.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isTrue(); // both loops are there before the selectors
        AcceptedSockets sockets = new AcceptedSockets();
        BlockingQueue<Optional<String>> readers = new LinkedBlockingQueue<>();
        Tcp.ServerBinding binding = Tcp.get(system)
                .bind("127.0.0.1", 0, 100, List.of(sockets), true, Optional.empty())
                .to(Sink.foreach(connection ->
                        readers.add(sockets.take(connection).flatMap(AcceptedSockets.Accepted::dispatcher))))
                .run(system)
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Set<Optional<String>> seen = new HashSet<>();
        for (int i = 0; i < 64; i++) {
            new Socket(
                            binding.localAddress().getAddress(),
                            binding.localAddress().getPort())
                    .close();
            seen.add(readers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        Optional.of("akka.actor.default-dispatcher"), Optional.of("second-dispatcher"));
        terminate(system);
    }

    @Test
    void moreSelectorsThanLoopsAreRefused() throws InterruptedException {
        EventLoop loop = EventLoop.start("loop", Thread::new);
        Executor selectors = new SelectorConfigurator.Selectors(List.of(loop));
        selectors.execute(() -> {});
        assertThatThrownBy(() -> selectors.execute(() -> {})).hasMessageContaining("akka.io.tcp.nr-of-selectors");
        loop.shutdown();
        assertThat(loop.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
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
