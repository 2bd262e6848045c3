package io.teahouse;

import com.typesafe.config.Config;
import io.teahouse.account.AccountSettings;
import io.teahouse.client.ClientSettings;
import io.teahouse.client.FloodGuard;
import io.teahouse.net.AdmissionSettings;
import io.teahouse.net.ListenerSettings;
import io.teahouse.room.InvitationLimits;
import io.teahouse.room.Mode;
import io.teahouse.room.RoomBudget;
import io.teahouse.room.RoomMemory;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomQuotas;
import io.teahouse.room.RoomSettings;
import io.teahouse.store.StoreSettings;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.NickRules;
import io.teahouse.wire.plain.PlainSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All settings of the server, checked; {@code reference.conf} explains each.
 *
 * @param plain where and how the plain door listens; empty: it is closed
 * @param irc the IRC door; empty: it is closed
 * @param cloak whether addresses are hidden from other people, at all doors
 * @param admission who may connect, at all doors together
 * @param caseMapping which names are the same, at all doors
 * @param officialRooms see {@link RoomSettings#official}
 * @param reservedNames that nobody may take
 * @param dispatchers the threads of rooms and connections
 * @param config where they were read
 * @param unknown names under {@code teahouse} that mean nothing, so probably misspelt
 */
record Settings(
        Optional<Plain> plain,
        Optional<IrcDoor> irc,
        boolean cloak,
        AdmissionSettings admission,
        ClientSettings client,
        AccountSettings accounts,
        RoomSettings room,
        RoomQuotas quotas,
        StoreSettings store,
        int nickLength,
        CaseMapping caseMapping,
        List<RoomName> officialRooms,
        List<String> reservedNames,
        List<String> dispatchers,
        Config config,
        List<String> unknown) {

    @Override
    public String toString() {
        return "Settings"; // contains passwords
    }

    /**
     * The plain door.
     *
     * @param idleTimeout how long its clients may be silent; zero: for ever
     */
    record Plain(ListenerSettings listener, PlainSettings dialect, Duration idleTimeout) {}

    /** What more than one part is told. */
    record Shared(CaseMapping caseMapping, int nickLength, int maxListed, int multilineMaxBytes, int metadataKeys) {}

    enum Framing {
        LINES,
        CHUNKS
    }

    /** Something is wrong with the settings; one line each. */
    static final class WrongSettings extends Exception {
        private static final long serialVersionUID = 1;

        private final transient List<String> problems;

        WrongSettings(List<String> problems) {
            super(String.join("\n", problems));
            this.problems = List.copyOf(problems);
        }

        List<String> problems() {
            return problems;
        }
    }

    /** As other servers of IRC have it. */
    private static final Duration IDLE_IF_ASKED = Duration.ofMinutes(4);

    private static final Duration LONG = Duration.ofDays(365);
    private static final long SMALLEST = 64 * 1024;
    private static final int HUGE = 1 << 30;
    private static final int MANY = 10_000_000;

    /** @throws WrongSettings naming every setting that is wrong */
    static Settings from(Config config) throws WrongSettings {
        SettingsReader read = new SettingsReader(config);
        List<String> dispatchers = Dispatchers.names(read.number("threads", 1, 256));
        int maxLine = read.bytes("limits.max-line-bytes", 64, 1 << 20);
        Shared shared = new Shared(
                read.oneOf("irc.casemapping", CaseMapping.class),
                read.number("limits.nick-length", 1, 128),
                read.number("rooms.max-listed", 0, 1_000_000),
                read.bytes("limits.multiline-max-bytes", 512, 1 << 20),
                read.number("limits.metadata-keys", 0, 1000));
        List<RoomName> official = officialRooms(read, shared);
        Settings settings = new Settings(
                plain(read, shared, maxLine, dispatchers),
                IrcDoor.read(read, shared, dispatchers),
                read.onOff("irc.cloak"),
                ListenerReader.admission(read),
                client(read),
                AccountReader.read(read),
                room(read, shared, official, maxLine),
                quotas(read),
                StoreReader.read(read, shared.caseMapping),
                shared.nickLength,
                shared.caseMapping,
                official,
                reservedNames(read),
                dispatchers,
                config,
                UnknownSettings.in(config));
        if (read.problems().isEmpty() && settings.plain.isEmpty() && settings.irc.isEmpty()) {
            read.wrong("plain.enabled", "on, where teahouse.irc.enabled is off: else nobody could come");
        }
        if (!read.problems().isEmpty()) {
            throw new WrongSettings(read.problems());
        }
        return settings;
    }

    private static RoomQuotas quotas(SettingsReader read) {
        return new RoomQuotas(
                read.number("limits.max-rooms", 1, MANY),
                read.number("limits.max-conversations", 1, MANY),
                read.number("limits.rooms-per-user", 1, MANY),
                read.number("limits.rooms-per-address", 1, MANY),
                read.number("limits.conversations-per-user", 1, MANY),
                read.number("limits.conversations-per-address", 1, MANY),
                read.number("rooms.registered-per-account", 0, MANY),
                read.number("rooms.registrations-per-address", 0, MANY));
    }

    /** The default room of the plain door, and those in the settings: they belong to the operators of the server. */
    private static List<RoomName> officialRooms(SettingsReader read, Shared shared) {
        List<RoomName> rooms = new ArrayList<>();
        if (read.onOff("plain.enabled")) {
            startRoom(read, shared.caseMapping).ifPresent(rooms::add);
        }
        for (String name : read.texts("rooms.official")) {
            try {
                rooms.add(shared.caseMapping.room(name));
            } catch (IllegalArgumentException e) {
                read.wrong("rooms.official", "a list of names of rooms (" + e.getMessage() + ")");
            }
        }
        return List.copyOf(rooms);
    }

    private static Predicate<RoomName> isOneOf(List<RoomName> rooms) {
        Set<String> keys = rooms.stream().map(RoomName::key).collect(Collectors.toUnmodifiableSet());
        return room -> keys.contains(room.key());
    }

    /** The names in the list, and the server's own name, also without its domain. */
    private static List<String> reservedNames(SettingsReader read) {
        List<String> names = new ArrayList<>(read.texts("accounts.reserved-names"));
        for (String own : List.of(read.text("irc.server-name"), read.text("irc.network-name"))) {
            names.add(own);
            names.add(own.substring(0, own.indexOf('.') < 0 ? own.length() : own.indexOf('.')));
        }
        return List.copyOf(names);
    }

    NickRules nickRules() {
        return new NickRules(nickLength, caseMapping, reservedNames);
    }

    private static Optional<Plain> plain(SettingsReader read, Shared shared, int maxLine, List<String> dispatchers) {
        boolean chunks = read.oneOf("plain.framing", Framing.class) == Framing.CHUNKS;
        ListenerSettings listener = ListenerReader.read(
                read,
                "plain",
                maxLine,
                chunks ? ListenerSettings.Framing.CHUNKS : ListenerSettings.Framing.TERMINAL,
                dispatchers);
        PlainSettings dialect = new PlainSettings(
                startRoom(read, shared.caseMapping),
                chunks,
                maxLine,
                listener.sendQueueBytes() / 2,
                read.number("plain.history-lines", 0, 1000),
                shared.caseMapping);
        return read.onOff("plain.enabled")
                ? Optional.of(new Plain(listener, dialect, idleTimeout(read, Duration.ZERO)))
                : Optional.empty();
    }

    /** @param auto what is best at a door */
    private static Duration idleTimeout(SettingsReader read, Duration auto) {
        return read.isAuto("limits.idle-timeout") ? auto : read.time("limits.idle-timeout", Duration.ZERO, LONG);
    }

    private static Optional<RoomName> startRoom(SettingsReader read, CaseMapping caseMapping) {
        String name = read.text("plain.room");
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(caseMapping.room(name));
        } catch (IllegalArgumentException e) {
            read.wrong("plain.room", "the name of a room, or \"\" (" + e.getMessage() + ")");
            return Optional.empty();
        }
    }

    private static ClientSettings client(SettingsReader read) {
        return new ClientSettings(
                read.time("limits.name-timeout", Duration.ofMillis(100), LONG),
                idleTimeout(read, IDLE_IF_ASKED),
                read.number("limits.messages-under-way", 1, MANY),
                read.time("store.timeout", Duration.ofMillis(10), LONG).multipliedBy(2),
                read.time("accounts.absence", Duration.ZERO, LONG),
                read.number("accounts.most-absent", 0, MANY),
                new FloodGuard.Rules(
                        read.onOff("flood.enabled"),
                        read.number("flood.burst", 1, MANY),
                        read.fraction("flood.per-second", 0.01, MANY),
                        read.bytes("flood.queue-bytes", 64, HUGE)));
    }

    private static RoomSettings room(SettingsReader read, Shared shared, List<RoomName> official, int maxLine) {
        return new RoomSettings(
                read.number("limits.max-members", 1, MANY),
                Math.max(maxLine, shared.multilineMaxBytes),
                read.number("limits.max-pending", 1, MANY),
                read.time("store.timeout", Duration.ofMillis(10), LONG),
                read.time("store.retry-interval", Duration.ofMillis(10), LONG),
                StoreReader.repeats(read),
                read.time("rooms.keep-empty", Duration.ofMillis(10), LONG),
                initialModes(read),
                shared.maxListed,
                read.number("rooms.catch-up", 0, MANY),
                shared.metadataKeys,
                new InvitationLimits(
                        read.time("rooms.invitation-lifetime", Duration.ofSeconds(1), LONG),
                        read.number("rooms.invitations-per-member", 1, 1_000_000)),
                isOneOf(official),
                shared.caseMapping,
                new RoomMemory(
                        new RoomBudget(read.memory("rooms.repeats-bytes", SMALLEST)),
                        new RoomBudget(read.memory("rooms.lists-bytes", SMALLEST))));
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
}
