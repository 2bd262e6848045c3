package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The chat page in a real browser: entering, talking, what others may not do to it, languages, screens. */
@Tag("browser")
class ChatPageTest {
    private static final int MOST_BYTES = 150_000;

    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    private ChatPage enter(String name) {
        ChatPage page = chat.enter(name);
        chat.cyd().expect(name + " has joined the chat");
        return page;
    }

    @Test
    void aNameIsEnoughToBeInTheSameRoomAsNetcat() {
        ChatPage ann = enter("ann");
        ChatPage bob = enter("bob");
        ann.say("grüß Gott");
        chat.cyd().expect("ann: grüß Gott");
        ann.sees("grüß Gott");
        bob.sees("grüß Gott");
        chat.cyd().say("hi");
        chat.cyd().expect("cyd: hi");
        ann.sees("hi");
        bob.sees("hi");
        ann.say("/me waves");
        chat.cyd().expect("* ann waves");
        PlaywrightAssertions.assertThat(bob.locator(".action .text")).hasText("ann waves");
        bob.locator("#members").getByText("cyd").waitFor();
        ann.page().close();
        chat.cyd().expect("ann has left the chat...");
        assertThat(ann.errors()).isEmpty();
        assertThat(bob.errors()).isEmpty();
    }

    @Test
    void aNameInUseIsRefusedAndAnotherCanBeTyped() {
        ChatPage page = chat.visit(chat.browser().user());
        page.page().getByLabel("Name").fill("cyd");
        page.button("Enter").click();
        PlaywrightAssertions.assertThat(page.locator(".problem").first()).containsText("That name is taken");
        page.enter("dan");
        chat.cyd().expect("dan has joined the chat");
    }

    @Test
    void aReloadedPageIsBackInItsRoomWithWhatWasSaid() {
        ChatPage ann = enter("ann");
        chat.cyd().say("before");
        ann.sees("before");
        ann.page().reload();
        ann.sees("#head h1", "#lobby");
        ann.sees("before");
        chat.cyd().say("after");
        ann.sees("after");
    }

    // What others send

    @Test
    void whatOthersSendIsTextAndNothingElse() {
        ChatPage ann = enter("ann");
        String[] hostile = {
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<a href=javascript:alert(1)>x</a> javascript:alert(1)"
        };
        chat.cyd().say("\u202eevil\u202d \u2067left");
        for (String text : hostile) {
            chat.cyd().say(text);
        }
        chat.cyd().say("after it");
        ann.sees("after it");
        for (String text : hostile) {
            ann.sees(text);
        }
        assertThat(ann.locator("#list script, #list img, #list a").count()).isZero();
        Locator last = ann.message("after it").locator(".text");
        assertThat(last.boundingBox().x)
                .isEqualTo(ann.message(hostile[0]).locator(".text").boundingBox().x);
        PlaywrightAssertions.assertThat(ann.locator(".text", "evil")).hasCSS("unicode-bidi", "isolate");
        assertThat(ann.errors()).isEmpty();
    }

    @Test
    void linksLeadOutsideWithoutTellingFromWhere() {
        ChatPage ann = enter("ann");
        chat.cyd().say("see https://example.org/a_(b), or ftp://x");
        Locator link = ann.locator("#list a");
        PlaywrightAssertions.assertThat(link).hasText("https://example.org/a_(b)");
        PlaywrightAssertions.assertThat(link).hasAttribute("rel", "noopener noreferrer nofollow");
        PlaywrightAssertions.assertThat(link).hasAttribute("target", "_blank");
    }

    // Writing

    @Test
    void theEnterThatEndsACompositionSendsNothing() {
        ChatPage ann = enter("ann");
        ann.field().focus();
        CDPSession devtools = ann.page().context().newCDPSession(ann.page());
        JsonObject composed = new JsonObject();
        composed.addProperty("text", "你好");
        composed.addProperty("selectionStart", 2);
        composed.addProperty("selectionEnd", 2);
        devtools.send("Input.imeSetComposition", composed);
        key(devtools, "keyDown");
        key(devtools, "keyUp");
        assertThat(ann.field().inputValue()).isEqualTo("你好");
        JsonObject text = new JsonObject();
        text.addProperty("text", "你好");
        devtools.send("Input.insertText", text);
        chat.cyd().say("nothing yet?");
        ann.sees("nothing yet?");
        assertThat(ann.texts()).doesNotContain("你好");
        ann.field().press("Enter");
        chat.cyd().expect("cyd: nothing yet?");
        chat.cyd().expect("ann: 你好");
    }

    /** As browsers report keys that an input method handles. */
    private static void key(CDPSession devtools, String type) {
        JsonObject key = new JsonObject();
        key.addProperty("type", type);
        key.addProperty("key", "Enter");
        key.addProperty("code", "Enter");
        key.addProperty("windowsVirtualKeyCode", 229);
        devtools.send("Input.dispatchKeyEvent", key);
    }

    @Test
    void severalLinesAreOneMessageAndManyAreAskedAbout() {
        ChatPage ann = enter("ann");
        ann.type("one");
        ann.field().press("Shift+Enter");
        ann.field().pressSequentially("two");
        ann.sees(".hint", "2 lines, one message");
        ann.field().press("Enter");
        ann.sees("one\ntwo");
        String many = "a\n".repeat(12) + "end";
        ann.say(many);
        ann.button("Cancel").click();
        assertThat(ann.field().inputValue()).isEqualTo(many);
        ann.field().press("Enter");
        ann.button("Yes").click();
        ann.sees(many);
    }

    @Test
    void aPasteThatIsTooLongIsRefusedAndKept() {
        ChatPage ann = enter("ann");
        String huge = "x".repeat(64 * 1024);
        ann.page().evaluate("text => navigator.clipboard.writeText(text)", huge);
        ann.field().press("Control+v");
        PlaywrightAssertions.assertThat(ann.field()).hasValue(huge);
        ann.field().press("Enter");
        ann.sees(".hint", "That is too long: 65536 of 4096 bytes.");
        assertThat(ann.field().inputValue()).isEqualTo(huge);
        String long1 = "好 ".repeat(500).strip();
        ann.say(long1);
        ann.sees(long1);
        assertThat(ann.errors()).isEmpty();
    }

    // Languages and screens

    @Test
    void whatFitsHasNoScrollBar() {
        ChatPage ann = enter("ann");
        ann.type("hi");
        assertThat(ann.page().evaluate("document.documentElement.scrollHeight - innerHeight"))
                .isEqualTo(0);
        assertThat(ann.field().evaluate("field => field.scrollHeight - field.clientHeight"))
                .isEqualTo(0);
    }

    @Test
    void thePageSpeaksTheLanguageOfTheBrowser() {
        ChatPage ann = chat.visit(chat.browser().user("zh-CN"));
        ann.page().getByLabel("名字").fill("ann");
        ann.button("进入").click();
        chat.cyd().expect("ann has joined the chat");
        ann.sees("#rooms-title", "房间");
        chat.cyd().say("你好");
        ann.sees("你好");
        PlaywrightAssertions.assertThat(ann.locator("html")).hasAttribute("lang", "zh");
        PlaywrightAssertions.assertThat(ann.field()).hasAttribute("placeholder", "发送到 #lobby");
    }

    @Test
    void theThemeIsThatOfTheSystemOrTheOneChosen() {
        ChatPage ann = enter("ann");
        Page page = ann.page();
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        PlaywrightAssertions.assertThat(ann.locator("body")).hasCSS("background-color", "rgb(255, 255, 255)");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        PlaywrightAssertions.assertThat(ann.locator("body")).hasCSS("background-color", "rgb(20, 25, 23)");
        ann.button("Settings").click();
        ann.button("Theme: as the system").click();
        ann.button("Theme: light").waitFor();
        PlaywrightAssertions.assertThat(ann.locator("body")).hasCSS("background-color", "rgb(255, 255, 255)");
    }

    @Test
    void aPhoneShowsEverythingWithoutScrollingSideways() {
        for (int width : new int[] {360, 320}) {
            try (BrowserContext phone = chat.browser().phone(width, 640)) {
                ChatPage ann = chat.visit(phone);
                ann.enter("ann" + width);
                chat.cyd().expect("ann" + width + " has joined the chat");
                chat.cyd().say("x".repeat(300) + " " + width);
                ann.locator(".message").last().waitFor();
                assertThat(ann.page().evaluate("document.documentElement.scrollWidth"))
                        .isEqualTo(width);
                assertThat(ann.field().evaluate("f => getComputedStyle(f).fontSize"))
                        .isEqualTo("16px");
                assertThat(ann.field().boundingBox().y + ann.field().boundingBox().height)
                        .isLessThanOrEqualTo(640);
                ann.button("Rooms and settings").tap();
                ann.button("Settings").waitFor();
                ann.page().keyboard().press("Escape");
                PlaywrightAssertions.assertThat(ann.button("Settings")).not().isVisible();
            }
            chat.cyd().expect("cyd: " + "x".repeat(300) + " " + width);
            chat.cyd().expect("ann" + width + " has left the chat...");
        }
    }

    @Test
    void thePageCanBeInstalled() {
        ChatPage page = chat.visit(chat.browser().user());
        CDPSession devtools = page.page().context().newCDPSession(page.page());
        JsonObject manifest = devtools.send("Page.getAppManifest");
        assertThat(manifest.getAsJsonArray("errors")).isEmpty();
        assertThat(JsonParser.parseString(manifest.get("data").getAsString())
                        .getAsJsonObject()
                        .keySet())
                .contains("name", "short_name", "id", "start_url", "scope", "display", "icons", "theme_color");
        List<String> obstacles = new ArrayList<>();
        devtools.send("Page.getInstallabilityErrors")
                .getAsJsonArray("installabilityErrors")
                .forEach(error ->
                        obstacles.add(error.getAsJsonObject().get("errorId").getAsString()));
        obstacles.remove("in-incognito"); // as each context of a test is
        assertThat(obstacles).isEmpty();
        for (String icon : new String[] {"icon.svg", "icon-maskable.svg", "icon-unread.svg"}) {
            APIResponse answer = page.page().request().get(chat.address() + icon);
            assertThat(answer.headers()).as(icon).containsEntry("content-type", "image/svg+xml");
        }
    }

    @Test
    void theFirstLoadIsLight() {
        BrowserContext user = chat.browser().user();
        Page page = user.newPage();
        int[] bytes = new int[1];
        page.onRequestFinished(
                request -> bytes[0] += request.sizes().responseBodySize + request.sizes().responseHeadersSize);
        page.navigate(chat.address());
        page.getByLabel("Name").waitFor();
        assertThat(bytes[0]).isPositive().isLessThan(MOST_BYTES);
        user.close();
    }
}
