package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's tools and a real server, on the same file. */
class OperatingIT {
    private static final int SECONDS = 30;
    private static final String ANY_PORT = "-Dteahouse.plain.port=0";
    private static final String NOT_KNOWN =
            ":teahouse.local FAIL CHATHISTORY MESSAGE_ERROR AFTER #tea msgid=%s :There is no such message, or it is no"
                    + " longer stored";

    @TempDir
    private Path folder;

    private ServerProcess server() throws IOException {
        return ServerProcess.launch(folder, ANY_PORT);
    }

    private void end(ServerProcess server) throws InterruptedException {
        server.terminate();
        assertThat(server.exitCode(SECONDS)).isZero();
    }

    /** Runs a command, and returns what it says. */
    private List<String> tool(int exitCode, String... arguments) throws IOException, InterruptedException {
        try (ServerProcess tool = ServerProcess.tool(folder, arguments)) {
            List<String> said =
                    exitCode == 0 ? tool.restOfOutput() : tool.errors().lines().toList();
            assertThat(tool.exitCode(SECONDS)).as("%s", said).isEqualTo(exitCode);
            return said;
        }
    }

    /** In #tea, by the IRC door. */
    private static Peer ann(int port) {
        Peer ann = Peer.connect("ann", port);
        ann.say("CAP REQ :message-tags echo-message batch draft/chathistory");
        ann.say("NICK ann");
        ann.say("USER ann 0 * :Ann");
        ann.say("CAP END");
        ann.say("JOIN #tea");
        ann.until(" 366 ann #tea ");
        return ann;
    }

    /** Returns the id of what was said, which the receipt brings. */
    private static String say(Peer peer, String text) {
        peer.say("PRIVMSG #tea :" + text);
        String receipt = peer.until(" PRIVMSG #tea :" + text);
        return receipt.replaceFirst("^@(?:[^ ]*;)?msgid=([^; ]+).*$", "$1");
    }

    @Test
    void aBackupOfARunningServerIsRestoredAndIdsOfTheLostFutureAreNotKnown() throws Exception {
        String kept;
        String lost;
        try (ServerProcess server = server()) {
            Peer ann = ann(server.awaitReady("irc"));
            kept = say(ann, "kept");
            assertThat(tool(0, "backup", "copy.db")).singleElement().asString().startsWith("backed up: copy.db (");
            lost = say(ann, "lost");
            assertThat(tool(2, "restore", "copy.db")).singleElement().asString().contains("in use by another server");
            assertThat(tool(2, "erase", "ann")).singleElement().asString().contains("in use by another server");
            ann.close();
            end(server);
        }
        assertThat(tool(0, "restore", "copy.db")).hasSize(2);
        try (ServerProcess server = server()) {
            Peer ann = ann(server.awaitReady("irc"));
            ann.say("CHATHISTORY AFTER #tea msgid=" + lost + " 10");
            ann.expect(String.format(NOT_KNOWN, lost) + "\r");
            String fresh = say(ann, "fresh");
            assertThat(fresh).isNotEqualTo(lost).isNotEqualTo(kept);
            ann.say("CHATHISTORY AFTER #tea msgid=" + kept + " 10");
            ann.until("BATCH +");
            assertThat(ann.line()).contains("msgid=" + fresh).endsWith(" PRIVMSG #tea :fresh\r");
            ann.until("BATCH -");
            ann.say("CHATHISTORY AFTER #tea msgid=" + lost + " 10");
            ann.expect(String.format(NOT_KNOWN, lost) + "\r");
            ann.close();
            end(server);
        }
    }

    @Test
    void whatWasSaidIsExportedWhileTheServerRunsInAnyLanguage() throws Exception {
        try (ServerProcess server = server()) {
            Peer ann = ann(server.awaitReady("irc"));
            String id = say(ann, "茶");
            assertThat(tool(0, "export", "--room", "tea"))
                    .singleElement()
                    .asString()
                    .startsWith("{\"room\":\"tea\",\"seq\":1,\"id\":\"" + id + "\",\"at\":\"")
                    .contains("\"type\":\"message\",\"text\":\"茶\",\"nick\":\"ann\",");
            ann.close();
            end(server);
        }
    }

    @Test
    void aTerminalIsShownABarAndNothingElseIs() throws Exception {
        Tools.require("script");
        try (ServerProcess server = server()) {
            server.awaitReady();
            end(server);
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String export = java + " -jar " + System.getProperty("teahouse.jar") + " export -o ";
        assertThat(screen(export + "one.jsonl")).contains("\rexport [").endsWith("\r\u001b[K");
        assertThat(screen(export + "two.jsonl 2> errors")).isEmpty();
        assertThat(folder.resolve("errors")).isEmptyFile();
    }

    /** What a command writes to its terminal. */
    private String screen(String command) throws IOException, InterruptedException {
        Path typescript = folder.resolve("typescript");
        Process script = new ProcessBuilder("script", "--quiet", "--return", "--command", command, "typescript")
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        script.getOutputStream().close();
        assertThat(script.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(script.exitValue()).isZero();
        return Pattern.compile("\n")
                .splitAsStream(Files.readString(typescript, UTF_8))
                .filter(line -> !line.startsWith("Script "))
                .collect(Collectors.joining());
    }

    @Test
    void aStoreOfANewerServerIsRefusedInOneLineByAll() throws Exception {
        try (ServerProcess server = server()) {
            server.awaitReady();
            end(server);
        }
        Path store = folder.resolve("teahouse.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
                Statement statement = connection.createStatement()) {
            statement.execute("update flyway_schema_history set version = '999' where installed_rank ="
                    + " (select max(installed_rank) from flyway_schema_history)");
        }
        byte[] before = Files.readAllBytes(store);
        try (ServerProcess server = server()) {
            assertThat(server.exitCode(SECONDS)).isEqualTo(2);
            assertThat(server.errors().lines().filter(line -> !line.contains(" INFO ")))
                    .singleElement()
                    .asString()
                    .startsWith("teahouse: the store ")
                    .contains("teahouse.db (teahouse.store.path) was written by a newer server", "version 999");
        }
        for (String[] command : new String[][] {{"export"}, {"erase", "ann"}, {"retention"}}) {
            assertThat(tool(2, command)).singleElement().asString().contains("was written by a newer server");
        }
        assertThat(Files.readAllBytes(store)).isEqualTo(before);
    }
}
