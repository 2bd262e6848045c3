/**
 * The SQL store: rooms, messages, accounts, read markers and search, in SQLite or PostgreSQL. A server opens it by
 * {@link io.teahouse.store.Stores#open}; rooms use it through the ports of {@code room}. It knows neither clients nor sockets and
 * never blocks a caller: its own threads do the work, and each of their queues is bounded.
 */
@NullMarked
package io.teahouse.store;

import org.jspecify.annotations.NullMarked;
