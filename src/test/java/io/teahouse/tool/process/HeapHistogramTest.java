package io.teahouse.tool.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeapHistogramTest {
    @Test
    void theTotalAndTheClassesAreRead() throws IOException {
        HeapHistogram parsed = HeapHistogram.parse(List.of(
                "12345:",
                " num     #instances         #bytes  class name (module)",
                "-------------------------------------------------------",
                "   1:         32519        2843032  [B (java.base@17.0.15)",
                "   2:          1084         520320  io.teahouse.client.Outbox",
                "Total         33603        3363352"));
        assertThat(parsed)
                .isEqualTo(new HeapHistogram(
                        3_363_352L,
                        Map.of("[B (java.base@17.0.15)", 2_843_032L, "io.teahouse.client.Outbox", 520_320L)));
    }

    @Test
    void withoutATotalItFails() {
        assertThatThrownBy(() -> HeapHistogram.parse(List.of("12345:", "attach refused")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("attach refused");
    }

    @Test
    void aRunningJvmIsRead() throws IOException, InterruptedException {
        HeapHistogram now = HeapHistogram.take(ProcessHandle.current().pid());
        assertThat(now.bytes()).isGreaterThan(1_000_000);
        assertThat(now.byClass().keySet()).anyMatch(name -> name.contains(HeapHistogramTest.class.getName()));
    }
}
