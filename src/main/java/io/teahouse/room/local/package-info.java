/**
 * The rooms of one process: finds and opens them, ends and renames them, and limits how many there are.
 *
 * <p>Applications spawn {@link io.teahouse.room.local.LocalRooms} and otherwise use the ports of {@code room} that it
 * implements. It must never look into a room: it knows rooms by their messages, as a form for several nodes would.
 */
package io.teahouse.room.local;
