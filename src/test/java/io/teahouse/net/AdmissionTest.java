package io.teahouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teahouse.client.FloodGuard;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission admission =
            new Admission(new AdmissionSettings(3, 2, List.of(), new FloodGuard.Rules(true, 5, 1, 0)));

    private static InetAddress address(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    @Test
    void anAddressHasSoManyPlacesAndNoMore() throws UnknownHostException {
        assertThat(admission.enter(address(1), 0)).isEmpty();
        assertThat(admission.enter(address(1), 0)).isEmpty();
        assertThat(admission.enter(address(1), 0))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("your address").contains("2"));
        assertThat(admission.enter(address(2), 0)).isEmpty();
    }

    @Test
    void thereAreSoManyPlacesInAll() throws UnknownHostException {
        for (int i = 1; i <= 3; i++) {
            assertThat(admission.enter(address(i), 0)).isEmpty();
        }
        assertThat(admission.enter(address(4), 0))
                .hasValueSatisfying(why -> assertThat(why).contains("full").contains("3"));
    }

    @Test
    void aPlaceThatIsGivenBackIsFree() throws UnknownHostException {
        admission.enter(address(1), 0);
        admission.enter(address(1), 0);
        admission.leave(address(1));
        assertThat(admission.enter(address(1), 0)).isEmpty();
        assertThat(admission.total()).isEqualTo(2);
    }

    @Test
    void whoIsRefusedTakesNoPlace() throws UnknownHostException {
        admission.enter(address(1), 0);
        admission.enter(address(1), 0);
        admission.enter(address(1), 0);
        assertThat(admission.total()).isEqualTo(2);
    }

    @Test
    void whoComesTooOftenHasToWait() throws UnknownHostException {
        for (int i = 0; i < 5; i++) {
            assertThat(admission.enter(address(1), 0)).isEmpty();
            admission.leave(address(1));
        }
        assertThat(admission.enter(address(1), 0))
                .hasValueSatisfying(why -> assertThat(why).contains("too fast"));
        assertThat(admission.enter(address(2), 0)).isEmpty();
        assertThat(admission.enter(address(1), 1_000_000_000L)).isEmpty();
    }

    @Test
    void aClassHasLimitsOfItsOwn() throws UnknownHostException {
        LimitClass gateway = new LimitClass(List.of(Network.parse("127.0.0.8/30"), Network.parse("::1")), 50, false);
        Admission guarded =
                new Admission(new AdmissionSettings(99, 1, List.of(gateway), new FloodGuard.Rules(true, 1, 1, 0)));
        for (int i = 0; i < 50; i++) {
            assertThat(guarded.enter(address(9), 0)).isEmpty();
        }
        assertThat(guarded.enter(address(9), 0))
                .hasValueSatisfying(why -> assertThat(why).contains("50"));
        assertThat(guarded.enter(Network.parse("::1").address(), 0)).isEmpty();
        assertThat(guarded.enter(address(12), 0)).isEmpty();
        assertThat(guarded.enter(address(12), 0)).isPresent();
    }

    @Test
    void whatIsNoNetworkIsRefused() {
        for (String text : List.of("", "localhost", "1.2.3.4/33", "1.2.3.4/x", "::1/129", "1.2.3.4.5")) {
            assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aNetworkOfIpv6CountsAsOneAddress() throws UnknownHostException {
        InetAddress one = InetAddress.getByName("2001:db8::1");
        InetAddress other = InetAddress.getByName("2001:db8::ffff:2");
        InetAddress elsewhere = InetAddress.getByName("2001:db8:0:1::1");
        admission.enter(one, 0);
        admission.enter(other, 0);
        assertThat(admission.enter(one, 0)).isPresent();
        assertThat(admission.enter(elsewhere, 0)).isEmpty();
    }
}
