/**
 * The core and the library: rooms that order what is said in them, and the ports they need.
 *
 * <p>Anybody may call it: the doors of the server, and actors of an application that knows nothing of the server. It
 * must never import anything but akka-actor-typed and the JDK, block a thread, or know what a client speaks.
 */
package io.teahouse.room;
