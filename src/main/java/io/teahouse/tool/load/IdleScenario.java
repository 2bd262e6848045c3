package io.teahouse.tool.load;

import io.teahouse.tool.process.ProcessUsage;
import java.io.IOException;

/**
 * Clients that connect and stay silent: the cost of registration and of an idle connection.
 *
 * @param count the number of clients
 * @param settle nanoseconds before memory is read
 */
record IdleScenario(int count, int rooms, long settle) implements Scenario {
    private static final long IDLE = 2 * RunClock.SECOND;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public int run(RunContext run) throws IOException {
        Clients clients = run.clients();
        ProcessUsage server = run.server();
        Report report = run.report();
        double pssBefore = server.pssMib();
        double rssBefore = server.rssMib();
        CpuReading before = CpuReading.take(server, clients.now());
        double registered = Registration.run(clients, run.loop(), count, client -> client % rooms, client -> false);
        CpuReading registering = CpuReading.take(server, clients.now()).minus(before);
        if (!clients.target().dialect().confirmsJoins()) {
            JoinProbe.run(clients, run.loop());
        }
        run.loop().runUntil(clients.now() + settle);
        double pssAfter = server.pssMib();
        double rssAfter = server.rssMib();
        CpuReading settled = CpuReading.take(server, clients.now());
        run.loop().runUntil(clients.now() + IDLE);
        CpuReading idle = CpuReading.take(server, clients.now()).minus(settled);
        report.count("clients", count);
        report.count("rooms", rooms);
        report.number("connects_per_s", count / registered, 0);
        report.number("register_s", registered, 2);
        report.number("pss_before_mib", pssBefore, 1);
        report.number("pss_after_mib", pssAfter, 1);
        report.number("rss_before_mib", rssBefore, 1);
        report.number("rss_after_mib", rssAfter, 1);
        report.number("pss_kib_per_client", (pssAfter - pssBefore) * 1024 / count, 2);
        report.number("server_cpu_s_registering", registering.server(), 2);
        report.number("generator_cpu_s_registering", registering.generator(), 2);
        report.number("server_idle_cpu_pct", idle.server() / idle.seconds() * 100, 1);
        report.count("clients_lost", clients.lostCount());
        return clients.lostCount();
    }
}
