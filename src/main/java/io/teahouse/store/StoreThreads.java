package io.teahouse.store;

/**
 * The threads of a store.
 *
 * @param writer the only one that writes
 * @param opening opens rooms and reads accounts
 * @param history reads history
 * @param searching runs searches
 */
record StoreThreads(StoreWriter writer, ReaderPool opening, ReaderPool history, ReaderPool searching) {}
