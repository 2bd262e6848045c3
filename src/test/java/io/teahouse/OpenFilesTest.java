package io.teahouse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenFilesTest {
    private static final String LIMITS = """
            Limit                     Soft Limit           Hard Limit           Units
            Max core file size        0                    unlimited            bytes
            Max open files            1024                 4096                 files
            Max locked memory         8388608              8388608              bytes
            """;

    @Test
    void moreConnectionsThanFilesAreWarnedOf() {
        assertThat(OpenFiles.warning(LIMITS, 10_000))
                .hasValueSatisfying(line ->
                        assertThat(line).contains("1024 files", "teahouse.limits.max-connections to at most 824"));
        assertThat(OpenFiles.warning(LIMITS, 825)).isPresent();
    }

    @Test
    void whoHasEnoughIsNotWarned() {
        assertThat(OpenFiles.warning(LIMITS, 824)).isEmpty();
    }

    @Test
    void whereTheLimitIsNotKnownNobodyIsWarned() {
        assertThat(OpenFiles.warning("", 10_000)).isEmpty();
        assertThat(OpenFiles.warning(LIMITS.replace("1024     ", "unlimited"), 10_000))
                .isEmpty();
    }
}
