package io.teahouse.room;

import io.teahouse.room.support.Check;

/**
 * One mode set or removed.
 *
 * @param value as the mode's {@link Mode.Kind} requires; empty if it takes none
 */
public record ModeChange(boolean set, Mode mode, String value) {
    public ModeChange {
        Check.notNull(mode, "mode");
        Check.notNull(value, "value");
    }
}
