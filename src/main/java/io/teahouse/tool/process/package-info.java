/**
 * Servers of this program's own jar as processes, for commands that measure or kill them, and what a JVM says about its heap. Only {@code load},
 * {@code crash} and {@code figures} use it; it knows a server by what the server and its JVM print. It must never import the server, or need more than the
 * JDK and picocli.
 */
package io.teahouse.tool.process;
