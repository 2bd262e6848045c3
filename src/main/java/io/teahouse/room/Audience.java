package io.teahouse.room;

/** Whom in a room something is meant for. The one who said it is always told. */
public enum Audience {
    ALL,
    /** Those with any rank. */
    VOICED,
    HALF_OPERATORS,
    OPERATORS
}
