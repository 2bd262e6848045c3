package io.teahouse.tool.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KillTest {
    private static List<Kill> kills(long seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> Kill.next(random)).limit(50).toList();
    }

    @Test
    void theSeedDeterminesTheKills() {
        assertThat(kills(7)).isEqualTo(kills(7)).isNotEqualTo(kills(8));
    }

    @Test
    void everyMomentOccurs() {
        assertThat(kills(7)).extracting(Kill::moment).contains(Kill.Moment.values());
    }
}
