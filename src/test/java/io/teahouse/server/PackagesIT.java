package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people install: the archive and the package for Debian, unpacked and started. */
class PackagesIT {
    private static final Path TARGET =
            Path.of(System.getProperty("teahouse.jar")).toAbsolutePath().getParent();
    private static final String[] ANY_PORTS = {
        "-Dteahouse.plain.port=0", "-Dteahouse.irc.port=0", "-Dteahouse.web.port=0"
    };

    @TempDir
    private Path folder;

    /** Of the server that is started. */
    private Path work;

    @BeforeEach
    void makeFolder() throws IOException {
        work = Files.createDirectory(folder.resolve("work"));
    }

    private static Path built(String pattern) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(TARGET, pattern)) {
            return found.iterator().next();
        }
    }

    private static String run(Path in, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** Unpacks the archive, and returns its script. */
    private Path unpackArchive() throws IOException, InterruptedException {
        run(folder, "tar", "xzf", built("teahouse-*-bin.tar.gz").toString());
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "teahouse-*")) {
            return found.iterator().next().resolve("bin").resolve("teahouse");
        }
    }

    private Path unpackDebianPackage() throws IOException, InterruptedException {
        Path root = folder.resolve("root");
        run(folder, "dpkg-deb", "-x", built("teahouse.deb").toString(), root.toString());
        return root;
    }

    /** Runs it until it is ready, and stops it; whatever the JVM said is returned. */
    private List<String> startAndStop(List<String> under, String script, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(under);
        command.add(script);
        command.addAll(List.of(options));
        command.addAll(List.of(ANY_PORTS));
        try (ServerProcess server = ServerProcess.script(work, command)) {
            try (Peer ann = Peer.enter("ann", server.awaitReady())) {
                ann.say("hello");
                ann.until("hello");
            }
            server.terminate();
            assertThat(server.exitCode(60)).isZero();
            return server.errors().lines().toList();
        }
    }

    private static List<String> with(Path cache) {
        return List.of("env", "CACHE_DIRECTORY=" + cache);
    }

    private static List<Path> classArchives(Path in) throws IOException {
        try (Stream<Path> files = Files.walk(in)) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    @Test
    void anInstallationThatNobodyMayWriteToStartsAndStops() throws IOException, InterruptedException {
        Path script = unpackArchive();
        run(folder, "chmod", "-R", "a-w", script.getParent().getParent().toString());
        List<String> reader = new ArrayList<>(ServerProcess.withoutPrivileges());
        reader.addAll(List.of("env", "-u", "XDG_CACHE_HOME", "HOME=" + script.getParent()));
        assertThat(startAndStop(reader, script.toString()))
                .noneMatch(line -> line.contains("WARN") || line.contains("[warning]"));
        assertThat(classArchives(folder)).isEmpty();
        run(folder, "chmod", "-R", "u+w", script.getParent().getParent().toString());
    }

    @Test
    void theSecondStartReadsTheClassesThatTheFirstOneHasWritten() throws IOException, InterruptedException {
        Path script = unpackArchive();
        Path cache = folder.resolve("cache");
        startAndStop(with(cache), script.toString());
        assertThat(classArchives(cache)).hasSize(1);
        Path log = folder.resolve("loaded");
        startAndStop(with(cache), script.toString(), "-Xlog:class+load:file=" + log);
        assertThat(Files.readString(log)).contains("io.teahouse.Teahouse source: shared objects file (top)");
        assertThat(classArchives(cache)).hasSize(1);
    }

    @Test
    void theDocumentationOfTheArchiveIsComplete() throws IOException, InterruptedException {
        Path root = unpackArchive().getParent().getParent();
        Pattern link = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
        List<String> dead = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path page :
                    files.filter(each -> each.toString().endsWith(".md")).toList()) {
                link.matcher(Files.readString(page))
                        .results()
                        .map(found -> page.resolveSibling(found.group(1)).normalize())
                        .filter(target -> !Files.exists(target))
                        .forEach(target -> dead.add(root.relativize(page) + ": " + root.relativize(target)));
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void theScriptRunsCommandsToo() throws IOException, InterruptedException {
        String script = unpackArchive().toString();
        assertThat(run(work, script, "--help")).startsWith("Usage: teahouse");
        assertThat(run(work, script, "-Dteahouse.store.path=none.db", "admin-token", "--help"))
                .contains("Usage: teahouse admin-token");
    }

    @Test
    void theDebianPackageStartsWithTheCommandOfItsUnit() throws IOException, InterruptedException {
        Path root = unpackDebianPackage();
        String unit = Files.readString(root.resolve("lib/systemd/system/teahouse.service"));
        String start = unit.lines()
                .filter(line -> line.startsWith("ExecStart="))
                .map(line -> line.substring("ExecStart=".length()))
                .findFirst()
                .orElseThrow();
        String[] command = start.replace("/usr/bin/", root + "/usr/bin/")
                .replace("/etc/teahouse/", root + "/etc/teahouse/")
                .split(" ", -1);
        startAndStop(with(folder.resolve("cache")), command[0], command[1]);
        assertThat(work.resolve("teahouse.db")).exists();
        assertThat(run(root, "dpkg-deb", "-f", built("teahouse.deb").toString(), "Package", "Architecture"))
                .contains("Package: teahouse", "Architecture: all");
        assertThat(run(root, "dpkg-deb", "-I", built("teahouse.deb").toString(), "conffiles"))
                .isEqualTo("/etc/teahouse/application.conf\n");
    }

    /** Those that only ask a running server are left to the help. */
    @Test
    void theManualKnowsTheTools() throws IOException, InterruptedException {
        Path root = unpackDebianPackage();
        String manual =
                Files.readString(root.resolve("usr/share/man/man1/teahouse.1")).replace("\\-", "-");
        String help = run(work, root.resolve("usr/bin/teahouse").toString(), "--help");
        List<String> tools = Stream.of(help.substring(help.indexOf("Commands:")).split("\n  (?=[a-z])", -1))
                .skip(1)
                .filter(each -> !each.replaceAll("\\s+", " ").contains("by its admin port"))
                .map(each -> each.substring(0, each.indexOf(' ')))
                .toList();
        assertThat(tools)
                .hasSizeGreaterThan(8)
                .allSatisfy(tool -> assertThat(manual).contains(tool));
    }
}
