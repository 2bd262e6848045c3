/**
 * The HTTP side for machines, on a port of its own: health, metrics and reloads. Only {@code io.teahouse} calls it. It must
 * not send an actor of the chat anything, do work on the thread of the chat, or answer with the text of a user.
 */
@NullMarked
package io.teahouse.admin;

import org.jspecify.annotations.NullMarked;
