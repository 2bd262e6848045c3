package io.teahouse.tool.crash;

/** A server process that listens. {@code number} counts those of a run, from 1. */
record Life(int number, int ircPort, int plainPort) {}
