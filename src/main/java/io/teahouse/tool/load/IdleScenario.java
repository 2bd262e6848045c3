package io.teahouse.tool.load;

import java.io.IOException;

/** Clients that are there and say nothing: what getting in costs, and what staying costs. */
record IdleScenario(int clients, int rooms, long settle) implements Scenario {
    private static final long IDLE = 2 * RunClock.SECOND;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public int run(Run run) throws IOException {
        Crowd crowd = run.crowd();
        ServerProcesses server = run.server();
        Report report = run.report();
        double pssBefore = server.pssMib();
        double rssBefore = server.rssMib();
        CpuReading before = CpuReading.take(server, crowd.now());
        double registered = Registration.run(crowd, run.pump(), clients, client -> client % rooms, client -> false);
        CpuReading registering = CpuReading.take(server, crowd.now()).minus(before);
        if (!crowd.target().dialect().confirmsJoins()) {
            Probe.run(crowd, run.pump());
        }
        run.pump().rest(crowd.now() + settle);
        double pssAfter = server.pssMib();
        double rssAfter = server.rssMib();
        CpuReading settled = CpuReading.take(server, crowd.now());
        run.pump().rest(crowd.now() + IDLE);
        CpuReading idle = CpuReading.take(server, crowd.now()).minus(settled);
        report.count("clients", clients);
        report.count("rooms", rooms);
        report.number("connects_per_s", clients / registered, 0);
        report.number("register_s", registered, 2);
        report.number("pss_before_mib", pssBefore, 1);
        report.number("pss_after_mib", pssAfter, 1);
        report.number("rss_before_mib", rssBefore, 1);
        report.number("rss_after_mib", rssAfter, 1);
        report.number("pss_kib_per_client", (pssAfter - pssBefore) * 1024 / clients, 2);
        report.number("server_cpu_s_registering", registering.server(), 2);
        report.number("generator_cpu_s_registering", registering.generator(), 2);
        report.number("server_idle_cpu_pct", idle.server() / idle.seconds() * 100, 1);
        report.count("clients_lost", crowd.lost());
        return crowd.lost();
    }
}
