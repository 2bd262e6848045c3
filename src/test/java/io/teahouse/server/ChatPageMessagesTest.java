package io.teahouse.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Contrast;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.ReducedMotion;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The chat page in a real browser: what messages look like, images, completion, dates, contrast, small screens, the keyboard. */
@Tag("browser")
class ChatPageMessagesTest {
    /** One point, transparent. */
    private static final byte[] GIF =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    @RegisterExtension
    final ChatFixture chat = new ChatFixture("teahouse.flood.enabled = off");

    // Texts

    @Test
    void longMessagesAreFoldedUntilTheyAreOpened() {
        ChatPage ann = chat.enter("ann");
        String text = IntStream.range(0, 20).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
        ann.say(text);
        ann.button("Yes").click();
        ann.sees(text);
        Locator shown = ann.message(text).locator(".text");
        double folded = shown.boundingBox().height;
        ann.button("Show all").click();
        assertThat(ann.button("Show less")).hasAttribute("aria-expanded", "true");
        Assertions.assertThat(shown.boundingBox().height).isGreaterThan(folded + 100);
        ann.button("Show less").click();
        assertThat(ann.button("Show all")).hasAttribute("aria-expanded", "false");
        Assertions.assertThat(shown.boundingBox().height).isEqualTo(folded);
        chat.cyd().say("short");
        ann.sees("short");
        assertThat(ann.button("Show all")).hasCount(1);
    }

    @Test
    void codeIsShownAsItIs() {
        ChatPage ann = chat.enter("ann");
        chat.cyd().say("try `a < b && *c*` now");
        assertThat(ann.locator(".text > code")).hasText("a < b && *c*");
        ann.say("```js\nlet x = '<b>';\n  y();\n```");
        Locator block = ann.locator(".text pre code");
        assertThat(block).hasText("let x = '<b>';\n  y();");
        assertThat(block).hasCSS("white-space", "pre");
        assertThat(block).hasCSS("font-family", Pattern.compile("monospace"));
    }

    @Test
    void oneMessageIsCopiedByItsButton() {
        ChatPage ann = chat.enter("ann");
        chat.cyd().say("copy me");
        ann.sees("copy me");
        ann.act("copy me", "Copy");
        assertThat(ann.locator("#toasts")).containsText("Copied");
        Assertions.assertThat((String) ann.page().evaluate("navigator.clipboard.readText()"))
                .matches("\\[\\d\\d:\\d\\d.*] <cyd> copy me");
    }

    @Test
    void imagesAreLoadedOnlyWhenTheyAreAskedFor() {
        ChatPage ann = chat.enter("ann");
        List<Request> requests = new CopyOnWriteArrayList<>();
        ann.page().route("https://pictures.example/**", route -> {
            requests.add(route.request());
            boolean isThere = route.request().url().contains("tea");
            route.fulfill(
                    isThere
                            ? new Route.FulfillOptions()
                                    .setContentType("image/gif")
                                    .setBodyBytes(GIF)
                            : new Route.FulfillOptions().setStatus(404));
        });
        chat.cyd()
                .say("http://pictures.example/a.png https://pictures.example/a.html https://pictures.example/?x=a.png");
        chat.cyd().say("look: https://pictures.example/tea.GIF?size=2");
        chat.cyd().say("and https://pictures.example/none.webp");
        ann.sees("and https://pictures.example/none.webp");
        assertThat(ann.button("Show the image")).hasCount(2);
        Assertions.assertThat(requests).isEmpty();
        ann.button("Show the image").first().click();
        Locator image = ann.locator(".picture img");
        assertThat(image).hasAttribute("alt", "https://pictures.example/tea.GIF?size=2");
        assertThat(image).hasJSProperty("complete", true);
        assertThat(image).hasJSProperty("naturalWidth", 1);
        Assertions.assertThat(requests).hasSize(1);
        Assertions.assertThat(requests.get(0).allHeaders()).doesNotContainKeys("referer", "cookie");
        ann.act("look: https://pictures.example/tea.GIF?size=2", "React"); // what was shown stays
        ann.locator(".toolbar button", "🍵").click();
        assertThat(ann.locator(".reactions button")).hasText("🍵 1");
        assertThat(image).hasCount(1);
        ann.button("Show the image").click();
        assertThat(ann.locator(".picture").last()).hasText("The image cannot be shown.");
    }

    // Writing

    @Test
    void oneOfSeveralNicksIsChosenByArrows() {
        try (Peer cat = Peer.enter("cynthia", chat.server().port())) {
            ChatPage ann = chat.enter("ann");
            cat.expect("ann has joined the chat");
            assertThat(ann.locator("#members .member", "cynthia")).isAttached();
            ann.field().pressSequentially("hi cy");
            ann.field().press("Tab");
            Locator options = ann.locator(".choices [role=option]");
            assertThat(options).hasCount(2);
            String second = options.nth(1).innerText();
            ann.field().press("ArrowDown");
            assertThat(ann.field()).hasAttribute("aria-activedescendant", "choice-1");
            ann.field().press("Enter");
            assertThat(ann.field()).hasValue("hi " + second + " ");
            assertThat(options).hasCount(0);
            ann.field().pressSequentially(":he");
            assertThat(options).not().hasCount(0);
            ann.field().press("Escape");
            assertThat(options).hasCount(0);
            assertThat(ann.field()).hasValue("hi " + second + " :he");
        }
    }

    // History

    @Test
    void aDateLeadsToItsFirstMessage() {
        for (int i = 0; i < 300; i++) {
            chat.cyd().say("line " + i);
        }
        chat.cyd().until("line 299");
        ChatPage ann = chat.enter("ann");
        ann.sees("line 299");
        assertThat(ann.message("line 0")).hasCount(0);
        ann.choose("More", "Go to a date");
        ann.locator("dialog input[type=date]")
                .fill(LocalDate.now(java.time.ZoneId.systemDefault()).toString());
        ann.button("Go").click();
        assertThat(ann.message("line 0")).isFocused();
        assertThat(ann.message("line 0")).isInViewport();
        ann.locator("#below").click();
        assertThat(ann.message("line 299")).isInViewport();
    }

    // What eyes and hands need

    @Test
    void contrastColoursAndMotionAreAsTheSystemWantsThem() {
        ChatPage ann = chat.enter("ann");
        ann.join("#tea");
        Page page = ann.page();
        String color = "e => getComputedStyle(e).borderInlineEndColor";
        page.emulateMedia(new Page.EmulateMediaOptions().setContrast(Contrast.MORE));
        Object text = ann.locator("body").evaluate("e => getComputedStyle(e).color");
        Assertions.assertThat(ann.locator("#rooms").evaluate(color)).isEqualTo(text);
        assertThat(ann.locator("#rooms-title")).hasCSS("color", (String) text);
        page.emulateMedia(new Page.EmulateMediaOptions().setContrast(Contrast.NO_PREFERENCE));
        Assertions.assertThat(ann.locator("#rooms").evaluate(color)).isNotEqualTo(text);

        assertThat(ann.room("#tea")).hasCSS("outline-style", "none");
        page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
        assertThat(ann.room("#tea")).hasCSS("outline-style", "solid");
        chat.cyd().say("one for the badge");
        assertThat(ann.badge("#lobby")).hasCSS("border-top-style", "solid");
        page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.NONE));

        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.NO_PREFERENCE));
        assertThat(ann.locator("#send")).hasCSS("transition-duration", "0.15s");
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        assertThat(ann.locator("#send")).hasCSS("transition-duration", "0s");
        page.waitForFunction("() => document.getAnimations().length === 0"); // what had begun before has ended
    }

    @Test
    void everythingFitsOn320Pixels() {
        ChatPage ann = chat.visit(chat.browser().phone(320, 568));
        fits(ann, "login");
        ann.enter("ann");
        ann.say("a `" + "long_word_".repeat(12) + "` https://example.org/" + "x".repeat(80));
        assertThat(ann.locator(".message a")).isVisible();
        ann.say("```\n" + "code ".repeat(40) + "\n```");
        assertThat(ann.locator(".message pre")).isVisible();
        fits(ann, "messages");
        ann.locator(".message").first().tap();
        assertThat(ann.locator(".toolbar")).isInViewport();
        fits(ann, "toolbar");
        ann.locator(".toolbar").getByLabel("React").tap();
        fits(ann, "reactions");
        for (String window : new String[] {"Search messages", "More"}) {
            ann.button(window).tap();
            fitsInside(ann, window);
        }
        ann.button("Rooms and settings").tap();
        fits(ann, "rooms");
        for (String window : new String[] {"Join or create a room", "Find rooms", "Settings"}) {
            ann.button(window).tap();
            fitsInside(ann, window);
        }
        ann.page().touchscreen().tap(310, 200); // beside the panel
        assertThat(ann.button("Settings")).not().isVisible();
        ann.locator(".members-button").tap();
        fits(ann, "members");
        ann.locator("#members .member", "cyd").tap();
        ann.button("Message cyd").tap();
        ann.sees("#head h1", "cyd");
        ann.type("from a small screen");
        ann.button("Send").tap();
        ann.sees("from a small screen");
        chat.cyd().until("from a small screen");
        fits(ann, "conversation");
    }

    private static void fits(ChatPage page, String view) {
        Assertions.assertThat(page.page().evaluate("document.documentElement.scrollWidth"))
                .as(view)
                .isEqualTo(320);
    }

    private static void fitsInside(ChatPage page, String window) {
        page.locator("dialog").waitFor();
        Assertions.assertThat(page.locator("dialog").evaluate("d => d.scrollWidth - d.clientWidth"))
                .as(window)
                .isEqualTo(0);
        assertThat(page.button("Close")).isInViewport();
        fits(page, window);
        page.button("Close").tap();
    }

    @Test
    void aWholeVisitNeedsOnlyTheKeyboard() {
        ChatPage ann = chat.visit(chat.browser().user());
        Page page = ann.page();
        Locator name = page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true));
        tabTo(ann, "Tab", name);
        page.keyboard().type("ann");
        page.keyboard().press("Enter");
        ann.sees("#head h1", "#lobby");
        assertThat(ann.field()).isFocused();
        page.keyboard().type("hello");
        page.keyboard().press("Enter");
        chat.cyd().until("ann: hello");
        ann.sees("hello");
        page.keyboard().press("ArrowUp");
        assertThat(ann.message("hello")).isFocused();
        tabTo(ann, "Tab", ann.message("hello").getByLabel("Delete"));
        page.keyboard().press("Enter");
        assertThat(ann.locator("dialog :focus")).hasCount(1);
        page.keyboard().press("Enter"); // yes
        assertThat(ann.locator(".deleted")).hasCount(1);
        page.keyboard().press("Escape");
        assertThat(ann.field()).isFocused();
        tabTo(ann, "Shift+Tab", ann.button("Join or create a room"));
        page.keyboard().press("Enter");
        page.keyboard().type("green");
        page.keyboard().press("Enter");
        ann.sees("#head h1", "#green");
        tabTo(ann, "Shift+Tab", ann.room("#lobby"));
        page.keyboard().press("Enter");
        ann.sees("#head h1", "#lobby");
        assertThat(ann.field()).isFocused();
        tabTo(ann, "Tab", ann.locator("#members .member", "cyd"));
        page.keyboard().press("Enter");
        assertThat(ann.button("Message cyd")).isFocused();
        page.keyboard().press("Enter");
        ann.sees("#head h1", "cyd");
        page.keyboard().type("only for you");
        page.keyboard().press("Enter");
        chat.cyd().until("only for you");
    }

    /** Presses a key until that element has the focus. */
    private static void tabTo(ChatPage page, String key, Locator wanted) {
        wanted.waitFor();
        for (int i = 0; i < 60; i++) {
            if (Boolean.TRUE.equals(wanted.evaluate("e => e === document.activeElement"))) {
                return;
            }
            page.page().keyboard().press(key);
        }
        Assertions.fail("%s does not lead to %s", key, wanted);
    }
}
