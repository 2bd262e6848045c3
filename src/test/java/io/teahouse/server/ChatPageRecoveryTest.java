package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The chat page when the server is killed: nothing is lost, nothing is shown twice. */
@Tag("browser")
class ChatPageRecoveryTest {
    @RegisterExtension
    final Browser browser = new Browser();

    @TempDir
    private Path folder;

    private int webPort;
    private ServerProcess server;
    private Map<String, Integer> ports;

    @BeforeEach
    void start() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            webPort = free.getLocalPort();
        }
        run();
    }

    private void run() throws IOException {
        server = ServerProcess.launch(
                folder,
                "-Dteahouse.plain.port=0",
                "-Dteahouse.web.port=" + webPort,
                "-Dteahouse.flood.enabled=off",
                "-Dteahouse.accounts.scram-iterations=4096");
        ports = server.awaitPorts();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void afterAKillAllPagesHaveTheSameCompleteListAndNothingTwice() throws IOException, InterruptedException {
        ChatPage ann = browser.enter("ann", webPort);
        ChatPage bob = browser.enter("bob", webPort);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            said.add("before " + i);
            ann.say("before " + i);
        }
        bob.sees("before 4");
        for (int i = 0; i < 5; i++) { // perhaps stored, perhaps not, and no receipt is seen
            said.add("meanwhile " + i);
            ann.say("meanwhile " + i);
        }
        server.killAfter(0);
        PlaywrightAssertions.assertThat(ann.locator(".bar")).containsText("The connection is lost.");
        for (int i = 0; i < 5; i++) {
            said.add("offline " + i);
            ann.say("offline " + i);
        }
        ann.seesState("offline 4", "Sending …");
        run();
        try (Peer cyd = Peer.enter("cyd", ports.getOrDefault("plain", -1))) {
            for (ChatPage page : List.of(ann, bob)) {
                page.page().evaluate("document.querySelector('.bar button')?.click()"); // it may be back already
                PlaywrightAssertions.assertThat(page.locator(".bar")).hasCount(0);
            }
            ann.sees("offline 4");
            bob.sees("offline 4");
            cyd.say("and cyd");
            said.add("and cyd");
            ann.sees("and cyd");
            bob.sees("and cyd");
        }
        ChatPage dan = browser.enter("dan", webPort);
        dan.sees("and cyd");
        assertThat(ann.texts()).isEqualTo(said);
        assertThat(bob.texts()).isEqualTo(said);
        assertThat(dan.texts()).isEqualTo(said);
        assertThat(ann.errors()).isEmpty();
    }

    @Test
    void aConversationGoesOnAfterALostConnection() throws IOException, InterruptedException {
        ChatPage ann = browser.enter("ann", webPort);
        ann.register("correct horse");
        ChatPage bob = browser.enter("bob", webPort);
        bob.register("correct horse");
        ann.say("/msg bob before");
        ann.sees("before");
        bob.room("ann").click();
        bob.sees("before");
        server.killAfter(0);
        for (ChatPage page : List.of(ann, bob)) {
            PlaywrightAssertions.assertThat(page.locator(".bar")).containsText("The connection is lost.");
        }
        run();
        for (ChatPage page : List.of(ann, bob)) {
            page.page().evaluate("document.querySelector('.bar button')?.click()");
            PlaywrightAssertions.assertThat(page.locator(".bar")).hasCount(0);
        }
        bob.say("after");
        ann.sees("after");
        ann.say("and so on");
        for (ChatPage page : List.of(ann, bob)) {
            page.sees("and so on");
            assertThat(page.texts()).containsExactly("before", "after", "and so on");
        }
    }

    @Test
    void whatWasSaidWhileAPageWasAwayIsFetchedCompletely() throws IOException, InterruptedException {
        ChatPage ann = browser.enter("ann", webPort);
        ann.say("the last that ann knows");
        ann.sees("the last that ann knows");
        ann.page().context().setOffline(true);
        server.killAfter(0);
        PlaywrightAssertions.assertThat(ann.locator(".bar")).containsText("The connection is lost.");
        run();
        try (Peer cyd = Peer.enter("cyd", ports.getOrDefault("plain", -1))) {
            for (int i = 0; i < 150; i++) {
                cyd.say("missed " + i);
                cyd.until("cyd: missed " + i);
            }
            ann.page().context().setOffline(false);
            ann.sees("missed 149");
            ann.sees("missed 0");
        }
        List<String> texts = ann.texts();
        assertThat(texts)
                .hasSize(151)
                .startsWith("the last that ann knows", "missed 0")
                .doesNotHaveDuplicates();
        PlaywrightAssertions.assertThat(ann.locator(".gap")).hasCount(0);
    }
}
