/**
 * Servers of this program's own jar as processes, for commands that measure or kill them. Only {@code load} and
 * {@code crash} use it; it knows a server by what the server prints. It must never import the server, or need more than the
 * JDK and picocli.
 */
package io.teahouse.tool.process;
