package io.teahouse.server;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Programs of this machine that tests call; {@code ./check} installs them and says that all of them must be there. */
final class Tools {
    private Tools() {}

    /** Without one of them the test cannot be run: under {@code ./check} it fails, elsewhere it is named as not run. */
    static void require(String... programs) {
        for (String program : programs) {
            if (installed(program).isEmpty()) {
                missing(program);
            }
        }
    }

    /** The same for a file or folder. */
    static void require(Path path) {
        if (!Files.exists(path)) {
            missing(path.toString());
        }
    }

    private static void missing(String what) {
        String message = what + " is not installed: ./check installs it";
        if (Boolean.getBoolean("tests.all")) {
            fail(message);
        }
        abort(message);
    }

    /** The path of a program that is required. */
    static String find(String program) {
        return installed(program).orElseThrow().toString();
    }

    private static Optional<Path> installed(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
