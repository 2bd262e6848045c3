package io.teahouse.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.RecipientRef;
import io.teahouse.account.Accounts;
import io.teahouse.account.Cloak;
import io.teahouse.account.ReadMarkers;
import io.teahouse.room.Archive;
import io.teahouse.room.RegistrationLimit;
import io.teahouse.room.RoomDirectory;
import io.teahouse.user.Entrance;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.NickRules;
import io.teahouse.user.OnlineUsers;
import io.teahouse.user.UserServices;
import io.teahouse.user.UserSupervisor;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

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
 * @param rules decides which names are allowed
 * @param cloak replaces addresses in public profiles
 * @param limits the limits of each client at the moment, which a reload of the settings changes; thread-safe
 * @param entrance decides who may come in
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
        Supplier<ClientSettings> limits,
        Entrance entrance,
        Metrics metrics) {
    /** The limits of each client at this moment. */
    public ClientSettings settings() {
        return limits.get();
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
        return with(new Derived(limits, ClientSettings::withoutFloodGuard));
    }

    /** The same with other timeouts for silence; zero: none. */
    public Services withIdleTimeout(Supplier<Duration> idleTimeout) {
        return with(new Derived(limits, each -> each.withIdleTimeout(idleTimeout.get())));
    }

    /** Limits that follow others. The hot path asks for them, so they are only worked out when the others have changed. */
    private static final class Derived implements Supplier<ClientSettings> {
        /** @param from what {@code to} was worked out from */
        private record Step(ClientSettings from, ClientSettings to) {}

        private final Supplier<ClientSettings> source;
        private final UnaryOperator<ClientSettings> change;
        private volatile Step last;

        Derived(Supplier<ClientSettings> source, UnaryOperator<ClientSettings> change) {
            this.source = source;
            this.change = change;
            this.last = step(source.get(), change);
        }

        private static Step step(ClientSettings from, UnaryOperator<ClientSettings> change) {
            return new Step(from, change.apply(from));
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // faster, and a reload always makes new ones
        public ClientSettings get() {
            Step step = last;
            ClientSettings now = source.get();
            if (step.from != now) {
                step = step(now, change);
                last = step;
            }
            return step.to;
        }
    }

    private Services with(Supplier<ClientSettings> others) {
        return new Services(
                user,
                supervisor,
                rooms,
                registrations,
                archive,
                markers,
                accounts,
                rules,
                cloak,
                others,
                entrance,
                metrics);
    }
}
