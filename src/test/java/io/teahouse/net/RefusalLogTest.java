package io.teahouse.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
    private final RefusalLog log = new RefusalLog();

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @Test
    void theFirstRefusalOfAnAddressIsLoggedAndFurtherOnesAreCounted() throws UnknownHostException {
        assertThat(log.refused(address("192.0.2.1"), "too many")).hasValue("refused: 192.0.2.1: too many");
        for (int i = 0; i < 999; i++) {
            assertThat(log.refused(address("192.0.2.1"), "too fast")).isEmpty();
        }
        assertThat(log.refused(address("192.0.2.2"), "too many")).hasValue("refused: 192.0.2.2: too many");
        assertThat(log.summary())
                .singleElement()
                .asString()
                .startsWith("refused: 192.0.2.1: 999 more since")
                .endsWith("too fast");
    }

    @Test
    void anAddressWithoutFurtherRefusalsIsForgotten() throws UnknownHostException {
        log.refused(address("192.0.2.1"), "too many");
        assertThat(log.isEmpty()).isFalse();
        assertThat(log.summary()).isEmpty();
        assertThat(log.isEmpty()).isTrue();
        assertThat(log.refused(address("192.0.2.1"), "again")).isPresent();
    }

    @Test
    void manyAddressesProduceFewLines() throws UnknownHostException {
        int named = 0;
        for (int i = 0; i < 10_000; i++) {
            InetAddress from = address("10.0." + i / 256 + "." + i % 256);
            named += log.refused(from, "full").isPresent() ? 1 : 0;
        }
        assertThat(named).isEqualTo(100);
        assertThat(log.summary()).singleElement().asString().contains("other addresses: 9900 more");
    }

    @Test
    void ofAnIpv6AddressTheFirst64BitsCount() throws UnknownHostException {
        assertThat(log.refused(address("2001:db8::1"), "full")).isPresent();
        assertThat(log.refused(address("2001:db8::2"), "full")).isEmpty();
        assertThat(log.summary()).singleElement().asString().contains("2001:db8:0:0:0:0:0:0/64: 1 more");
    }
}
