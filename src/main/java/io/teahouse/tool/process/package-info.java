/**
 * Servers of this program's own jar as processes, for commands that measure them or kill them. Only {@code load} and
 * {@code crash} call it; it knows a server by what it prints. It must never import the server, or need more than the JDK
 * and picocli.
 */
package io.teahouse.tool.process;
