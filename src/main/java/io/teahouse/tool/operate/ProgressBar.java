package io.teahouse.tool.operate;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A progress bar on one line of a terminal, redrawn at most ten times a second. */
final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final long EVERY_NANOS = Duration.ofMillis(100).toNanos();
    /** An estimate that is made earlier would be useless. */
    private static final long ESTIMATE_AFTER_NANOS = Duration.ofSeconds(1).toNanos();

    private static final String TO_THE_START = "\r";
    private static final String ERASE_TO_THE_END = "\u001b[K";

    private final PrintStream terminal;
    private final String what;
    private final long total;
    private final LongSupplier nanos;
    private final long begun;
    private long done;
    private long drawn;

    /**
     * @param what the task, in one or two words
     * @param total the amount of work, in any unit
     * @param nanos a clock, like {@link System#nanoTime}
     */
    ProgressBar(PrintStream terminal, String what, long total, LongSupplier nanos) {
        this.terminal = terminal;
        this.what = what;
        this.total = Math.max(1, total);
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
        draw(begun);
    }

    static ProgressBar onStandardError(String what, long total) {
        return new ProgressBar(System.err, what, total, System::nanoTime);
    }

    /** Sets how much of the total is done. */
    void reach(long now) {
        done = Math.min(total, Math.max(done, now));
        long time = nanos.getAsLong();
        if (time - drawn >= EVERY_NANOS) {
            draw(time);
        }
    }

    private void draw(long time) {
        drawn = time;
        terminal.print(TO_THE_START + line(time - begun) + ERASE_TO_THE_END);
        terminal.flush();
    }

    private String line(long nanosSoFar) {
        int full = (int) (WIDTH * done / total);
        String bar = "#".repeat(full) + ".".repeat(WIDTH - full);
        String left = done == 0 || done == total || nanosSoFar < ESTIMATE_AFTER_NANOS
                ? ""
                : ", " + time((long) ((double) nanosSoFar / done * (total - done))) + " left";
        return String.format(Locale.ROOT, "%s [%s] %3d %%%s", what, bar, 100 * done / total, left);
    }

    private static String time(long nanos) {
        long seconds = Math.max(1, Duration.ofNanos(nanos).toSeconds());
        return seconds < 100 ? seconds + " s" : (seconds + 30) / 60 + " min";
    }

    /** Removes the line from the terminal. */
    @Override
    public void close() {
        terminal.print(TO_THE_START + ERASE_TO_THE_END);
        terminal.flush();
    }
}
