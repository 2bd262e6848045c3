package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The chat page, checked by axe-core in both themes, wide and narrow. */
@Tag("browser")
class ChatPageAccessibilityTest {
    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    private static void check(ChatPage page, String view) throws IOException {
        Tools.require(Browser.MODULES.resolve("axe-core"));
        page.page()
                .evaluate(Files.readString(Browser.MODULES.resolve("axe-core").resolve("axe.min.js")));
        for (ColorScheme theme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            page.page()
                    .emulateMedia(new Page.EmulateMediaOptions()
                            .setColorScheme(theme)
                            .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE));
            Object found = page.page()
                    .evaluate(
                            "axe.run().then(r => r.passes.length + ' rules hold\\n' + r.violations.flatMap(v => v.nodes.map("
                                    + "n => v.id + ' ' + n.target + ' ' + n.html.slice(0, 120) + ' ' + n.failureSummary)).join('\\n'))");
            assertThat(found).as(view + ", " + theme).asString().matches("[1-9]\\d rules hold\n");
        }
    }

    @Test
    void axeFindsNothingInAnyViewAndTheme() throws IOException {
        ChatPage ann = chat.visit(chat.browser().user());
        check(ann, "login");
        ann.enter("ann");
        chat.cyd().say("hello ann, see https://example.org and `code`");
        for (String nick : new String[] {"red", "dan", "eve", "fay", "gus", "hal", "ivy", "jim", "kim", "lea"}) {
            try (Peer other = Peer.enter(nick, chat.server().port())) {
                other.say("my name has a colour");
                other.expect(nick + ": my name has a colour");
            }
        }
        ann.say("/me waves");
        ann.sees("ann waves");
        ann.message("ann waves").hover();
        ann.locator(".toolbar").waitFor();
        check(ann, "room");
        for (String window :
                new String[] {"Settings", "Search messages", "Find rooms", "More", "Join or create a room"}) {
            ann.button(window).click();
            ann.locator("dialog").waitFor();
            check(ann, window);
            ann.page().keyboard().press("Escape");
        }
    }

    @Test
    void axeFindsNothingOnAPhone() throws IOException {
        try (BrowserContext phone = chat.browser().phone(360, 640)) {
            ChatPage bob = chat.visit(phone).enter("bob");
            bob.say("from the phone");
            bob.sees("from the phone");
            check(bob, "room");
            bob.button("Rooms and settings").tap();
            check(bob, "rooms");
        }
    }
}
