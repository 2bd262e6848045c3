/**
 * Users as the whole server sees them: which nicks are allowed and who has which, and what may be known of a user.
 *
 * <p>Clients, dialects and the web side call it. It must never know a connection, a protocol or how a room keeps its
 * state.
 */
package io.teahouse.user;
