/**
 * The web door: IRC over WebSockets, and the pages that browsers load, on one port. Only {@code io.teahouse} calls it. It
 * must not know a dialect, send an actor of the chat anything, or do work of pages on the thread of the chat.
 */
@NullMarked
package io.teahouse.web;

import org.jspecify.annotations.NullMarked;
