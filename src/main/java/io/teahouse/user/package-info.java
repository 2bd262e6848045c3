/**
 * Users as the whole server sees them: which nicks are allowed and who has which, who is online, and how to reach them.
 *
 * <p>The actor of a user owns it and publishes what others may know; connections ask that actor for changes, dialects and the web
 * side read snapshots. It must never know what a
 * connection sends or receives, a protocol, or how a room keeps its state.
 */
package io.teahouse.user;
