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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What powers work on in tests, in memory. */
public final class TestPowers {
    static final PowerSettings SETTINGS = new PowerSettings(Duration.ofDays(1), 10);

    private TestPowers() {}

    /** Without accounts and rooms, over which powers are tested in a whole server; with settings that cannot be reloaded. */
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
                new Reload() {
                    @Override
                    public Result run() throws Unusable {
                        throw new Unusable("in a test");
                    }

                    @Override
                    public Map<String, String> settings() {
                        return Map.of("teahouse.irc.motd", "hello", "teahouse.threads", "2");
                    }
                },
                () -> SETTINGS,
                account -> Set.of(),
                new Accounts(
                                SomeSettings.scram(),
                                new MemoryAccountStore(),
                                CaseMapping.ASCII,
                                name -> Optional.empty())
                        .moderation(),
                new RoomGateway(
                        TestInbox.<RoomDirectory.Command>create().getRef(),
                        RoomName::of,
                        () -> {
                            throw new AssertionError("there are no rooms here");
                        },
                        Duration.ofSeconds(1)),
                TestInbox.<UserSupervisor.Command>create().getRef(),
                NodeStopper.impossible("in a test"),
                Runnable::run,
                clock);
    }
}
