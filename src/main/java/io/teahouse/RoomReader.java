package io.teahouse;

import io.teahouse.room.Mode;
import io.teahouse.room.RegistrationLimit;
import io.teahouse.room.RepeatLimits;
import io.teahouse.room.RoomBudget;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomQuotas;
import io.teahouse.room.RoomSettings;
import io.teahouse.user.CaseMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads the settings of rooms. */
final class RoomReader {
    private static final Duration LONG = Duration.ofDays(365);
    private static final long SMALLEST = 64 * 1024;
    private static final int MANY = 10_000_000;

    private RoomReader() {}

    /** Without official rooms, of which a reload may change which they are: {@link OfficialRooms}. */
    static RoomSettings read(SettingsReader read) {
        return new RoomSettings(
                new RoomSettings.Limits(
                        read.number("limits.max-members", 1, MANY),
                        longestText(read),
                        read.number("limits.max-pending", 1, MANY),
                        SharedSettings.maxListed(read),
                        SharedSettings.metadataKeys(read),
                        read.number("rooms.catch-up", 0, MANY)),
                new RoomSettings.Log(SharedSettings.storeTimeout(read), SharedSettings.storeRetryInterval(read)),
                read.time("rooms.keep-empty", Duration.ofMillis(10), LONG),
                new RoomSettings.Rules(initialModes(read), room -> false, SharedSettings.caseMapping(read)),
                repeats(read),
                new RoomSettings.InvitationLimits(
                        read.time("rooms.invitation-lifetime", Duration.ofSeconds(1), LONG),
                        read.number("rooms.invitations-per-member", 1, 1_000_000)),
                new RoomSettings.Memory(
                        new RoomBudget(read.memory("rooms.repeats-bytes", SMALLEST)),
                        new RoomBudget(read.memory("rooms.lists-bytes", SMALLEST))));
    }

    /** Whatever the door: a line of the plain door, or a multiline message of IRC. */
    private static int longestText(SettingsReader read) {
        return Math.max(SharedSettings.maxLineBytes(read), SharedSettings.multilineMaxBytes(read));
    }

    /** Also for the store: a room that opens again recognises the ids that its log returns. */
    static RepeatLimits repeats(SettingsReader read) {
        return new RepeatLimits(
                read.number("rooms.repeats-kept", 0, MANY),
                read.number("rooms.repeats-most", 1, MANY),
                read.time("rooms.repeat-window", Duration.ZERO, LONG));
    }

    private static Set<Mode> initialModes(SettingsReader read) {
        Set<Mode> modes = EnumSet.noneOf(Mode.class);
        String letters = read.text("rooms.modes").strip();
        for (char letter : (letters.startsWith("+") ? letters.substring(1) : letters).toCharArray()) {
            Mode.of(letter)
                    .filter(mode -> mode.kind() == Mode.Kind.FLAG && mode != Mode.REGISTERED)
                    .ifPresentOrElse(modes::add, () -> read.wrong("rooms.modes", "some of the letters imnstC"));
        }
        return modes;
    }

    static RoomQuotas quotas(SettingsReader read) {
        return new RoomQuotas(
                new RoomQuotas.Quota(
                        read.number("limits.max-rooms", 1, MANY),
                        read.number("limits.rooms-per-user", 1, MANY),
                        read.number("limits.rooms-per-address", 1, MANY)),
                new RoomQuotas.Quota(
                        read.number("limits.max-conversations", 1, MANY),
                        read.number("limits.conversations-per-user", 1, MANY),
                        read.number("limits.conversations-per-address", 1, MANY)));
    }

    static RegistrationLimit.Quota registrations(SettingsReader read) {
        return new RegistrationLimit.Quota(
                read.number("rooms.registered-per-account", 0, MANY),
                read.number("rooms.registrations-per-address", 0, MANY));
    }

    /** The rooms of the server's operators: the start room of the plain door, and {@code rooms.official}. */
    static List<RoomName> official(SettingsReader read) {
        CaseMapping caseMapping = SharedSettings.caseMapping(read);
        List<RoomName> rooms = new ArrayList<>();
        if (read.onOff("plain.enabled")) {
            PlainDoorReader.startRoom(read).ifPresent(rooms::add);
        }
        for (String name : read.texts("rooms.official")) {
            try {
                rooms.add(caseMapping.room(name));
            } catch (IllegalArgumentException e) {
                read.wrong("rooms.official", "a list of names of rooms (" + e.getMessage() + ")");
            }
        }
        return List.copyOf(rooms);
    }
}
