package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server and its tools write digits, days and letters alike, whatever the language of the machine is. */
class LocaleIT {
    private static final int SECONDS = 30;

    @TempDir
    private Path folder;

    /** A language with digits of its own, one in which I is no capital of i, a calendar that counts from Buddha. */
    private static List<String> options(String locale) {
        List<String> options = new ArrayList<>();
        String[] parts = locale.split("-", 3);
        options.add("-Duser.language=" + parts[0]);
        options.add("-Duser.country=" + parts[1]);
        if (parts.length > 2) {
            options.add("-Duser.extensions=" + parts[2]);
        }
        return options;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "ar-SA", "tr-TR", "th-TH-u-ca-buddhist", "hi-IN-u-nu-deva", "fa-IR", "de-DE"})
    void anIrcClientEntersAndReadsItsHistory(String locale) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(options(locale));
        options.add("-Dteahouse.plain.port=0");
        try (ServerProcess server = ServerProcess.launch(folder, options.toArray(String[]::new))) {
            Ports ports = Ports.of(server);
            try (Peer ann = Peer.connect("ann", ports.irc)) {
                ann.say("cap req :server-time draft/chathistory batch\r\nNICK ann\r\nUSER ann 0 * :x\r\ncap end\r");
                assertThat(ann.until(" 001 ")).contains(":teahouse.local 001 ann :");
                ann.say("join #LIST\r\nprivmsg #list :INDIGO iı\r\nstats u\r\nchathistory latest #list * ١\r");
                assertThat(ann.until(" 242 ")).contains("Server Up 0 days 0:00:");
                assertThat(ann.until(" CHATHISTORY ")).contains("INVALID_PARAMS");
                ann.say("chathistory latest #list * 10\r");
                assertThat(ann.until("INDIGO iı")).matches("@.*time=20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z[ ;].*");
            }
            try (Peer bob = Peer.enter("bob", ports.plain)) {
                bob.say("/JOIN LIST");
                bob.say("/history 10");
                assertThat(bob.until("INDIGO iı")).matches(".*20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9:]{8}.*");
            }
            server.terminate();
            assertThat(server.exitCode(SECONDS)).isZero();
            assertThat(server.errors().lines()).allMatch(line -> line.matches("20[0-9]{2}-[0-9]{2}-[0-9]{2}T.*"));
        }
        exportHasTheLine(locale);
    }

    private void exportHasTheLine(String locale) throws IOException, InterruptedException {
        try (ServerProcess tool =
                ServerProcess.tool(options(locale), folder, "export", "--room", "LIST", "--since", "1d")) {
            assertThat(tool.restOfOutput())
                    .anySatisfy(line -> assertThat(line)
                            .contains("\"room\":\"LIST\"", "\"type\":\"message\"", "INDIGO iı")
                            .matches(".*\"at\":\"20[0-9]{2}-[0-9]{2}-[0-9]{2}T.*"));
            assertThat(tool.exitCode(SECONDS)).isZero();
        }
    }

    private record Ports(int plain, int irc) {
        static Ports of(ServerProcess server) {
            var ports = server.awaitPorts();
            return new Ports(ports.getOrDefault("plain", -1), ports.getOrDefault("irc", -1));
        }
    }
}
