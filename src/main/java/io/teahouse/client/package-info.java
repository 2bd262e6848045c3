/**
 * One connection as the server sees it, whatever it speaks: its actor, its name, its rooms, what it may send and owe.
 *
 * <p>Doors call it: a listener of {@code net} makes a client per connection, a dialect of {@code wire} tells it what a
 * line means. It must never know a protocol, a socket or how a room keeps its state.
 */
package io.teahouse.client;
