/**
 * Actors of an application as members of rooms: they find their room, join it, rejoin it after a failure, and send what they say once.
 *
 * <p>Applications and webhooks use it. It must never know doors or stores: a member finds its room through the directory.
 */
package io.teahouse.room.member;
