package io.teahouse.simulation;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.SpawnProtocol;
import akka.actor.typed.javadsl.Adapter;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/** An actor system without threads: its tasks are in {@link Tasks}, its timers in {@link VirtualTime}. */
final class SimulatedSystem {
    private static final Config CONFIG = ConfigFactory.parseString("""
                    simulated { type = Dispatcher, executor = "io.teahouse.simulation.TaskExecutor", throughput = 1 }
                    akka {
                      loggers = []
                      use-slf4j = off
                      loglevel = off
                      stdout-loglevel = off
                      log-dead-letters = off
                      coordinated-shutdown.run-by-jvm-shutdown-hook = off
                      scheduler.implementation = "io.teahouse.simulation.VirtualTime"
                      actor.default-dispatcher = ${simulated}
                      actor.internal-dispatcher = ${simulated}
                      actor.default-blocking-io-dispatcher = ${simulated}
                    }
                    """)
            .withFallback(ConfigFactory.defaultReference())
            .resolve();

    final ActorSystem<SpawnProtocol.Command> akka;
    final VirtualTime time;

    SimulatedSystem(String name) {
        akka = Tasks.current().runAtOnce(() -> ActorSystem.create(SpawnProtocol.create(), name, CONFIG));
        time = (VirtualTime) Adapter.toClassic(akka).scheduler();
    }
}
