/**
 * What outlives a restart, in SQL: what was said in the rooms, how they are set, search in it. Opened by whoever starts
 * the server ({@link io.teahouse.store.Stores#open}), used by rooms through the ports of {@code room}. It knows neither
 * clients nor sockets, and never makes a caller wait: its own threads do the work, and every queue before them is bounded.
 */
@NullMarked
package io.teahouse.store;

import org.jspecify.annotations.NullMarked;
