package io.teahouse.tool.load;

import java.io.IOException;
import java.util.List;

/** Checks four times a second what a server does about clients that have stopped reading. */
final class SlowReaderMonitor {
    private static final long INTERVAL = RunClock.SECOND / 4;

    private final RunContext run;
    private final List<Client> slow;
    private final SlowReaderSockets sockets;
    private final long since;
    private final double rssBefore;
    private final double pssBefore;
    private double rssMax;
    private double rssAfter;
    private double pssAfter;
    private double disconnectedAfter;
    private double queuedMax;
    private long nextCheck;

    /** Makes the clients {@code slow} stop reading, now. */
    SlowReaderMonitor(RunContext run, List<Client> slow) throws IOException {
        this.run = run;
        this.slow = slow;
        sockets = new SlowReaderSockets(run.clients().target().servers().get(0).getPort(), slow);
        rssBefore = run.server().rssMib();
        pssBefore = run.server().pssMib();
        rssMax = rssBefore;
        rssAfter = rssBefore;
        pssAfter = pssBefore;
        disconnectedAfter = SlowReaderSockets.isReadable() ? -1 : Double.NaN;
        queuedMax = SlowReaderSockets.isReadable() ? 0 : Double.NaN;
        since = run.clients().now();
        nextCheck = slow.isEmpty() ? Long.MAX_VALUE : since;
        slow.forEach(client -> client.connection().stopReading());
    }

    long nextCheck() {
        return nextCheck;
    }

    void check(long now) throws IOException {
        if (now < nextCheck) {
            return;
        }
        nextCheck = now + INTERVAL;
        rssMax = Math.max(rssMax, run.server().rssMib());
        if (SlowReaderSockets.isReadable()) {
            SlowReaderSockets.State state = sockets.read();
            queuedMax = Math.max(queuedMax, (double) state.queued());
            if (state.established() < slow.size() && disconnectedAfter < 0) {
                disconnectedAfter = RunClock.seconds(now - since);
            }
        }
    }

    void stop() {
        rssAfter = run.server().rssMib();
        pssAfter = run.server().pssMib();
    }

    /** Reports the figures; {@code quitSeen} is when the others were told that a slow client left, or negative. */
    void report(long quitSeen) {
        Report report = run.report();
        report.count("slow_readers", slow.size());
        report.number("slow_cut_after_s", disconnectedAfter, 2);
        report.number("slow_quit_seen_s", quitSeen < 0 ? -1 : RunClock.seconds(quitSeen - since), 2);
        report.number("slow_kernel_queue_max_kib", queuedMax / 1024, 0);
        report.number("mem_rss_before_mib", rssBefore, 1);
        report.number("mem_rss_max_mib", rssMax, 1);
        report.number("mem_rss_after_mib", rssAfter, 1);
        report.number("mem_pss_before_mib", pssBefore, 1);
        report.number("mem_pss_after_mib", pssAfter, 1);
    }
}
