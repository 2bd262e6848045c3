package io.teahouse.room;

/** The members for whom a message is meant. Its author always sees it. */
public enum Audience {
    ALL,
    /** Members with any rank. */
    VOICED,
    HALF_OPERATORS,
    OPERATORS
}
