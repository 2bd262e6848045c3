package io.teahouse.tool.load;

/** How long a scenario warms up, measures, and waits at most for what is still under way; in nanoseconds. */
record Timing(long warm, long measured, long drain) {}
