package io.teahouse.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.account.AccountSettings.Pace;
import io.teahouse.account.Result.Done;
import io.teahouse.account.Result.Reason;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The limits by address and by account. */
class LoginAttemptsTest extends AccountsFixture {
    @Test
    void anAddressThatFailsTooOftenHasToWait() {
        accounts = with(SomeSettings.paced(new Pace(2, 6), OFTEN, OFTEN));
        register("ann", "sesame");
        for (int i = 0; i < 5; i++) {
            assertThat(login("ann", "sesame"))
                    .as("what succeeds does not count")
                    .isInstanceOf(Done.class);
        }
        login("ann", "wrong");
        login("bob", "wrong");
        assertThat(login("ann", "sesame"))
                .isEqualTo(Result.refused(Reason.THROTTLED, "too many attempts have failed: try again in 10 s"));
        assertThat(reason(scram(new ScramClient("ann", "sesame")))).isEqualTo(Reason.THROTTLED);
        assertThat(login("ann", "sesame", THERE)).isInstanceOf(Done.class);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(10));
        assertThat(login("ann", "sesame")).isInstanceOf(Done.class);
    }

    @Test
    void anAccountThatIsTriedFromManyAddressesHasToWait() {
        accounts = with(SomeSettings.paced(OFTEN, new Pace(2, 6), OFTEN));
        register("ann", "sesame");
        login("ann", "wrong", address("203.0.113.1"));
        login("ANN", "wrong", address("198.51.100.1"));
        assertThat(reason(login("ann", "sesame", address("203.0.113.1")))).isEqualTo(Reason.THROTTLED);
        assertThat(reason(login("bob", "sesame", address("203.0.113.1")))).isEqualTo(Reason.WRONG);
    }

    @Test
    void anOwnerIsNotLockedOutInANetworkFromWhichTheyHaveLoggedIn() {
        accounts = with(SomeSettings.paced(OFTEN, new Pace(2, 6), OFTEN));
        register("ann", "sesame");
        InetAddress home = address("198.51.100.7");
        assertThat(login("ann", "sesame", home)).isInstanceOf(Done.class);
        login("ann", "wrong", address("203.0.113.1"));
        login("ann", "wrong", address("203.0.113.2"));
        assertThat(reason(login("ann", "sesame", address("203.0.113.3")))).isEqualTo(Reason.THROTTLED);
        assertThat(login("ann", "sesame", home)).isInstanceOf(Done.class);
        assertThat(login("ann", "sesame", address("198.51.100.200")))
                .as("another address of the same provider")
                .isInstanceOf(Done.class);
        assertThat(scram(new ScramClient("ann", "sesame"))).isInstanceOf(Done.class);
    }

    @Test
    void neighboursDoNotLockAnOwnerOutAtTheirOwnAddress() {
        accounts = with(SomeSettings.paced(OFTEN, new Pace(2, 6), OFTEN));
        register("ann", "sesame");
        for (int i = 0; i < 4; i++) {
            login("ann", "wrong", address("192.0.2." + (100 + i)));
        }
        assertThat(reason(login("ann", "sesame", address("192.0.2.200")))).isEqualTo(Reason.THROTTLED);
        assertThat(login("ann", "sesame", HERE)).isInstanceOf(Done.class);
    }

    @Test
    void aKnownAddressHasTheLimitOfAllOthersTogether() {
        accounts = with(SomeSettings.paced(OFTEN, new Pace(2, 6), OFTEN));
        register("ann", "sesame");
        login("ann", "wrong", HERE);
        login("ann", "wrong", HERE);
        assertThat(reason(login("ann", "sesame", HERE))).isEqualTo(Reason.THROTTLED);
    }

    @Test
    void successfulLoginsAreLimitedByAddressToo() {
        accounts = with(SomeSettings.withLogins(new Pace(2, 6)));
        register("ann", "sesame");
        assertThat(login("ann", "sesame")).isInstanceOf(Done.class);
        assertThat(scram(new ScramClient("ann", "sesame"))).isInstanceOf(Done.class);
        assertThat(reason(login("ann", "sesame"))).isEqualTo(Reason.THROTTLED);
        assertThat(login("ann", "sesame", THERE)).isInstanceOf(Done.class);
    }

    @Test
    void anIpv6AddressCountsByItsFirst64Bits() {
        accounts = with(SomeSettings.paced(new Pace(1, 6), OFTEN, OFTEN));
        login("ann", "wrong", address("2001:db8::1"));
        assertThat(reason(login("ann", "wrong", address("2001:db8::ffff:2")))).isEqualTo(Reason.THROTTLED);
        assertThat(reason(login("ann", "wrong", address("2001:db8:0:1::1")))).isEqualTo(Reason.WRONG);
    }

    @Test
    void anIpv6SiteMayFailFourTimesAsOftenAsAnAddress() {
        accounts = with(SomeSettings.paced(new Pace(1, 6), OFTEN, OFTEN));
        for (int i = 0; i < 4; i++) {
            assertThat(reason(login("ann", "wrong", address("2001:db8:0:" + i + "::1"))))
                    .isEqualTo(Reason.WRONG);
        }
        assertThat(reason(login("ann", "wrong", address("2001:db8:0:4::1")))).isEqualTo(Reason.THROTTLED);
        assertThat(reason(login("ann", "wrong", address("2001:db8:1::1")))).isEqualTo(Reason.WRONG);
    }
}
