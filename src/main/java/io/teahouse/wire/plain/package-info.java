/**
 * The plain dialect: what a person at {@code nc} or {@code telnet} gets, and small chat clients of old.
 *
 * <p>Only the server's wiring makes one; a client's actor calls it. It must never decide what is allowed in a room or
 * touch a socket: it reads lines and writes lines.
 */
package io.teahouse.wire.plain;
