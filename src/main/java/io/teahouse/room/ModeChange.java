package io.teahouse.room;

/**
 * One mode set or removed.
 *
 * @param value as the mode's {@link Mode.Kind} requires; empty if it takes none
 */
public record ModeChange(boolean set, Mode mode, String value) {}
