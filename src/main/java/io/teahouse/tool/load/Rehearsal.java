package io.teahouse.tool.load;

import io.teahouse.tool.process.ProcessUsage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Warms up the JVM: runs both kinds of traffic against a reference server of its own, so that the generator is compiled
 * before the run. Without it, the JIT compiler takes up to a core during the first seconds.
 */
final class Rehearsal {
    private static final int CLIENTS = 200;
    private static final long PATIENCE = 10 * RunClock.SECOND;

    private Rehearsal() {}

    /** Takes about {@code seconds}, on the calling thread and one more; 0: returns at once. */
    static void run(double seconds) throws IOException {
        if (seconds <= 0) {
            return;
        }
        try (ReferenceServer server = ReferenceServer.open(0, ReferenceServer.MAX_QUEUE)) {
            server.start();
            Target target = new Target(
                    List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port())),
                    new PlainDialect("/join r%d", ""),
                    1,
                    CLIENTS,
                    64,
                    PATIENCE,
                    PATIENCE + 2 * RunClock.nanos(seconds));
            Timing half = new Timing(0, RunClock.nanos(seconds / 2), 0);
            run(target, new FanoutScenario(new FanoutPlan(CLIENTS, CLIENTS / 20, 4, 0, half)));
            run(target, new RoomsScenario(new RoomsPlan(CLIENTS, CLIENTS / 10, 10, half), 0));
        }
    }

    private static void run(Target target, Scenario scenario) throws IOException {
        try (Clients clients = new Clients(target)) {
            scenario.run(new RunContext(clients, new EventLoop(clients), new ProcessUsage(List.of()), new Report()));
        }
    }
}
