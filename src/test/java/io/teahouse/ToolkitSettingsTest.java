package io.teahouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Settings of Akka for a server that is built for Apache Pekko, and the other way round. */
class ToolkitSettingsTest {
    private static final String OTHER = other();

    private static String other() {
        List<String> all = new ArrayList<>(List.of("akka", "pekko")); // as it is for Pekko, too
        all.remove(ToolkitSettings.MINE);
        return all.get(0);
    }

    private static Optional<String> problem(String settings) {
        return ToolkitSettings.problem(ConfigFactory.parseString(settings));
    }

    @Test
    void theOwnSettingsAreFine() {
        assertThat(problem("akka.loglevel = debug, teahouse.threads = 2")).isEmpty();
    }

    @Test
    void theOtherOnesAreRefusedByTheirName() {
        assertThat(problem(OTHER + " { loglevel = debug, actor.provider = ${x} }"))
                .contains(OTHER + ".actor is not known: this server is built for " + ToolkitSettings.MINE
                        + ", so write " + ToolkitSettings.MINE + ".actor (doc/pekko.md)");
        assertThat(problem(OTHER + " = 1")).isPresent();
    }
}
