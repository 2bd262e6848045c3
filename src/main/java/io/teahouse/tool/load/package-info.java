/**
 * A load generator for line-based chat servers, and a minimal reference server to compare them with: one thread, one
 * selector, figures as rows or JSON. Only the command line uses it, through {@link io.teahouse.tool.load.LoadCommand}; it knows
 * a server by its sockets alone. It must never import the server, need more than the JDK and picocli, or spend time between
 * reading the clock and using the socket.
 */
package io.teahouse.tool.load;
