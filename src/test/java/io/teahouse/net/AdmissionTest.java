package io.teahouse.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission admission = new Admission(3, 2);

    private static InetAddress address(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    @Test
    void anAddressHasSoManyPlacesAndNoMore() throws UnknownHostException {
        assertThat(admission.enter(address(1))).isEmpty();
        assertThat(admission.enter(address(1))).isEmpty();
        assertThat(admission.enter(address(1)))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("your address").contains("2"));
        assertThat(admission.enter(address(2))).isEmpty();
    }

    @Test
    void thereAreSoManyPlacesInAll() throws UnknownHostException {
        for (int i = 1; i <= 3; i++) {
            assertThat(admission.enter(address(i))).isEmpty();
        }
        assertThat(admission.enter(address(4)))
                .hasValueSatisfying(why -> assertThat(why).contains("full").contains("3"));
    }

    @Test
    void aPlaceThatIsGivenBackIsFree() throws UnknownHostException {
        admission.enter(address(1));
        admission.enter(address(1));
        admission.leave(address(1));
        assertThat(admission.enter(address(1))).isEmpty();
        assertThat(admission.total()).isEqualTo(2);
    }

    @Test
    void whoIsRefusedTakesNoPlace() throws UnknownHostException {
        admission.enter(address(1));
        admission.enter(address(1));
        admission.enter(address(1));
        assertThat(admission.total()).isEqualTo(2);
    }
}
