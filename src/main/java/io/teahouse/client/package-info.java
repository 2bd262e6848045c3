/**
 * One connection, independent of its protocol: its actor, name, rooms, and limits.
 *
 * <p>A listener of {@code net} creates a client per connection; a dialect of {@code wire} parses its lines. The package
 * must never know a protocol, a socket or how a room keeps its state.
 */
package io.teahouse.client;
