package io.teahouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teahouse.client.FloodGuard;
import io.teahouse.room.support.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission admission = new Admission(settings(3, 2, List.of(), 5), address -> Optional.empty());

    private static AdmissionSettings settings(int most, int perAddress, List<LimitClass> classes, int burst) {
        return settings(most, perAddress, most, classes, burst);
    }

    private static AdmissionSettings settings(
            int most, int perAddress, int perNetwork, List<LimitClass> classes, int burst) {
        FloodGuard.Rules work = new FloodGuard.Rules(true, 10, 1, 0);
        FloodGuard.Rules pace = new FloodGuard.Rules(true, burst, 1, 0);
        return new AdmissionSettings(most, perAddress, perNetwork, classes, pace, work, 1 << 20, 1 << 20, 2);
    }

    private static InetAddress address(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    @Test
    void connectionsPerAddressAreLimited() throws UnknownHostException {
        assertThat(admission.enter(address(1), 0)).isEmpty();
        assertThat(admission.enter(address(1), 0)).isEmpty();
        assertThat(admission.enter(address(1), 0))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("your address").contains("2"));
        assertThat(admission.enter(address(2), 0)).isEmpty();
    }

    @Test
    void connectionsInTotalAreLimited() throws UnknownHostException {
        for (int i = 1; i <= 3; i++) {
            assertThat(admission.enter(address(i), 0)).isEmpty();
        }
        assertThat(admission.enter(address(4), 0))
                .hasValueSatisfying(why -> assertThat(why).contains("full").contains("3"));
    }

    @Test
    void anEndedConnectionDoesNotCount() throws UnknownHostException {
        admission.enter(address(1), 0);
        admission.enter(address(1), 0);
        admission.leave(address(1));
        assertThat(admission.enter(address(1), 0)).isEmpty();
        assertThat(admission.total()).isEqualTo(2);
    }

    @Test
    void aRefusedConnectionDoesNotCount() throws UnknownHostException {
        admission.enter(address(1), 0);
        admission.enter(address(1), 0);
        admission.enter(address(1), 0);
        assertThat(admission.total()).isEqualTo(2);
    }

    @Test
    void anAddressThatConnectsTooFastHasToWait() throws UnknownHostException {
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
    void aClassHasItsOwnLimits() throws UnknownHostException {
        LimitClass gateway = new LimitClass(List.of(Network.parse("127.0.0.8/30"), Network.parse("::1")), 50, false);
        Admission guarded = new Admission(settings(99, 1, List.of(gateway), 1), address -> Optional.empty());
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
    void anInvalidNetworkIsRefused() {
        for (String text : List.of("", "localhost", "1.2.3.4/33", "1.2.3.4/x", "::1/129", "1.2.3.4.5")) {
            assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void ofAnIpv6AddressTheFirst64BitsCount() throws UnknownHostException {
        InetAddress one = InetAddress.getByName("2001:db8::1");
        InetAddress other = InetAddress.getByName("2001:db8::ffff:2");
        InetAddress elsewhere = InetAddress.getByName("2001:db8:0:1::1");
        admission.enter(one, 0);
        admission.enter(other, 0);
        assertThat(admission.enter(one, 0)).isPresent();
        assertThat(admission.enter(elsewhere, 0)).isEmpty();
    }

    /** A provider's customer may have 65,536 networks of 64 bits. */
    @Test
    void connectionsPerNetworkAreLimitedOverAllItsAddresses() throws UnknownHostException {
        Admission guarded = new Admission(settings(99, 2, 3, List.of(), 50), address -> Optional.empty());
        for (int i = 0; i < 3; i++) {
            assertThat(guarded.enter(InetAddress.getByName("2001:db8:0:" + i + "::1"), 0))
                    .isEmpty();
            assertThat(guarded.enter(address(i), 0)).isEmpty();
        }
        for (String fourth : List.of("2001:db8:0:ff::1", "127.0.0.99")) {
            assertThat(guarded.enter(InetAddress.getByName(fourth), 0))
                    .hasValueSatisfying(why -> assertThat(why).contains("your network (3 at most)"));
        }
        assertThat(guarded.enter(InetAddress.getByName("2001:db8:1:ff::1"), 0)).isEmpty();
        assertThat(guarded.enter(InetAddress.getByName("127.0.1.99"), 0)).isEmpty();
        guarded.leave(InetAddress.getByName("2001:db8:0:1::1"));
        assertThat(guarded.enter(InetAddress.getByName("2001:db8:0:ff::1"), 0)).isEmpty();
    }

    @Test
    void anAddressThatConnectsTooFastDoesNotDelayItsNeighbours() throws UnknownHostException {
        Admission guarded = new Admission(settings(99, 99, List.of(), 2), address -> Optional.empty());
        for (int i = 0; i < 50; i++) {
            guarded.enter(address(1), 0);
            guarded.leave(address(1));
        }
        assertThat(guarded.enter(address(2), 0)).isEmpty();
    }
}
