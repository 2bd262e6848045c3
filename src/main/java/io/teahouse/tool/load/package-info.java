/**
 * A load generator for line-based chat servers, a minimal reference server to compare them with, and the soak, which puts
 * load on a server for long and checks it: one thread, one selector, figures as rows or JSON. Only the command line uses it, through
 * {@link io.teahouse.tool.load.LoadCommand} and {@link io.teahouse.tool.load.SoakCommand}; it knows a server by its sockets
 * and its process alone. It must never import the server, need more than the JDK and picocli, or spend time between
 * reading the clock and using the socket.
 */
package io.teahouse.tool.load;
