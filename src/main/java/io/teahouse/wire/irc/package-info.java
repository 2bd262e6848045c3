/**
 * The IRC dialect, by RFC 1459, RFC 2812, modern.ircdocs.horse and IRCv3.
 *
 * <p>Only the server's wiring makes one; a client's actor calls it. It must never decide what is allowed in a room or
 * touch a socket: it reads lines and writes lines. Only here is a room called a channel.
 */
package io.teahouse.wire.irc;
