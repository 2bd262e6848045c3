/**
 * The IRC dialect: what any IRC client speaks, by RFC 1459, RFC 2812, modern.ircdocs.horse and IRCv3.
 *
 * <p>Only the server's wiring makes one; a client's actor calls it. It must never decide what is allowed in a room or
 * touch a socket: it reads lines and writes lines. Here alone a room is called a channel.
 */
package io.teahouse.wire.irc;
