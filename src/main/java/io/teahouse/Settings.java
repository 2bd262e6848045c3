package io.teahouse;

import com.typesafe.config.Config;
import io.teahouse.account.AccountSettings;
import io.teahouse.client.ClientSettings;
import io.teahouse.client.FloodGuard;
import io.teahouse.net.AdmissionSettings;
import io.teahouse.net.ListenerSettings;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomQuotas;
import io.teahouse.room.RoomSettings;
import io.teahouse.store.StoreSettings;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.NickRules;
import io.teahouse.wire.plain.PlainSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All settings of the server, checked; {@code reference.conf} explains each.
 *
 * @param plain where and how the plain door listens; empty: it is closed
 * @param irc the IRC door; empty: it is closed
 * @param cloak whether addresses are hidden from other people, at all doors
 * @param admission who may connect, at all doors together
 * @param caseMapping which names are the same, at all doors
 * @param officialRooms see {@link RoomSettings.Rules#official}
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
    private static final int HUGE = 1 << 30;
    private static final int MANY = 10_000_000;

    /** @throws WrongSettings naming every setting that is wrong */
    static Settings from(Config config) throws WrongSettings {
        SettingsReader read = new SettingsReader(config);
        List<String> dispatchers = SharedSettings.dispatchers(read);
        CaseMapping caseMapping = SharedSettings.caseMapping(read);
        List<RoomName> official = RoomReader.official(read, caseMapping);
        Settings settings = new Settings(
                plain(read, caseMapping, dispatchers),
                IrcDoor.read(read, dispatchers),
                read.onOff("irc.cloak"),
                ListenerReader.admission(read),
                client(read),
                AccountReader.read(read),
                RoomReader.read(read, caseMapping, official),
                RoomReader.quotas(read),
                StoreReader.read(read, caseMapping),
                SharedSettings.nickLength(read),
                caseMapping,
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

    private static Optional<Plain> plain(SettingsReader read, CaseMapping caseMapping, List<String> dispatchers) {
        int maxLine = SharedSettings.maxLineBytes(read);
        boolean chunks = read.oneOf("plain.framing", Framing.class) == Framing.CHUNKS;
        ListenerSettings listener = ListenerReader.read(
                read,
                "plain",
                maxLine,
                chunks ? ListenerSettings.Framing.CHUNKS : ListenerSettings.Framing.TERMINAL,
                dispatchers);
        PlainSettings dialect = new PlainSettings(
                RoomReader.startRoom(read, caseMapping),
                chunks,
                maxLine,
                listener.sendQueueBytes() / 2,
                read.number("plain.history-lines", 0, 1000),
                caseMapping);
        return read.onOff("plain.enabled")
                ? Optional.of(new Plain(listener, dialect, SharedSettings.idleTimeout(read, Duration.ZERO)))
                : Optional.empty();
    }

    private static ClientSettings client(SettingsReader read) {
        return new ClientSettings(
                read.time("limits.name-timeout", Duration.ofMillis(100), LONG),
                SharedSettings.idleTimeout(read, IDLE_IF_ASKED),
                read.number("limits.messages-under-way", 1, MANY),
                SharedSettings.storeTimeout(read).multipliedBy(2),
                read.time("accounts.absence", Duration.ZERO, LONG),
                read.number("accounts.most-absent", 0, MANY),
                new FloodGuard.Rules(
                        read.onOff("flood.enabled"),
                        read.number("flood.burst", 1, MANY),
                        read.fraction("flood.per-second", 0.01, MANY),
                        read.bytes("flood.queue-bytes", 64, HUGE)));
    }
}
