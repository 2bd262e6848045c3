package io.teahouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class SocketBuffersTest {
    private static final long MIB = 1 << 20;

    private static long size(int connections, long memory) {
        Config config = ConfigFactory.parseString("akka.io.tcp.direct-buffer-size = 32 KiB");
        return SocketBuffers.fit(config, connections, memory).getBytes("akka.io.tcp.direct-buffer-size");
    }

    @Test
    void allConnectionsMayWaitForTheirReadersAtATime() {
        assertThat(size(10_000, 96 * MIB)).isEqualTo(7549);
        assertThat(size(3000, 96 * MIB) * 3000).isLessThan(96 * MIB);
    }

    @Test
    void theyAreAsLargeAsIsAskedForWhereThereIsMemory() {
        assertThat(size(10_000, 512 * MIB)).isEqualTo(32 * 1024);
        assertThat(size(100, 96 * MIB)).isEqualTo(32 * 1024);
    }
}
