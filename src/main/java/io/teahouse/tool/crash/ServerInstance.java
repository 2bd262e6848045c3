package io.teahouse.tool.crash;

/** A server that is ready. {@code number} counts the servers of a run, from 1. */
record ServerInstance(int number, int ircPort, int plainPort) {}
