package io.teahouse.tool.process;

import io.teahouse.tool.ToolFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The JDK's program {@code jcmd}, which asks a JVM about itself. */
final class Jcmd {
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

    private Jcmd() {}

    /**
     * Returns the lines of the answer.
     *
     * @throws ToolFailure if this program runs on a JRE without {@code jcmd}
     * @throws IOException if the process does not answer
     */
    static List<String> run(long pid, String command) throws IOException, InterruptedException {
        if (!Files.isExecutable(JCMD)) {
            throw ToolFailure.badArguments("there is no " + JCMD + ": run it with a JDK");
        }
        Process jcmd = new ProcessBuilder(JCMD.toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        List<String> lines;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(jcmd.getInputStream(), StandardCharsets.UTF_8))) {
            lines = out.lines().toList();
        }
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd " + pid + " " + command + " failed: " + String.join(" | ", lines));
        }
        return lines;
    }
}
