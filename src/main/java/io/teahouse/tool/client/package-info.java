/**
 * The test client: connections that do not block, lines cut out of a shared buffer, and the client's side of the IRC and the
 * plain protocol. Only {@code load} and {@code crash} use it. It must never import the server, need more than the JDK, or
 * start a thread.
 */
package io.teahouse.tool.client;
