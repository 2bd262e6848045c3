/**
 * Users as the whole server sees them: which nicks are allowed and who has which, who is online, and how to reach them.
 *
 * <p>Clients own users and publish what may be known of them; dialects and the web side ask. It must never know what a
 * connection sends or receives, a protocol, or how a room keeps its state.
 */
package io.teahouse.user;
