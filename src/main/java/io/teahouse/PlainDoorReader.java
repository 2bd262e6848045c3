package io.teahouse;

import io.teahouse.net.Framing;
import io.teahouse.net.ListenerSettings;
import io.teahouse.room.RoomName;
import io.teahouse.user.CaseMapping;
import io.teahouse.wire.plain.PlainSettings;
import java.time.Duration;
import java.util.Optional;

/** Reads the settings of the plain door. */
final class PlainDoorReader {
    private enum Choice {
        LINES,
        CHUNKS
    }

    private PlainDoorReader() {}

    /** Empty: the door is closed. Its settings are checked all the same. */
    static Optional<PlainDoor> read(SettingsReader read) {
        int maxLine = SharedSettings.maxLineBytes(read);
        boolean chunks = read.oneOf("plain.framing", Choice.class) == Choice.CHUNKS;
        ListenerSettings listener =
                ListenerReader.read(read, "plain", maxLine, chunks ? Framing.CHUNKS : Framing.TERMINAL, "");
        PlainSettings dialect = new PlainSettings(
                startRoom(read),
                chunks,
                maxLine,
                listener.connections().sendQueueBytes() / 2,
                read.number("plain.history-lines", 0, 1000),
                SharedSettings.caseMapping(read));
        return read.onOff("plain.enabled")
                ? Optional.of(new PlainDoor(listener, dialect, SharedSettings.idleTimeout(read, Duration.ZERO)))
                : Optional.empty();
    }

    /** Where users start; empty: in no room. */
    static Optional<RoomName> startRoom(SettingsReader read) {
        CaseMapping caseMapping = SharedSettings.caseMapping(read);
        String name = read.text("plain.room");
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(caseMapping.room(name));
        } catch (IllegalArgumentException e) {
            read.wrong("plain.room", "the name of a room, or \"\" (" + e.getMessage() + ")");
            return Optional.empty();
        }
    }
}
