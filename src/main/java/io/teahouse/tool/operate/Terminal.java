package io.teahouse.tool.operate;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/**
 * Whether a stream of this process is a terminal. Java 17 only knows whether the input and the output both are
 * ({@link System#console}); POSIX's {@code test -t} knows of each.
 */
final class Terminal {
    private Terminal() {}

    static boolean isOutput() {
        return test("1", new ProcessBuilder().redirectOutput(Redirect.INHERIT));
    }

    static boolean isError() {
        return test("2", new ProcessBuilder().redirectError(Redirect.INHERIT));
    }

    private static boolean test(String stream, ProcessBuilder builder) {
        try {
            return builder.command("test", "-t", stream).start().waitFor() == 0;
        } catch (IOException e) {
            return false; // not a system on which a terminal would be understood
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
