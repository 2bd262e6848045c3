package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.store.TestPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of the README, at any free ports. */
class ReadmeIT {
    private static final Path CHECKOUT = Path.of("").toAbsolutePath();
    private static final String JAR = System.getProperty("teahouse.jar");
    private static final int SECONDS = 60;
    private static final String ANY_PORTS =
            "-Dteahouse.plain.port=0 -Dteahouse.irc.port=0 -Dteahouse.web.port=0 -Dteahouse.admin.port=0";

    /** Of irssi, which waits for seconds before each line that it sends, unless it is told not to. */
    private static final String WITHOUT_PAUSES =
            "settings = { \"irc/core\" = { cmd_queue_speed = \"1msec\"; cmds_max_at_once = \"1000\"; }; };\n";

    /** Commands that are run elsewhere, and where: the build that packed the jar, other tests, or only by somebody who is root. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "mvn -q package -DskipTests", "the build",
            "java -jar target/teahouse.jar crash-test --kills 2", "CrashTestIT",
            "bin/teahouse", "PackagesIT",
            "apt-get install -y postgresql", "by hand",
            "su postgres -c \"psql -c \\\"create role tea login password 'tea'\\\" -c 'create database tea owner tea'\"",
                    "by hand");

    @TempDir
    private Path folder;

    /** The lines of the README's blocks of this kind. */
    private static List<String> lines(String kind) throws IOException {
        List<String> found = new ArrayList<>();
        boolean isInside = false;
        for (String line : Files.readAllLines(CHECKOUT.resolve("README.md"))) {
            if (line.startsWith("```")) {
                isInside = line.equals("```" + kind);
            } else if (isInside) {
                found.add(line);
            }
        }
        return found;
    }

    private static String command(String beginning) throws IOException {
        List<String> found = commands(beginning);
        assertThat(found).as("commands that begin with %s", beginning).hasSize(1);
        return found.get(0);
    }

    private ServerProcess start(String command) throws IOException {
        return ServerProcess.script(folder, List.of("bash", "-c", command.replace("target/teahouse.jar", JAR)));
    }

    private ServerProcess startServer(String options) throws IOException {
        return start("exec java " + ANY_PORTS + " " + options + " -jar target/teahouse.jar");
    }

    private String output(String command) throws IOException, InterruptedException {
        try (ServerProcess process = start(command)) {
            List<String> lines = process.restOfOutput();
            assertThat(process.exitCode(SECONDS)).as(process.errors()).isZero();
            return String.join("\n", lines);
        }
    }

    @Test
    void noCommandIsForgotten() throws IOException {
        Set<String> here = Set.of(
                "mvn -q compile",
                "nc ",
                "irssi ",
                "java -jar target/teahouse.jar admin-token",
                "curl ",
                "export ",
                "java $");
        assertThat(lines("sh"))
                .allMatch(line -> ELSEWHERE.containsKey(line) || here.stream().anyMatch(line::startsWith))
                .containsAll(ELSEWHERE.keySet());
    }

    @Test
    void mavenStartsTheServerAndCtrlCStopsIt() throws IOException, InterruptedException {
        Files.copy(CHECKOUT.resolve("pom.xml"), folder.resolve("pom.xml"));
        copy(CHECKOUT.resolve("target/classes"), folder.resolve("target/classes"));
        String where = " -Dmaven.repo.local=" + System.getProperty("local.repository") + " -Dstyle.color=never ";
        try (ServerProcess server = start("exec " + command("mvn -q compile") + where + ANY_PORTS)) {
            assertThat(server.awaitPorts()).hasSize(3);
            server.signal("INT");
            server.exitCode(SECONDS);
            assertThat(folder.resolve("teahouse.db")).exists();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path copy = to.resolve(from.relativize(each));
                if (Files.isDirectory(each)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(each, copy);
                }
            }
        }
    }

    @Test
    void netcatAndIrssiTalkAndKeepAName() throws IOException {
        Tools.require("nc", "tmux", "irssi");
        Path home = Files.createDirectory(folder.resolve("irssi"));
        Files.writeString(home.resolve("config"), WITHOUT_PAUSES);
        try (ServerProcess server = startServer("")) {
            Map<String, Integer> ports = server.awaitPorts();
            try (Terminals terminals = new Terminals(folder)) {
                terminals.open(
                        "nc", command("nc ").replace("25555", ports.get("plain").toString()));
                terminals.sees("nc", "Welcome to Teahouse");
                terminals.type("nc", "ann");
                terminals.sees("nc", "ann has joined the chat");
                terminals.open(
                        "irssi",
                        command("irssi ").replace("6667", ports.get("irc").toString()) + " --home=" + home);
                terminals.sees("irssi", "There are");
                List<String> typed = new ArrayList<>(lines("irc"));
                assertThat(typed.remove(0)).isEqualTo("/join #lobby");
                terminals.type("irssi", "/join #lobby");
                terminals.sees("nc", "cyd has joined the chat");
                terminals.type("nc", "hello");
                terminals.sees("irssi", "ann>", "hello");
                for (String line : typed) {
                    terminals.type("irssi", line);
                    if (line.startsWith("/quote")) {
                        terminals.type("irssi", "/window 1"); // where irssi shows what the server says
                    }
                    terminals.sees("irssi", answer(line));
                }
            }
        }
    }

    /** What irssi shows when the server has done it. */
    private static String answer(String line) {
        if (line.startsWith("/quote REGISTER ")) {
            return "Your account is registered";
        }
        if (line.startsWith("/topic #tea ")) {
            return "changed the topic of #tea to: " + line.substring("/topic #tea ".length());
        }
        if (line.startsWith("/mode #tea ")) {
            return "mode/#tea [" + line.substring("/mode #tea ".length()) + "]";
        }
        assertThat(line).isEqualTo("/join #tea");
        return "Irssi: #tea: Total of 1 nicks";
    }

    private static List<String> commands(String beginning) throws IOException {
        return lines("sh").stream().filter(line -> line.startsWith(beginning)).toList();
    }

    /** What comes after this in a text, to the end of the line. */
    private static String after(String label, String text) {
        int start = text.indexOf(label) + label.length();
        return text.substring(start).lines().findFirst().orElseThrow().strip();
    }

    @Test
    void theAdminPortAnswersTheTokenThatWasMade() throws IOException, InterruptedException {
        String made = output(command("java -jar target/teahouse.jar admin-token"));
        String token = after("Bearer):", made);
        Files.writeString(
                folder.resolve("application.conf"),
                "teahouse.admin { enabled = on, token = \"" + after("settings:", made) + "\" }");
        try (ServerProcess server = startServer("")) {
            String port = server.awaitPorts().get("admin").toString();
            List<String> requests = commands("curl ");
            assertThat(requests).hasSize(3);
            for (String each : requests) {
                String request = each.replace("8081", port).replace("…", token);
                assertThat(output(request.replace("curl ", "curl -sSf ")))
                        .as(each)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void threeNodesFormACluster() throws IOException {
        List<String> nodes = commands("java $");
        assertThat(nodes).hasSize(3);
        String script = String.join("\n", commands("export "))
                .replace("jdbc:postgresql://127.0.0.1/tea?user=tea&password=tea", TestPostgres.newDatabase());
        List<String> ports = freePorts(3);
        try (ServerProcess first = startNode(script, nodes.get(0), ports);
                ServerProcess second = startNode(script, nodes.get(1), ports);
                ServerProcess third = startNode(script, nodes.get(2), ports)) {
            second.awaitPorts();
            try (Peer ann = Peer.enter("ann", first.awaitPorts().get("plain"));
                    Peer bob = Peer.enter("bob", third.awaitPorts().get("plain"))) {
                ann.expect("bob has joined the chat");
                bob.say("hello from another node");
                ann.expect("bob: hello from another node");
            }
        }
    }

    private ServerProcess startNode(String exports, String node, List<String> ports) throws IOException {
        String script = exports + "\nexec " + node.replace("-jar", ANY_PORTS + " -jar");
        for (int i = 0; i < ports.size(); i++) {
            script = script.replace("255" + (i + 1), ports.get(i));
        }
        return start(script);
    }

    /** Ports that nobody uses, since the nodes have to know them before they start. */
    private static List<String> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0));
            }
            return sockets.stream()
                    .map(socket -> Integer.toString(socket.getLocalPort()))
                    .toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
