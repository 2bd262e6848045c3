package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the locale has no letters but those of ASCII, as in a service or under cron ({@code LC_ALL=C}). */
class AsciiLocaleIT {
    private static final int SECONDS = 30;
    private static final int REFUSED = 2;
    private static final String ROOM = "-Dteahouse.plain.room=茶室";
    private static final List<String> ANY_PORT =
            List.of("-Dteahouse.plain.port=0", "-Dteahouse.irc.port=0", "-Dteahouse.web.port=0", ROOM);

    @TempDir
    private Path folder;

    private List<String> refusal(List<String> options, String... arguments) throws IOException, InterruptedException {
        try (ServerProcess process = ServerProcess.inLocale("C", folder, options, arguments)) {
            assertThat(process.exitCode(SECONDS)).isEqualTo(REFUSED);
            return process.errors()
                    .lines()
                    .filter(line -> line.startsWith("teahouse: ") || line.contains("LC_ALL"))
                    .toList();
        }
    }

    @Test
    void aRoomIsNamedAndExportedAsItIsCalled() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.inLocale("C", folder, ANY_PORT)) {
            int port = server.awaitReady();
            try (Peer ann = Peer.connect("安", port)) {
                assertThat(ann.line()).contains("to the room 茶室;");
                ann.say("安\n你好");
                ann.until("安: 你好");
            }
            server.terminate();
            assertThat(server.exitCode(SECONDS)).isZero();
            assertThat(server.errors()).contains("named: 安 (");
        }
        try (ServerProcess tool = ServerProcess.inLocale("C", folder, List.of(), "export", "--room", "茶室")) {
            assertThat(tool.restOfOutput()).anySatisfy(line -> assertThat(line).contains("茶室", "安", "你好"));
            assertThat(tool.exitCode(SECONDS)).isZero();
        }
    }

    @Test
    void aFileThatTheLocaleCannotShowIsNamed() throws IOException, InterruptedException {
        assertThat(refusal(List.of(), "export", "-o", "茶.jsonl"))
                .anySatisfy(line -> assertThat(line).contains("茶.jsonl", "LC_ALL=C.UTF-8"));
        assertThat(refusal(List.of("-Dteahouse.store.path=茶.db")))
                .singleElement()
                .asString()
                .contains("teahouse.store.path", "茶.db", "LC_ALL=C.UTF-8");
        assertThat(refusal(List.of("-Dconfig.file=茶.conf")))
                .singleElement()
                .asString()
                .contains("茶.conf", "LC_ALL=C.UTF-8");
        Files.writeString(folder.resolve("application.conf"), "teahouse.store.path = 茶.db");
        assertThat(refusal(List.of())).singleElement().asString().contains("茶.db", "LC_ALL=C.UTF-8");
    }

    @Test
    void aRoomThatIsNotThereIsNamedInItsLetters() throws IOException, InterruptedException {
        assertThat(refusal(List.of("-Dteahouse.plain.room=茶 室")))
                .singleElement()
                .asString()
                .contains("teahouse.plain.room", "茶 室");
    }
}
