/**
 * What rooms are built with and the server uses, too: text, patterns, addresses, ids, and how an actor asks what may fail.
 *
 * <p>An application that embeds rooms needs none of it. It must never know what a room is.
 */
package io.teahouse.room.support;
