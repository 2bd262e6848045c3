package io.teahouse.tool.figures;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much the connections between nodes have carried, as the kernel counts it ({@code ss} of iproute2). */
final class WireBytes {
    private static final Pattern SENT = Pattern.compile("\\bbytes_sent:(\\d+)");

    private WireBytes() {}

    /**
     * The bytes that both ends of all open connections to these ports have sent so far; empty without {@code ss}.
     *
     * @throws IOException if {@code ss} cannot be run
     */
    static OptionalLong sent(List<Integer> ports) throws IOException, InterruptedException {
        Path program = Programs.find("ss").orElse(null);
        if (program == null) {
            return OptionalLong.empty();
        }
        List<String> command = new ArrayList<>(List.of(program.toString(), "-tinH", "state", "established", "("));
        for (int port : ports) {
            if (port != ports.get(0)) {
                command.add("or");
            }
            command.addAll(List.of("sport", "=", ":" + port, "or", "dport", "=", ":" + port));
        }
        command.add(")");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long total = 0;
        try (var lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher matcher = SENT.matcher(line);
                total += matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
            }
        }
        return process.waitFor() == 0 ? OptionalLong.of(total) : OptionalLong.empty();
    }
}
