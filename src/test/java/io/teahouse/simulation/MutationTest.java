package io.teahouse.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MutationTest {
    /** {@link MutationRun} runs them. */
    @Test
    void theCodeOfEachMutationIsInItsFile() throws IOException {
        assertThat(Mutation.all())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.fits()).isTrue());
    }
}
