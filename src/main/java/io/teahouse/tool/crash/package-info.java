/**
 * The crash test: real server processes under load, {@code kill -9} at random moments, and a check of all that clients were
 * shown against the history that is left. Only the command line calls it, through
 * {@link io.teahouse.tool.crash.CrashTestCommand}; it knows the server by its jar and its sockets alone. It must never import
 * the server, need more than the JDK and picocli, or judge by anything but what came from a socket.
 */
package io.teahouse.tool.crash;
