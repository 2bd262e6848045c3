package io.teahouse.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Settings that cannot be read are never taken for none: at the start the server ends with one line and exit code 2; when
 * they are read again it keeps those that it has, and says so to the operator and in the log.
 */
class UnreadableSettingsIT {
    private static final int WRONG_SETTINGS = 2;
    private static final int SECONDS = 30;
    private static final String[] ANY_PORT = {"-Dteahouse.plain.port=0"};
    private static final String SETTINGS = """
            teahouse.irc {
              password = door
              motd = "Be kind."
              operators = [{ name = root, password = secret }]
            }
            """;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("application.conf");
    }

    /** A way in which a file can no longer be read. */
    private interface Mishap {
        void to(Path file) throws IOException;
    }

    private record Case(String name, Mishap mishap, String said) {}

    private List<Case> cases() {
        return List.of(
                new Case("empty", path -> Files.writeString(path, ""), "is empty"),
                new Case("Latin-1", path -> Files.writeString(path, "# Grüße", ISO_8859_1), "is not in UTF-8"),
                new Case("a folder", path -> remake(path, Files::createDirectory), "is a folder"),
                new Case(
                        "a dangling link",
                        path -> remake(path, link -> Files.createSymbolicLink(link, folder.resolve("gone"))),
                        "a link to a file that does not exist"),
                new Case("not permitted", path -> permit(remake(path), "---------"), "permission denied"),
                new Case("without a file that it includes", path -> Files.writeString(path, "include \"x\""), "exist"));
    }

    private static void remake(Path path, Mishap making) throws IOException {
        Files.delete(path);
        making.to(path);
    }

    private static Path remake(Path path) throws IOException {
        Files.delete(path);
        return Files.writeString(path, SETTINGS);
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void atTheStartTheFileIsNamed() throws IOException, InterruptedException {
        for (Case each : cases()) {
            Files.deleteIfExists(file);
            Files.writeString(file, SETTINGS);
            each.mishap.to(file);
            try (ServerProcess server = ServerProcess.launchWithoutPrivileges(folder, ANY_PORT)) {
                assertThat(server.exitCode(SECONDS)).as(each.name).isEqualTo(WRONG_SETTINGS);
                assertThat(server.errors().lines())
                        .as(each.name)
                        .singleElement()
                        .asString()
                        .startsWith("teahouse: the settings cannot be read: ")
                        .contains("application.conf", each.said);
            }
        }
    }

    /** What an operator is told of signals does not count. */
    private static String answer(Peer root) {
        String line;
        do {
            line = root.until("Nothing has changed: ");
        } while (line.contains("SIGHUP"));
        return line;
    }

    @Test
    void whenTheyAreReadAgainTheOldOnesStay() throws IOException, InterruptedException {
        Files.writeString(file, SETTINGS);
        List<Case> all = new ArrayList<>(cases());
        all.add(new Case("moved away", Files::delete, "does not exist"));
        all.add(new Case("comments alone", path -> Files.writeString(path, "# later\n{}\n"), "has no settings"));
        all.add(new Case("misspelt", path -> Files.writeString(path, "Teahouse.irc.motd = x\n"), "has no settings"));
        try (ServerProcess server = ServerProcess.launchWithoutPrivileges(folder, ANY_PORT)) {
            int port = server.awaitReady("irc");
            try (Peer root = enter("rita", port)) {
                for (Case each : all) {
                    each.mishap.to(file);
                    root.say("REHASH\r");
                    assertThat(answer(root)).contains(each.said);
                    server.signal("HUP");
                    stillHolds(port);
                    Files.deleteIfExists(file);
                    Files.writeString(file, SETTINGS);
                }
            }
            server.terminate();
            assertThat(server.exitCode(SECONDS)).isZero();
            assertThat(server.errors().lines().filter(line -> line.contains("the current ones stay")))
                    .hasSizeBetween(all.size(), 2 * all.size()) // signals that come together are one
                    .allMatch(line -> line.contains("application.conf"));
        }
    }

    /** Registers and becomes an operator; the password of the door is asked for. */
    private static Peer enter(String nick, int port) {
        Peer peer = Peer.connect(nick, port);
        peer.say("PASS door\r\nNICK " + nick + "\r\nUSER " + nick + " 0 * :x\r");
        peer.until(" 376 ");
        peer.say("OPER root secret\r");
        peer.until(" 381 ");
        return peer;
    }

    private static void stillHolds(int port) {
        try (Peer stranger = Peer.connect("stranger", port)) {
            stranger.say("NICK stranger\r\nUSER s 0 * :x\r");
            stranger.until(" 464 ");
        }
        enter("ann", port).close();
    }

    @Test
    void aSourceThatIsNotKnownIsRefused() throws IOException, InterruptedException {
        for (String source : List.of("-Dconfig.resource=mine.conf", "-Dconfig.url=file:/mine.conf", "-Dconfig.file=")) {
            try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT[0], source)) {
                assertThat(server.exitCode(SECONDS)).as(source).isEqualTo(WRONG_SETTINGS);
                assertThat(server.errors().lines()).singleElement().asString().contains("-Dconfig.file");
            }
        }
    }

    @Test
    void aPipeForACertificateIsNotWaitedFor() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe.pem").toString())
                        .start()
                        .waitFor())
                .isZero();
        String[] options = {ANY_PORT[0], "-Dteahouse.irc.tls-certificate=pipe.pem", "-Dteahouse.irc.tls-key=pipe.pem"};
        try (ServerProcess server = ServerProcess.launch(folder, options)) {
            assertThat(server.exitCode(SECONDS)).isEqualTo(WRONG_SETTINGS);
            assertThat(server.errors().lines()).singleElement().asString().contains("pipe.pem", "tls-certificate");
        }
    }

    @Test
    void aConfigurationOfTheLogThatIsNotThereIsRefused() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT[0], "-Dlogback.configurationFile=log.xml")) {
            assertThat(server.exitCode(SECONDS)).isEqualTo(WRONG_SETTINGS);
            assertThat(server.errors().lines())
                    .singleElement()
                    .asString()
                    .contains("logback.configurationFile", "log.xml");
        }
    }

    @Test
    void aChangeThatNeedsARestartIsNamed() throws IOException {
        Files.writeString(file, SETTINGS);
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT);
                Peer root = enter("rita", server.awaitReady("irc"))) {
            Files.writeString(
                    file,
                    SETTINGS + "teahouse { rooms.catch-up = 5, plain.room = tea, irc.motd = \"New.\","
                            + " irc.casemapping = rfc1459 }");
            root.say("REHASH\r");
            assertThat(root.until(" NOTICE rita "))
                    .endsWith(
                            "changed: teahouse.irc.motd; need a restart: teahouse.irc.casemapping, teahouse.plain.room,"
                                    + " teahouse.rooms.catch-up");
            root.say("MOTD\r");
            assertThat(root.until(" 372 ")).endsWith("New.");
            root.say("VERSION\r");
            assertThat(root.until("CASEMAPPING=")).contains("CASEMAPPING=ascii");
        }
    }

    @Test
    void anUnknownSettingIsNamed() throws IOException {
        Files.writeString(file, SETTINGS);
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT);
                Peer root = enter("rita", server.awaitReady("irc"))) {
            Files.writeString(file, SETTINGS + "teahouse { irc.passwort = x, rooms.catch-up = 5 }");
            root.say("REHASH\r");
            assertThat(root.until(" NOTICE rita "))
                    .endsWith("need a restart: teahouse.rooms.catch-up;" + " unknown, ignored: teahouse.irc.passwort");
        }
    }

    @Test
    void aPasswordInAUrlIsNotShown() throws IOException, InterruptedException {
        for (String url : List.of(
                "jdbc:postgresql://127.0.0.1:nine/tea?user=dbuser&password=geheim",
                "jdbc:postgresql://dbuser:geheim@127.0.0.1:1/tea",
                "jdbc:postgresql://127.0.0.1:1/tea?user=dbuser&password=geheim&sslmode=perhaps",
                "jdbc:postgresql://127.0.0.1:1/tea?user=dbuser&password=geheim",
                "jdbc:postgresql:tea?password=geheim%",
                "postgresql://dbuser:geheim@127.0.0.1/tea")) {
            String[] options = {ANY_PORT[0], "-Dteahouse.store.kind=postgresql", "-Dteahouse.store.url=" + url};
            try (ServerProcess server = ServerProcess.launch(folder, options)) {
                assertThat(server.exitCode(SECONDS)).as(url).isEqualTo(WRONG_SETTINGS);
                assertThat(server.errors())
                        .as(url)
                        .contains("teahouse.store.url")
                        .doesNotContain("geheim", "dbuser");
            }
        }
    }
}
