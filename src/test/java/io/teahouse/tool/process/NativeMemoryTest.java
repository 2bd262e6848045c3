package io.teahouse.tool.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
    private static final List<String> SMAPS = List.of(
            "700000000-710000000 rw-p 00000000 00:00 0",
            "Rss:               70000 kB",
            "Anonymous:         70000 kB",
            "710000000-800000000 ---p 00000000 00:00 0",
            "Anonymous:             1 kB",
            "7f0000000000-7f0000100000 rw-p 00000000 00:00 0",
            "Anonymous:           400 kB",
            "AnonHugePages:      2048 kB",
            "7f0000200000-7f0000300000 r--p 00000000 08:01 17 /usr/lib/jvm/lib/server/libjvm.so",
            "Rss:                 900 kB",
            "Anonymous:            30 kB",
            "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 [vsyscall]",
            "Anonymous:             0 kB");

    @Test
    void theHeapDoesNotCount() {
        assertThat(NativeMemory.kib(
                        List.of(
                                "17:",
                                " garbage-first heap   total 262144K, used 1234K [0x0000000700000000, 0x0000000800000000)",
                                " Metaspace       used 125K, committed 320K, reserved 1114112K"),
                        SMAPS))
                .isEqualTo(430);
        assertThat(NativeMemory.kib(
                        List.of(
                                " def new generation   total 1K, used 1K [0x0000000700000000, 0x0000000705000000, 0x0000000710000000)",
                                " tenured generation   total 1K, used 0K [0x0000000710000000, 0x0000000711000000, 0x0000000800000000)"),
                        SMAPS))
                .isEqualTo(430);
    }

    @Test
    void thisProcessHasSome() throws Exception {
        assertThat(NativeMemory.kib(ProcessHandle.current().pid())).isGreaterThan(1024);
    }
}
