package io.teahouse.tool.operate;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/**
 * Tells whether a stream of this process is a terminal. Java 17 only tells whether input and output both are
 * ({@link System#console}); POSIX's {@code test -t} tells it of each stream.
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
            return false; // a system without this command
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
