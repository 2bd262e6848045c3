/**
 * The server: its command line, its settings, and the one place that wires all parts.
 *
 * <p>UserDirectory run it; nothing imports it. It must never hold a rule of a room, a client or a protocol.
 */
package io.teahouse;
