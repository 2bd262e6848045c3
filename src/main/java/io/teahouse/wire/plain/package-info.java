/**
 * The plain dialect, for people with {@code nc} or {@code telnet} and for simple line-based chat clients.
 *
 * <p>Only the server's wiring makes one; a client's actor calls it. It must never decide what is allowed in a room or
 * touch a socket: it reads lines and writes lines.
 */
package io.teahouse.wire.plain;
