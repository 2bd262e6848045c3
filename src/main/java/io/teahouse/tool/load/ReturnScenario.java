package io.teahouse.tool.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that lose their server and come back as soon as it takes connections again.
 *
 * @param count the number of clients
 */
record ReturnScenario(int count, int rooms) implements Scenario {
    /** Printed when all clients are in, so that the server can be killed. */
    static final String READY = "load: all are in";

    private static final long STEP = RunClock.SECOND / 10;
    private static final long POLL = RunClock.SECOND / 200;

    @Override
    public String name() {
        return "return";
    }

    @Override
    public int run(RunContext run) throws IOException {
        Clients clients = run.clients();
        Registration.run(clients, run.loop(), count, client -> client % rooms, client -> false);
        System.err.println(READY);
        while (clients.lostCount() < count) {
            run.loop().runOnce(clients.now() + STEP);
        }
        long gone = clients.now();
        for (InetSocketAddress each : clients.target().servers()) {
            awaitServer(clients, each);
        }
        long open = clients.now();
        try (Clients again = new Clients(clients.target())) {
            Registration.run(again, new EventLoop(again), count, client -> client % rooms, client -> false);
        }
        Report report = run.report();
        report.count("clients", count);
        report.count("rooms", rooms);
        report.number("server_back_s", RunClock.seconds(open - gone), 2);
        report.number("all_back_s", RunClock.seconds(clients.now() - gone), 2);
        return 0;
    }

    private static void awaitServer(Clients clients, InetSocketAddress address) {
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(address);
                return;
            } catch (IOException e) {
                if (clients.now() > clients.target().deadlineNanos()) {
                    throw LoadFailure.tooLate("the server has not come back");
                }
                LockSupport.parkNanos(POLL);
            }
        }
    }
}
