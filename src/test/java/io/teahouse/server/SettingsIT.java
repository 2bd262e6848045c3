package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of the jar: where they come from, and what is said about wrong ones. */
class SettingsIT {
    private static final int WRONG_SETTINGS = 2;
    private static final int SECONDS = 30;
    private static final String ANY_PORT = "-Dteahouse.plain.port=0";

    @TempDir
    private Path folder;

    private void write(String file, String... lines) throws IOException {
        Files.write(folder.resolve(file), List.of(lines));
    }

    /** What it says before it ends, but for the log's remarks that all is well. */
    private List<String> refusal(String... options) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.launch(folder, options)) {
            assertThat(server.exitCode(SECONDS)).isEqualTo(WRONG_SETTINGS);
            assertThat(server.restOfOutput()).isEmpty();
            return server.errors()
                    .lines()
                    .filter(line -> !line.contains(" INFO "))
                    .toList();
        }
    }

    private static String greeting(ServerProcess server) {
        try (Peer ann = Peer.connect("ann", server.awaitReady())) {
            return ann.line();
        }
    }

    @Test
    void eachWrongSettingIsNamedOnALineOfItsOwn() throws IOException, InterruptedException {
        List<String> lines = refusal(
                "-Dteahouse.plain.port=65536", "-Dteahouse.plain.framing=words", "-Dteahouse.limits.name-timeout=soon");
        assertThat(lines).hasSize(3).allMatch(line -> line.startsWith("teahouse: "));
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("teahouse.plain.port", "65536", "0 to 65535"));
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).contains("teahouse.plain.framing", "words", "lines, chunks"));
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("teahouse.limits.name-timeout", "soon", "30 s"));
    }

    @Test
    void aFileThatCannotBeReadIsRefused() throws IOException, InterruptedException {
        write("application.conf", "teahouse { plain {");
        assertThat(refusal(ANY_PORT)).singleElement().asString().contains("application.conf");
    }

    @Test
    void aFileThatIsNotThereIsRefused() throws IOException, InterruptedException {
        assertThat(refusal(ANY_PORT, "-Dconfig.file=missing.conf"))
                .singleElement()
                .asString()
                .contains("missing.conf");
    }

    @Test
    void aPortThatIsTakenIsRefused() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(refusal("-Dteahouse.irc.port=0", "-Dteahouse.plain.port=" + taken.getLocalPort()))
                    .singleElement()
                    .asString()
                    .startsWith("teahouse: ")
                    .contains("teahouse.plain.port", "127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void aCertificateWithoutItsKeyIsRefused() throws IOException, InterruptedException {
        assertThat(refusal(ANY_PORT, "-Dteahouse.irc.tls-certificate=mine.pem"))
                .singleElement()
                .asString()
                .startsWith("teahouse: ")
                .contains("teahouse.irc.tls-key");
    }

    /** What RPL_REHASHING says. */
    private String rehashed(String... options) throws IOException {
        try (ServerProcess server = ServerProcess.launch(folder, options);
                Peer ann = Peer.connect("ann", server.awaitReady("irc"))) {
            ann.say("NICK ann\r\nUSER ann 0 * :x\r\nOPER root secret\r\nREHASH\r");
            return ann.until(" 382 ");
        }
    }

    @Test
    void anOperatorIsToldWhichFileIsReadAgain() throws IOException {
        String name = "-Dteahouse.irc.operators.0.name=root";
        String password = "-Dteahouse.irc.operators.0.password=secret";
        String anyIrcPort = "-Dteahouse.irc.port=0";
        assertThat(rehashed(ANY_PORT, anyIrcPort, name, password)).contains(" 382 ann command-line :");
        write("application.conf", "teahouse.irc.port = 0");
        assertThat(rehashed(ANY_PORT, name, password)).contains(" 382 ann application.conf :");
        write("mine.conf", "teahouse.irc.port = 0");
        assertThat(rehashed(ANY_PORT, name, password, "-Dconfig.file=mine.conf"))
                .contains(" 382 ann mine.conf :");
    }

    @Test
    void aHostThatIsNotOursIsRefused() throws IOException, InterruptedException {
        assertThat(refusal(ANY_PORT, "-Dteahouse.plain.host=192.0.2.1"))
                .singleElement()
                .asString()
                .contains("teahouse.plain.host", "192.0.2.1");
    }

    @Test
    void theFileInTheWorkingDirectoryIsReadAndTheCommandLineBeatsIt() throws IOException {
        write(
                "application.conf",
                "teahouse.plain.room = tea",
                "teahouse.plain.port = 1",
                "teahouse.limits.max-connections = 1");
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT, "-Dteahouse.plain.room=garden")) {
            int port = server.awaitReady();
            try (Peer ann = Peer.connect("ann", port);
                    Peer bob = Peer.connect("bob", port)) {
                assertThat(ann.line()).contains("to the room garden;");
                bob.expect("! the server is full (1 connections): try again later");
            }
        }
    }

    @Test
    void anotherFileMayBeNamed() throws IOException {
        write("application.conf", "teahouse.plain.room = tea");
        write("mine.conf", "teahouse.plain.room = garden");
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT, "-Dconfig.file=mine.conf")) {
            assertThat(greeting(server)).contains("to the room garden;");
        }
    }

    @Test
    void whatMeansNothingIsWarnedOfAndWhatIsYetToComeIsNot() throws IOException, InterruptedException {
        String[] options = {ANY_PORT, "-Dteahouse.plain.prot=1", "-Dteahouse.web.enabled=off"};
        try (ServerProcess server = ServerProcess.launch(folder, options)) {
            assertThat(greeting(server)).isEqualTo(Peer.GREETING);
            server.terminate();
            assertThat(server.exitCode(SECONDS)).isZero();
            assertThat(server.errors().lines().filter(line -> line.contains(" WARN ")))
                    .singleElement()
                    .asString()
                    .endsWith("unknown setting, ignored: teahouse.plain.prot");
        }
    }
}
