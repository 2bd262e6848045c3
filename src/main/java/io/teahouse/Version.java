package io.teahouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of the software, as the build recorded it. */
final class Version {
    /** Such as 0.1.0; 0 if it is not known. */
    static final String NUMBER = read();

    static final String TEXT = NUMBER.equals("0") ? "teahouse" : "teahouse-" + NUMBER;

    private Version() {}

    private static String read() {
        try (InputStream in = Version.class.getResourceAsStream("version.txt")) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            return text.isEmpty() || text.startsWith("$") ? "0" : text; // "$": compiled without the build
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
