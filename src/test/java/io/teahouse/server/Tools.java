package io.teahouse.server;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs of this machine that tests call; {@code ./check} installs them and says that all of them must be there. */
final class Tools {
    private Tools() {}

    /** Without one of them the test cannot be run: under {@code ./check} it fails, elsewhere it is named as not run. */
    static void require(String... programs) {
        for (String program : programs) {
            if (!isInstalled(program)) {
                String message = program + " is not installed: ./check installs it";
                if (Boolean.getBoolean("tests.all")) {
                    fail(message);
                }
                abort(message);
            }
        }
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
