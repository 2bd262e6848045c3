package io.teahouse.tool.load;

/** The part of a run that is measured, in nanoseconds of the {@link RunClock}; {@code end} is exclusive. */
record TimeWindow(long begin, long end) {
    /** The window of a run that starts at {@code start} with its warm-up. */
    static TimeWindow of(long start, Timing timing) {
        long begin = start + timing.warm();
        return new TimeWindow(begin, begin + timing.measured());
    }

    boolean contains(long time) {
        return time >= begin && time < end;
    }
}
