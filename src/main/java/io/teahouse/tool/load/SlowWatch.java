package io.teahouse.tool.load;

import java.io.IOException;
import java.util.List;

/** Looks four times a second at what a server does with clients that have stopped reading. */
final class SlowWatch {
    private static final long INTERVAL = RunClock.SECOND / 4;

    private final Run run;
    private final List<Client> slow;
    private final SlowSockets sockets;
    private final long since;
    private final double rssBefore;
    private final double pssBefore;
    private double rssMax;
    private double rssAfter;
    private double pssAfter;
    private double cutAfter;
    private double queuedMax;
    private long nextLook;

    /** Makes the clients {@code slow} stop reading, now. */
    SlowWatch(Run run, List<Client> slow) throws IOException {
        this.run = run;
        this.slow = slow;
        sockets = new SlowSockets(run.crowd().target().server().getPort(), slow);
        rssBefore = run.server().rssMib();
        pssBefore = run.server().pssMib();
        rssMax = rssBefore;
        rssAfter = rssBefore;
        pssAfter = pssBefore;
        cutAfter = SlowSockets.isReadable() ? -1 : Double.NaN;
        queuedMax = SlowSockets.isReadable() ? 0 : Double.NaN;
        since = run.crowd().now();
        nextLook = slow.isEmpty() ? Long.MAX_VALUE : since;
        slow.forEach(client -> client.connection().stopReading());
    }

    long nextLook() {
        return nextLook;
    }

    void look(long now) throws IOException {
        if (now < nextLook) {
            return;
        }
        nextLook = now + INTERVAL;
        rssMax = Math.max(rssMax, run.server().rssMib());
        if (SlowSockets.isReadable()) {
            SlowSockets.State state = sockets.read();
            queuedMax = Math.max(queuedMax, (double) state.queued());
            if (state.established() < slow.size() && cutAfter < 0) {
                cutAfter = RunClock.seconds(now - since);
            }
        }
    }

    void stop() {
        rssAfter = run.server().rssMib();
        pssAfter = run.server().pssMib();
    }

    /** The rows of the slow clients; {@code quitSeen} is when the others were told that one left, or negative. */
    void report(long quitSeen) {
        Report report = run.report();
        report.count("slow_readers", slow.size());
        report.number("slow_cut_after_s", cutAfter, 2);
        report.number("slow_quit_seen_s", quitSeen < 0 ? -1 : RunClock.seconds(quitSeen - since), 2);
        report.number("slow_kernel_queue_max_kib", queuedMax / 1024, 0);
        report.number("mem_rss_before_mib", rssBefore, 1);
        report.number("mem_rss_max_mib", rssMax, 1);
        report.number("mem_rss_after_mib", rssAfter, 1);
        report.number("mem_pss_before_mib", pssBefore, 1);
        report.number("mem_pss_after_mib", pssAfter, 1);
    }
}
