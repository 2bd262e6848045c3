package io.teahouse.tool.load;

/** Traffic that knows when it has something to send, and that is measured in a time window. */
abstract class MeasuredTraffic implements Traffic {
    final TimeWindow window;
    final OpenLoop loop;
    final Histogram latency = new Histogram();
    long deliveredInWindow;

    MeasuredTraffic(OpenLoop loop) {
        this.loop = loop;
        window = loop.window();
    }

    /** Sends what is due by {@code now}; returns when there is something to send again. */
    long send(long now) {
        return loop.send(now);
    }

    /** The number of deliveries that are still to come of what was sent. */
    abstract long missing();

    /** Nothing is sent after its end. */
    TimeWindow window() {
        return window;
    }

    Histogram latency() {
        return latency;
    }

    /** All deliveries that were made in the window. */
    long deliveredInWindow() {
        return deliveredInWindow;
    }

    /** The generator's own worst lateness in the window, in nanoseconds. */
    long maxLateness() {
        return loop.maxLateness();
    }
}
