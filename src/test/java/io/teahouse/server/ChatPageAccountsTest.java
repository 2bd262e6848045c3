package io.teahouse.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketFrame;
import io.teahouse.TestServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The chat page in a real browser: accounts, several devices, notifications. */
@Tag("browser")
class ChatPageAccountsTest {
    private static final String PASSWORD = "correct horse";

    private static Browser browser;

    private TestServer server;
    private Peer cyd;

    @BeforeAll
    static void launch() throws IOException {
        browser = Browser.open();
    }

    @AfterAll
    static void quit() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() {
        server = TestServer.start();
        cyd = Peer.enter("cyd", server.port());
    }

    @AfterEach
    void stop() {
        cyd.close();
        server.close();
    }

    private ChatPage register() {
        ChatPage ann = browser.enter("ann", server.port("web"));
        ann.button("Settings").click();
        ann.button("Register this name").click();
        password(ann.locator("dialog")).fill(PASSWORD);
        ann.page().keyboard().press("Enter");
        assertThat(ann.locator("#toasts")).containsText("Your name is registered.");
        return ann;
    }

    private static Locator password(Locator within) {
        return within.getByLabel("Password", new Locator.GetByLabelOptions().setExact(true));
    }

    private static void logIn(ChatPage page, String password) {
        page.page()
                .getByLabel("Name", new Page.GetByLabelOptions().setExact(true))
                .fill("ann");
        if (!page.locator("details").evaluate("d => d.open").equals(true)) {
            page.page().getByText("I have an account").click();
        }
        password(page.locator("#login")).fill(password);
        page.button("Enter").click();
    }

    @Test
    void aRegisteredNameNeedsItsPasswordWhichIsNeverSent() {
        ChatPage ann = register();
        ann.button("Settings").click();
        ann.button("Log out").click();
        cyd.until("ann has left the chat");
        List<String> sent = new CopyOnWriteArrayList<>();
        BrowserContext user = browser.user();
        user.onPage(page ->
                page.onWebSocket(socket -> socket.onFrameSent((WebSocketFrame frame) -> sent.add(frame.text()))));
        ChatPage other = browser.visit(user, server.port("web"));
        other.page()
                .getByLabel("Name", new Page.GetByLabelOptions().setExact(true))
                .fill("ann");
        other.button("Enter").click();
        assertThat(other.locator("#login .problem")).containsText("That name is taken");
        logIn(other, "wrong horse");
        assertThat(other.locator("#login .problem")).containsText("The login has failed");
        logIn(other, PASSWORD);
        other.sees("#head h1", "#lobby");
        cyd.until("ann has joined the chat");
        Assertions.assertThat(sent).contains("AUTHENTICATE SCRAM-SHA-256");
        Assertions.assertThat(sent).noneMatch(line -> line.contains("horse"));
        Assertions.assertThat(other.errors()).isEmpty();
    }

    @Test
    void theSecondDeviceSeesWhatTheFirstSaysAndHasRead() {
        ChatPage first = register();
        first.say("/join #tea");
        first.sees("#head h1", "#tea");
        ChatPage second = browser.visit(browser.user(), server.port("web"));
        logIn(second, PASSWORD);
        second.sees("#head h1", "#lobby");
        second.locator("#rooms .room", "#tea").click();
        second.sees("#head h1", "#tea");
        cyd.say("news for both");
        for (ChatPage page : List.of(first, second)) {
            assertThat(page.locator("#rooms .room", "#lobby").locator(".badge")).hasText("1");
        }
        first.locator("#rooms .room", "#lobby").click();
        first.sees("news for both");
        assertThat(second.locator("#rooms .room", "#lobby").locator(".badge")).hasCount(0);
        first.say("from the first");
        second.locator("#rooms .room", "#lobby").click();
        second.sees("from the first");
        first.button("Settings").click();
        first.button("Devices").click();
        assertThat(first.locator("dialog li")).hasCount(2);
    }

    @Test
    void whoWantsToStayLoggedInIsAfterAReload() {
        register().page().close();
        cyd.until("ann has left the chat");
        ChatPage ann = browser.visit(browser.user(), server.port("web"));
        ann.page().getByText("I have an account").click();
        ann.page().getByText("Stay logged in on this device").click();
        logIn(ann, PASSWORD);
        ann.sees("#head h1", "#lobby");
        ann.page().reload();
        ann.sees("#head h1", "#lobby");
        ann.button("Settings").click();
        assertThat(ann.button("Change the password")).isVisible();
        Assertions.assertThat(ann.page()
                        .evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
                        .toString())
                .doesNotContain("horse");
    }

    @Test
    void aMentionNotifiesOnlyWhoAskedForIt() {
        BrowserContext user = browser.user();
        user.grantPermissions(List.of("notifications"));
        user.addInitScript("globalThis.shown = []; globalThis.Notification = class {"
                + " static permission = 'granted'; static requestPermission = async () => 'granted';"
                + " constructor(title, more) { shown.push(title + ': ' + more.body); } };");
        ChatPage ann = browser.visit(user, server.port("web")).enter("ann");
        ann.say("/join #tea");
        ann.sees("#head h1", "#tea");
        cyd.say("ann: not yet");
        assertThat(ann.locator("#rooms .room", "#lobby").locator(".badge")).hasText("1");
        Assertions.assertThat(ann.page().evaluate("shown.length")).isEqualTo(0);
        ann.button("Settings").click();
        ann.button("Notify me of mentions").click();
        cyd.say("nothing for you");
        cyd.say("ann: now");
        assertThat(ann.locator("#rooms .room", "#lobby").locator(".badge")).hasText("2");
        Assertions.assertThat(ann.page().evaluate("shown.join()")).isEqualTo("cyd in #lobby: ann: now");
    }
}
