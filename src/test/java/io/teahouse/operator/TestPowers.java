package io.teahouse.operator;

import akka.actor.testkit.typed.javadsl.TestInbox;
import io.teahouse.account.Accounts;
import io.teahouse.account.MemoryAccountStore;
import io.teahouse.account.SomeSettings;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.UserDirectory;
import io.teahouse.user.UserSupervisor;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What powers work on in tests, in memory. */
public final class TestPowers {
    static final PowerSettings SETTINGS = new PowerSettings(Duration.ofDays(1), 10);

    private TestPowers() {}

    /** With settings that cannot be reloaded. */
    public static PowerServices services(UserDirectory users) {
        return services(users, Clock.systemUTC());
    }

    static PowerServices services(UserDirectory users, Clock clock) {
        OperatorStores stores = OperatorStores.inMemory();
        return new PowerServices(
                users,
                stores.audit(),
                new BanList(stores.bans(), CaseMapping.ASCII, clock),
                new Maintenance(stores.maintenance()),
                () -> {
                    throw new Reload.Unusable("in a test");
                },
                () -> SETTINGS,
                account -> Set.of(),
                directory(),
                Runnable::run,
                clock);
    }

    /** Without accounts and rooms: the powers over them are tested in a whole server. */
    private static Directory directory() {
        return new Directory(
                new Accounts(
                                SomeSettings.scram(),
                                new MemoryAccountStore(),
                                CaseMapping.ASCII,
                                name -> Optional.empty())
                        .moderation(),
                new RoomOperators(
                        TestInbox.<RoomDirectory.Command>create().getRef(),
                        RoomName::of,
                        () -> {
                            throw new AssertionError("there are no rooms here");
                        },
                        Duration.ofSeconds(1)),
                TestInbox.<UserSupervisor.Command>create().getRef());
    }
}
