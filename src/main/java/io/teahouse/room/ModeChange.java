package io.teahouse.room;

/**
 * One mode set or removed.
 *
 * @param value what the mode's {@link Mode.Kind} asks for; else empty
 */
public record ModeChange(boolean set, Mode mode, String value) {}
