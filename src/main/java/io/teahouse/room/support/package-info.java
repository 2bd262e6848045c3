/**
 * Tools of rooms that the server uses, too: text, patterns, addresses, ids, and calls of an actor that may fail.
 *
 * <p>An application that embeds rooms needs none of them. They must never know what a room is.
 */
package io.teahouse.room.support;
