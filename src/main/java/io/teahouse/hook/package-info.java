/**
 * Webhooks: programs post to rooms over HTTP, and are told by HTTP what happens in rooms. {@code io.teahouse} starts it, the admin
 * port passes it requests, and a store implements its queue. It must not make a room wait for a receiver, or send
 * anything to an address that the settings do not allow.
 */
@NullMarked
package io.teahouse.hook;

import org.jspecify.annotations.NullMarked;
