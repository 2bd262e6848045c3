package io.teahouse.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketFrame;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The chat page in a real browser: accounts, several devices, notifications. */
@Tag("browser")
class ChatPageAccountsTest {
    private static final String PASSWORD = "correct horse";

    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    private ChatPage register() {
        ChatPage ann = chat.enter("ann");
        ann.register(PASSWORD);
        return ann;
    }

    /** A second device of hers. */
    private ChatPage another() {
        ChatPage page = chat.visit(chat.browser().user());
        page.logIn("ann", PASSWORD);
        page.sees("#head h1", "#lobby");
        return page;
    }

    @Test
    void aRegisteredNameNeedsItsPasswordWhichIsNeverSent() {
        ChatPage ann = register();
        ann.choose("Settings", "Log out");
        chat.cyd().until("ann has left the chat");
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
        other.logIn("ann", "wrong horse");
        assertThat(other.locator("#login .problem")).containsText("The login has failed");
        other.logIn("ann", PASSWORD);
        other.sees("#head h1", "#lobby");
        chat.cyd().until("ann has joined the chat");
        Assertions.assertThat(sent).contains("AUTHENTICATE SCRAM-SHA-256");
        Assertions.assertThat(sent).noneMatch(line -> line.contains("horse"));
        Assertions.assertThat(other.errors()).isEmpty();
    }

    @Test
    void theSecondDeviceSeesWhatTheFirstSaysAndHasRead() {
        ChatPage first = register();
        first.join("#tea");
        ChatPage second = another();
        second.room("#tea").click();
        second.sees("#head h1", "#tea");
        chat.cyd().say("news for both");
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
        chat.cyd().until("ann has left the chat");
        ChatPage ann = chat.visit(user);
        ann.page().getByText("I have an account").click();
        ann.page().getByText("Stay logged in on this device").click();
        ann.logIn("ann", PASSWORD);
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
            peer.say("AUTHENTICATE " + Base64.getEncoder().encodeToString(message.getBytes(UTF_8)));
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
        home.logIn("ann", PASSWORD);
        home.sees("#head h1", "#lobby");
        home.choose("Settings", "Devices");
        home.locator("dialog li", "token 1").locator("button").click();
        assertThat(lost.locator("#login .problem")).containsText("You are not logged in on this device any more");
        Assertions.assertThat(token(lost)).isEmpty();
        lost.logIn("ann", PASSWORD);
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
        chat.cyd().say("ann: not yet");
        assertThat(ann.badge("#lobby")).hasText("1");
        Assertions.assertThat(ann.page().evaluate("shown.length")).isEqualTo(0);
        ann.choose("Settings", "Notify me of mentions");
        chat.cyd().say("nothing for you");
        chat.cyd().say("ann: now");
        assertThat(ann.badge("#lobby")).hasText("2");
        Assertions.assertThat(ann.page().evaluate("shown.join()")).isEqualTo("cyd in #lobby: ann: now");
    }

    @Test
    void aSoundIsPlayedOnlyWhenItIsAskedFor() {
        BrowserContext user = chat.browser().user();
        user.addInitScript("globalThis.beeps = 0; globalThis.AudioContext = class extends AudioContext {"
                + " constructor() { super(); beeps++; } };");
        ChatPage ann = chat.visit(user).enter("ann");
        ann.join("#tea");
        chat.cyd().say("ann: not yet");
        assertThat(ann.badge("#lobby")).hasText("1");
        Assertions.assertThat(ann.page().evaluate("beeps")).isEqualTo(0);
        ann.choose("Settings", "Play a sound at mentions");
        Assertions.assertThat(ann.page().evaluate("beeps")).as("a sample").isEqualTo(1);
        chat.cyd().say("nothing for you");
        chat.cyd().say("ann: now");
        assertThat(ann.badge("#lobby")).hasText("2");
        Assertions.assertThat(ann.page().evaluate("beeps")).isEqualTo(2);
        ann.choose("Settings", "Turn the sound off");
        chat.cyd().say("ann: no more");
        assertThat(ann.badge("#lobby")).hasText("3");
        Assertions.assertThat(ann.page().evaluate("beeps")).isEqualTo(2);
    }

    @Test
    void aNewPasswordEndsTheOtherDevices() {
        ChatPage ann = register();
        ChatPage second = another();
        ann.choose("Settings", "Change the password");
        ann.page().getByLabel("Old password").fill("wrong horse");
        ann.page().getByLabel("New password").fill("battery staple");
        ann.page().keyboard().press("Enter");
        assertThat(ann.locator("dialog .problem")).not().isEmpty();
        ann.page().getByLabel("Old password").fill(PASSWORD);
        ann.page().keyboard().press("Enter");
        assertThat(ann.locator("#toasts")).containsText("The password has been changed.");
        assertThat(second.locator("#login .problem")).hasText("The password has changed. Please log in again.");
        second.logIn("ann", "battery staple");
        second.sees("#head h1", "#lobby");
        ann.say("still here");
        ann.sees("still here");
        second.sees("still here");
    }

    @Test
    void aDeviceThatIsEndedStaysOut() {
        ChatPage ann = register();
        ChatPage second = another();
        ann.choose("Settings", "Devices");
        assertThat(ann.locator("dialog li")).hasCount(2);
        ann.button("End").click(); // that of the other device: this one has none
        assertThat(ann.locator("dialog li")).hasCount(1);
        assertThat(second.locator("#login .problem")).hasText("Another of your devices has ended this connection.");
        second.page().reload();
        assertThat(second.button("Enter")).isVisible();
        ann.page().keyboard().press("Escape");
        ann.say("alone now");
        ann.sees("alone now");
    }

    @Test
    void oneUserInTwoTabsAndOnIrcIsOne() {
        ChatPage first = register();
        ChatPage second = chat.visit(first.page().context());
        second.logIn("ann", PASSWORD);
        second.sees("#head h1", "#lobby");
        try (Peer irc = Peer.connect("ann", chat.server().port("irc"))) {
            irc.say("CAP REQ :sasl echo-message");
            irc.say("AUTHENTICATE PLAIN");
            irc.until("AUTHENTICATE +");
            byte[] plain = ("\0ann\0" + PASSWORD).getBytes(UTF_8);
            irc.say("AUTHENTICATE " + Base64.getEncoder().encodeToString(plain));
            irc.until(" 903 ");
            irc.say("NICK ann");
            irc.say("USER ann 0 * :x");
            irc.say("CAP END");
            irc.until(" JOIN ");
            first.say("from the first tab");
            irc.until("PRIVMSG #lobby :from the first tab");
            second.say("from the second tab");
            irc.until("PRIVMSG #lobby :from the second tab");
            irc.say("PRIVMSG #lobby :from IRC");
            for (ChatPage tab : List.of(first, second)) {
                tab.sees("from the first tab");
                tab.sees("from the second tab");
                tab.sees("from IRC");
                assertThat(tab.locator(".message.own")).hasCount(3);
                assertThat(tab.locator("#members .member", "ann")).hasCount(1);
            }
        }
    }
}
