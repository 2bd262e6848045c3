package io.teahouse.tool.figures;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The servers that Teahouse is compared to, as far as they are installed. Their configurations lift all limits, delay no
 * client, look nothing up, and log little.
 */
final class OtherServers {
    private static final int COMPILE_SECONDS = 60;

    private final Processes processes;
    private final Path folder;
    private final Path limitSource;

    /**
     * @param folder for their configurations and working directories
     * @param limitSource of the C server
     */
    OtherServers(Processes processes, Path folder, Path limitSource) {
        this.processes = processes;
        this.folder = folder;
        this.limitSource = limitSource;
    }

    /** Starts a server; empty if it is not installed. */
    Optional<RunningServer> start(Contender which, int port) throws IOException, InterruptedException {
        return switch (which) {
            case INSPIRCD -> inspircd(port);
            case NGIRCD -> ngircd(port);
            case ERGO -> ergo(port);
            case LIMIT -> limit(port);
            case IRC, PLAIN -> throw new IllegalArgumentException(which.title());
        };
    }

    private Path write(Path own, String name, String template, int port) throws IOException {
        String text;
        try (var in = OtherServers.class.getResourceAsStream(template)) {
            if (in == null) {
                throw new IOException("the jar lacks " + template);
            }
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Path file = own.resolve(name);
        String folderName = own.toString();
        Files.writeString(file, text.replace("{port}", Integer.toString(port)).replace("{folder}", folderName));
        return file;
    }

    private Optional<RunningServer> inspircd(int port) throws IOException, InterruptedException {
        Optional<Path> program = Programs.find("inspircd");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Path own = Files.createTempDirectory(folder, "inspircd");
        List<String> command = new ArrayList<>(List.of(
                program.get().toString(),
                "--nofork",
                "--config",
                write(own, "inspircd.conf", "inspircd.conf", port).toString()));
        if (isRoot()) {
            command.add("--runasroot");
        }
        return Optional.of(Child.start(processes, own, port, command));
    }

    private Optional<RunningServer> ngircd(int port) throws IOException, InterruptedException {
        Optional<Path> program = Programs.find("ngircd");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Path own = Files.createTempDirectory(folder, "ngircd");
        Path config = write(own, "ngircd.conf", "ngircd.conf", port);
        return Optional.of(
                Child.start(processes, own, port, List.of(program.get().toString(), "-n", "-f", config.toString())));
    }

    private Optional<RunningServer> ergo(int port) throws IOException, InterruptedException {
        Optional<Path> program = Programs.find("ergo");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Path own = Files.createTempDirectory(folder, "ergo");
        Path config = write(own, "ircd.yaml", "ergo.yaml", port);
        List<String> initdb = List.of(program.get().toString(), "initdb", "--quiet", "--conf", config.toString());
        if (!runToEnd(own, initdb)) {
            return Optional.empty();
        }
        return Optional.of(Child.start(
                processes, own, port, List.of(program.get().toString(), "run", "--conf", config.toString())));
    }

    private Optional<RunningServer> limit(int port) throws IOException, InterruptedException {
        Optional<Path> compiler = Programs.find("cc");
        if (compiler.isEmpty() || !Files.isRegularFile(limitSource)) {
            return Optional.empty();
        }
        Path own = Files.createTempDirectory(folder, "limit");
        Path source = Files.copy(limitSource, own.resolve("limit.c"), StandardCopyOption.REPLACE_EXISTING);
        Path program = own.resolve("limit");
        List<String> compile =
                List.of(compiler.get().toString(), "-O2", "-std=c11", "-o", program.toString(), source.toString());
        if (!runToEnd(own, compile)) {
            return Optional.empty();
        }
        return Optional.of(Child.start(processes, own, port, List.of(program.toString(), Integer.toString(port))));
    }

    private boolean runToEnd(Path own, List<String> command) throws IOException, InterruptedException {
        Process process = processes.start(() -> new ProcessBuilder(command)
                .directory(own.toFile())
                .redirectErrorStream(true)
                .redirectOutput(own.resolve("prepare.log").toFile())
                .start());
        if (!process.waitFor(COMPILE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
