package io.teahouse;

import com.typesafe.config.Config;
import io.teahouse.account.AccountSettings;
import io.teahouse.admin.AdminSettings;
import io.teahouse.client.ClientSettings;
import io.teahouse.cluster.ClusterSettings;
import io.teahouse.hook.HookSettings;
import io.teahouse.net.AdmissionSettings;
import io.teahouse.net.ProxyHeader;
import io.teahouse.operator.PowerSettings;
import io.teahouse.room.RegistrationLimit;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomQuotas;
import io.teahouse.room.RoomSettings;
import io.teahouse.store.StoreSettings;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.NickRules;
import io.teahouse.user.UserSettings;
import io.teahouse.wire.irc.Service;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * All settings of the server, checked; {@code reference.conf} explains each. Each part of the server has its own record, and a class
 * here that reads it, such as {@link RoomReader}.
 *
 * @param plain the plain door; empty: it is closed
 * @param irc the IRC door; empty: it is closed
 * @param web the web door; empty: it is closed
 * @param admin the admin port; empty: it is closed
 * @param hooks the webhooks
 * @param connections what all doors have in common
 * @param names which names there may be
 * @param rooms the rooms
 * @param accounts the accounts
 * @param store the store
 * @param cluster the cluster that this server is a node of; empty: it is alone
 * @param log what the server logs, and how
 * @param powers the powers of operators
 * @param source where they were read
 */
record Settings(
        Optional<PlainDoor> plain,
        Optional<IrcDoor> irc,
        Optional<WebDoor> web,
        Optional<AdminSettings> admin,
        HookSettings hooks,
        Connections connections,
        Naming names,
        Rooms rooms,
        AccountSettings accounts,
        StoreSettings store,
        Optional<ClusterSettings> cluster,
        LogSettings log,
        PowerSettings powers,
        Source source) {

    /**
     * What all doors have in common.
     *
     * @param admission who may connect
     * @param client the limits of one client
     * @param user the limits of one user
     * @param proxyHeader what connections from trusted proxies begin with at the plain and the IRC door; empty: nothing
     * @param cloak whether users see a hash in place of each other's addresses
     * @param dispatchers the threads of connections, and of rooms
     */
    record Connections(
            AdmissionSettings admission,
            ClientSettings client,
            UserSettings user,
            Optional<ProxyHeader> proxyHeader,
            boolean cloak,
            List<String> dispatchers) {}

    /**
     * Which names there may be.
     *
     * @param caseMapping which names are the same
     * @param nickLength in characters
     * @param reserved names that no client may take
     */
    record Naming(CaseMapping caseMapping, int nickLength, List<String> reserved) {
        NickRules nickRules() {
            return new NickRules(nickLength, caseMapping, reserved);
        }
    }

    /**
     * The rooms.
     *
     * @param each the settings of each room
     * @param quotas how many there may be
     * @param registrations how many may be registered
     * @param official those of the server's operators, which {@code each} does not have: see {@link OfficialRooms}
     */
    record Rooms(
            RoomSettings each, RoomQuotas quotas, RegistrationLimit.Quota registrations, List<RoomName> official) {}

    /**
     * Where the settings were read.
     *
     * @param config all of them
     * @param unknown names under {@code teahouse} that are no setting, so probably misspelt
     */
    record Source(Config config, List<String> unknown) {}

    @Override
    public String toString() {
        return "Settings"; // contains passwords
    }

    /** How clients speak IRC, at whichever door; empty: at none. */
    Optional<IrcDoor> ircAtAnyDoor() {
        return irc.or(() -> web.map(WebDoor::irc));
    }

    /** @throws WrongSettings naming every setting that is wrong */
    static Settings from(Config config) throws WrongSettings {
        SettingsReader read = new SettingsReader(config);
        IrcDoor irc = IrcDoorReader.read(read);
        HookSettings hooks = HookReader.read(read);
        Settings settings = new Settings(
                PlainDoorReader.read(read),
                read.onOff("irc.enabled") ? Optional.of(irc) : Optional.empty(),
                WebDoorReader.read(read, irc),
                AdminReader.read(read, irc.certificate()),
                hooks,
                new Connections(
                        ListenerReader.admission(read),
                        ClientReader.read(read),
                        ClientReader.users(read),
                        ProxyReader.header(read),
                        read.onOff("irc.cloak"),
                        SharedSettings.dispatchers(read)),
                new Naming(
                        SharedSettings.caseMapping(read), SharedSettings.nickLength(read), reservedNames(read, hooks)),
                rooms(read, hooks),
                AccountReader.read(read),
                StoreReader.read(read),
                ClusterReader.read(read),
                LogReader.read(read),
                OperatorReader.read(read),
                new Source(config, UnknownSettings.in(config)));
        if (read.problems().isEmpty() && settings.plain.isEmpty() && settings.irc.isEmpty() && settings.web.isEmpty()) {
            read.wrong(
                    "plain.enabled",
                    "on, because teahouse.irc.enabled and teahouse.web.enabled are off: otherwise nobody could connect");
        }
        if (!read.problems().isEmpty()) {
            throw new WrongSettings(read.problems());
        }
        return settings;
    }

    private static Rooms rooms(SettingsReader read, HookSettings hooks) {
        List<RoomName> official = new ArrayList<>(RoomReader.official(read));
        official.addAll(HookReader.rooms(hooks));
        return new Rooms(
                RoomReader.read(read), RoomReader.quotas(read), RoomReader.registrations(read), List.copyOf(official));
    }

    /** The configured names, those of hooks and services, and the names of the server and its network, each also without its domain. */
    private static List<String> reservedNames(SettingsReader read, HookSettings hooks) {
        List<String> names = new ArrayList<>(read.texts("accounts.reserved-names"));
        names.addAll(HookReader.names(hooks));
        Arrays.stream(Service.values()).map(Service::nick).forEach(names::add);
        for (String own : List.of(read.text("irc.server-name"), read.text("irc.network-name"))) {
            names.add(own);
            names.add(own.substring(0, own.indexOf('.') < 0 ? own.length() : own.indexOf('.')));
        }
        return List.copyOf(names);
    }
}
