/**
 * The SQL store: rooms, messages, accounts, read markers, always-on users and search, in SQLite or PostgreSQL. A server
 * opens it by {@link io.teahouse.store.Stores#open}; others use it through the ports of {@code room}, {@code account} and
 * {@code user}. It knows neither clients nor sockets and never blocks a caller: its own threads do the work, and each of
 * their queues is bounded.
 */
@NullMarked
package io.teahouse.store;

import org.jspecify.annotations.NullMarked;
