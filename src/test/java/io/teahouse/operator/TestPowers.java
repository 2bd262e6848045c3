package io.teahouse.operator;

import io.teahouse.user.CaseMapping;
import io.teahouse.user.UserDirectory;
import java.time.Clock;
import java.time.Duration;

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
                Runnable::run,
                clock);
    }
}
