package io.teahouse.tool.load;

/** Traffic that says when it has something to send, and of which a window is measured. */
interface MeasuredTraffic extends Traffic {
    /** Sends what is due by {@code now}; returns when there is something to send again. */
    long send(long now);

    /** Nothing is sent after its end. */
    TimeWindow window();

    /** How many deliveries are still to come of what was sent. */
    long missing();
}
