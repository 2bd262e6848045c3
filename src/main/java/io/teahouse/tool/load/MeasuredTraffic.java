package io.teahouse.tool.load;

/** Traffic that says when it has something to send, and of which a window is measured. */
interface MeasuredTraffic extends Traffic {
    /** Sends what is due by {@code now}; returns when there is something to send again. */
    long send(long now);

    /** When the measured window begins. */
    long begin();

    /** When it ends; nothing is sent any more. */
    long end();

    /** What is still to come of what was sent. */
    long missing();
}
