package io.teahouse.tool.operate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private long now;

    private ProgressBar bar(long total) {
        return new ProgressBar(new PrintStream(screen, true, UTF_8), "export", total, () -> now);
    }

    private void pass(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }

    /** Every line that the bar drew. */
    private List<String> drawn() {
        return Stream.of(screen.toString(UTF_8).split("\r"))
                .skip(1)
                .map(line -> line.replace("\u001b[K", ""))
                .toList();
    }

    @Test
    void itShowsTheProgressAndTheRemainingTime() {
        ProgressBar bar = bar(1000);
        pass(3000);
        bar.reach(250);
        pass(9000);
        bar.reach(1000);
        assertThat(drawn())
                .containsExactly(
                        "export [..............................]   0 %",
                        "export [#######.......................]  25 %, 9 s left",
                        "export [##############################] 100 %");
    }

    @Test
    void itIsDrawnAtMostTenTimesASecond() {
        ProgressBar bar = bar(1_000_000);
        for (int i = 1; i <= 1000; i++) {
            pass(1);
            bar.reach(i);
        }
        assertThat(drawn()).hasSize(11);
    }

    @Test
    void itEstimatesNothingInTheFirstSecond() {
        ProgressBar bar = bar(100);
        pass(999);
        bar.reach(50);
        assertThat(drawn()).last().asString().endsWith(" 50 %");
    }

    @Test
    void longTimesAreInMinutes() {
        ProgressBar bar = bar(1000);
        pass(60_000);
        bar.reach(100);
        assertThat(drawn()).last().asString().endsWith("10 %, 9 min left");
    }

    @Test
    void itNeverMovesBackOrPastItsEnd() {
        ProgressBar bar = bar(10);
        pass(100);
        bar.reach(8);
        pass(100);
        bar.reach(3);
        pass(100);
        bar.reach(11);
        assertThat(drawn().stream().map(line -> line.substring(line.indexOf(']') + 2)))
                .containsExactly("  0 %", " 80 %", " 80 %", "100 %");
    }

    @Test
    void anEmptyTaskIsComplete() {
        ProgressBar bar = bar(0);
        pass(100);
        bar.reach(1);
        assertThat(drawn()).last().asString().endsWith("100 %");
    }

    @Test
    void itIsRemovedAtTheEnd() {
        bar(10).close();
        assertThat(drawn()).last().isEqualTo("");
        assertThat(screen.toString(UTF_8)).endsWith("\r\u001b[K");
    }
}
