package io.teahouse.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.RecipientRef;
import io.teahouse.account.Accounts;
import io.teahouse.account.Cloak;
import io.teahouse.account.ReadMarkers;
import io.teahouse.room.Archive;
import io.teahouse.room.RegistrationLimit;
import io.teahouse.room.RoomDirectory;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.NickRules;
import io.teahouse.user.OnlineUsers;
import io.teahouse.user.UserServices;
import io.teahouse.user.UserSupervisor;
import java.time.Duration;

/**
 * The services that all clients of a server share.
 *
 * @param user the services of the users' actors
 * @param supervisor attaches connections to the users of accounts
 * @param rooms finds rooms
 * @param registrations limits how many rooms may be registered
 * @param archive all stored messages
 * @param markers the read markers of accounts
 * @param accounts registers accounts and checks passwords
 * @param rules decides decides which names are allowed
 * @param cloak replaces addresses in public profiles
 * @param settings the limits of each client
 * @param metrics counts what clients do
 */
public record Services(
        UserServices user,
        ActorRef<UserSupervisor.Command> supervisor,
        RecipientRef<RoomDirectory.Command> rooms,
        RecipientRef<RegistrationLimit.Command> registrations,
        Archive archive,
        ReadMarkers markers,
        Accounts accounts,
        NickRules rules,
        Cloak cloak,
        ClientSettings settings,
        Metrics metrics) {
    /** The services of clients that nobody counts. */
    public Services(
            UserServices user,
            ActorRef<UserSupervisor.Command> supervisor,
            RecipientRef<RoomDirectory.Command> rooms,
            RecipientRef<RegistrationLimit.Command> registrations,
            Archive archive,
            ReadMarkers markers,
            Accounts accounts,
            NickRules rules,
            Cloak cloak,
            ClientSettings settings) {
        this(user, supervisor, rooms, registrations, archive, markers, accounts, rules, cloak, settings, Metrics.NONE);
    }

    /** Decides who has which nick. */
    public RecipientRef<NickRegistry.Command> nicks() {
        return user.nicks();
    }

    /** The users who are online. */
    public OnlineUsers users() {
        return user.users();
    }

    /** The same, without a limit on how fast clients send. */
    public Services withoutFloodGuard() {
        FloodGuard.Rules flood = settings.flood();
        FloodGuard.Rules off = new FloodGuard.Rules(false, flood.burst(), flood.perSecond(), flood.queueBytes());
        return with(settings.withFlood(off));
    }

    /** The same with another timeout for silence; zero: none. */
    public Services withIdleTimeout(Duration idleTimeout) {
        return with(settings.withIdleTimeout(idleTimeout));
    }

    private Services with(ClientSettings others) {
        return new Services(
                user, supervisor, rooms, registrations, archive, markers, accounts, rules, cloak, others, metrics);
    }
}
