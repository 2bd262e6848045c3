package io.teahouse.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The chat page in a real browser: accounts, several devices, notifications. */
@Tag("browser")
class ChatPageAccountsTest {
    private static final String PASSWORD = "correct horse";

    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    private Peer cyd;

    @BeforeEach
    void start() {
        cyd = chat.cyd();
    }

    private ChatPage register() {
        ChatPage ann = chat.enter("ann");
        ann.choose("Settings", "Register this name");
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
        ann.choose("Settings", "Log out");
        cyd.until("ann has left the chat");
        List<String> sent = new CopyOnWriteArrayList<>();
        BrowserContext user = chat.browser().user();
        user.onPage(page ->
                page.onWebSocket(socket -> socket.onFrameSent((WebSocketFrame frame) -> sent.add(frame.text()))));
        ChatPage other = chat.visit(user);
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
        first.join("#tea");
        ChatPage second = chat.visit(chat.browser().user());
        logIn(second, PASSWORD);
        second.sees("#head h1", "#lobby");
        second.room("#tea").click();
        second.sees("#head h1", "#tea");
        cyd.say("news for both");
        for (ChatPage page : List.of(first, second)) {
            assertThat(page.badge("#lobby")).hasText("1");
        }
        first.room("#lobby").click();
        first.sees("news for both");
        assertThat(second.badge("#lobby")).hasCount(0);
        first.say("from the first");
        second.room("#lobby").click();
        second.sees("from the first");
        first.choose("Settings", "Devices");
        assertThat(first.locator("dialog li")).hasCount(2);
    }

    /** Somebody who has an account, and wants to stay logged in. */
    private ChatPage stay(BrowserContext user) {
        register().page().close();
        cyd.until("ann has left the chat");
        ChatPage ann = chat.visit(user);
        ann.page().getByText("I have an account").click();
        ann.page().getByText("Stay logged in on this device").click();
        logIn(ann, PASSWORD);
        ann.sees("#head h1", "#lobby");
        return ann;
    }

    private static String kept(ChatPage page) {
        return page.page()
                .evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
                .toString();
    }

    private static String token(ChatPage page) {
        return page.page()
                .evaluate("JSON.parse(localStorage.getItem('teahouse.token.ann') ?? '{}').token ?? ''")
                .toString();
    }

    /** Whether the server accepts a token. */
    private boolean logsIn(String token) {
        try (Peer peer = Peer.connect("irc", chat.server().port("irc"))) {
            peer.say("CAP REQ :sasl\r\nAUTHENTICATE OAUTHBEARER");
            peer.until("AUTHENTICATE +");
            String message = "n,,\u0001auth=Bearer " + token + "\u0001\u0001";
            peer.say("AUTHENTICATE " + Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8)));
            return peer.until(" ").contains(" 900 ");
        }
    }

    @Test
    void whoWantsToStayLoggedInIsAfterAReload() {
        BrowserContext user = chat.browser().user();
        ChatPage ann = stay(user);
        ann.page().reload();
        ann.sees("#head h1", "#lobby");
        ann.button("Settings").click();
        assertThat(ann.button("Change the password")).isVisible();
        Assertions.assertThat(kept(ann)).doesNotContain("horse");
        ann.page().close();
        ChatPage later = chat.visit(user);
        later.sees("#head h1", "#lobby");
        Assertions.assertThat(later.errors()).isEmpty();
    }

    @Test
    void whoLogsOutLeavesNothingThatLogsIn() {
        ChatPage ann = stay(chat.browser().user());
        String token = token(ann);
        Assertions.assertThat(logsIn(token)).isTrue();
        ann.choose("Settings", "Log out");
        assertThat(ann.button("Enter")).isVisible();
        Assertions.assertThat(token(ann)).isEmpty();
        Assertions.assertThat(logsIn(token)).isFalse();
        ann.page().reload();
        assertThat(ann.button("Enter")).isVisible();
    }

    @Test
    void aDeviceThatIsLoggedOutElsewhereAsksForThePassword() {
        ChatPage lost = stay(chat.browser().user());
        ChatPage home = chat.visit(chat.browser().user());
        logIn(home, PASSWORD);
        home.sees("#head h1", "#lobby");
        home.choose("Settings", "Devices");
        home.locator("dialog li", "token 1").locator("button").click();
        assertThat(lost.locator("#login .problem")).containsText("You are not logged in on this device any more");
        Assertions.assertThat(token(lost)).isEmpty();
        logIn(lost, PASSWORD);
        lost.sees("#head h1", "#lobby");
    }

    @Test
    void whoChangesThePasswordStaysLoggedInHere() {
        ChatPage ann = stay(chat.browser().user());
        String before = token(ann);
        ann.choose("Settings", "Change the password");
        ann.page().getByLabel("Old password").fill(PASSWORD);
        ann.page().getByLabel("New password").fill("another horse");
        ann.page().keyboard().press("Enter");
        assertThat(ann.locator("#toasts")).containsText("The password has been changed.");
        Assertions.assertThat(logsIn(before)).isFalse();
        ann.page().reload();
        ann.sees("#head h1", "#lobby");
        Assertions.assertThat(token(ann)).isNotEmpty().isNotEqualTo(before);
    }

    @Test
    void aMentionNotifiesOnlyWhoAskedForIt() {
        BrowserContext user = chat.browser().user();
        user.grantPermissions(List.of("notifications"));
        user.addInitScript("globalThis.shown = []; globalThis.Notification = class {"
                + " static permission = 'granted'; static requestPermission = async () => 'granted';"
                + " constructor(title, more) { shown.push(title + ': ' + more.body); } };");
        ChatPage ann = chat.visit(user).enter("ann");
        ann.join("#tea");
        cyd.say("ann: not yet");
        assertThat(ann.badge("#lobby")).hasText("1");
        Assertions.assertThat(ann.page().evaluate("shown.length")).isEqualTo(0);
        ann.choose("Settings", "Notify me of mentions");
        cyd.say("nothing for you");
        cyd.say("ann: now");
        assertThat(ann.badge("#lobby")).hasText("2");
        Assertions.assertThat(ann.page().evaluate("shown.join()")).isEqualTo("cyd in #lobby: ann: now");
    }
}
