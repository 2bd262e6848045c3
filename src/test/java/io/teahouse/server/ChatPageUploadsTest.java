package io.teahouse.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.Base64;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The chat page in a real browser: pictures that are pasted and dropped. */
@Tag("browser")
class ChatPageUploadsTest {
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/files/[0-9a-f]{32}\\.png $");

    @RegisterExtension
    final ChatFixture chat = new ChatFixture(
            "teahouse.accounts.scram-iterations = 4096",
            "teahouse.web.uploads.enabled = on",
            "teahouse.web.uploads.max-bytes = 10000",
            "teahouse.web.uploads.path = \"target/test-uploads/" + System.nanoTime() + "\"");

    private ChatPage register() {
        ChatPage ann = chat.enter("ann");
        ann.register("correct horse");
        return ann;
    }

    /** Pastes or drops a file. */
    private static void bring(ChatPage page, String event, String name, String type, byte[] content) {
        String data = Base64.getEncoder().encodeToString(content);
        page.field()
                .evaluate(
                        "(field, [event, name, type, data]) => {"
                                + " const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));"
                                + " const files = new DataTransfer();"
                                + " files.items.add(new File([bytes], name, { type }));"
                                + " field.dispatchEvent(event === 'paste'"
                                + "   ? new ClipboardEvent('paste', { clipboardData: files, bubbles: true, cancelable: true })"
                                + "   : new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true })); }",
                        new Object[] {event, name, type, data});
    }

    @Test
    void aPastedPictureIsUploadedAndShownOnRequest() {
        ChatPage ann = register();
        ann.type("look");
        bring(ann, "paste", "dot.png", "image/png", UploadsTest.PNG);
        assertThat(ann.field()).hasValue(ADDRESS);
        ann.field().press("Enter");
        chat.cyd().until("look http");
        ChatPage bob = chat.enter("bob");
        assertThat(bob.locator(".picture img")).hasCount(0);
        bob.button("Show the image").click();
        assertThat(bob.locator(".picture img")).hasCount(1);
        Assertions.assertThat(bob.locator(".picture img").evaluate("img => img.decode().then(() => img.naturalWidth)"))
                .isEqualTo(1);
        ann.choose("Settings", "Devices");
        assertThat(ann.locator("dialog li").first()).isVisible();
        assertThat(ann.locator("dialog li", "token")).hasCount(0);
    }

    @Test
    void aDroppedFileThatCannotBeUploadedIsExplained() {
        ChatPage ann = register();
        bring(ann, "drop", "big.png", "image/png", new byte[20_000]);
        assertThat(ann.locator(".hint")).hasText("big.png is too large: at most 9 KiB can be uploaded.");
        bring(ann, "drop", "page.html", "text/html", new byte[10]);
        assertThat(ann.locator(".hint")).hasText("page.html is of a type that cannot be uploaded here.");
        bring(ann, "drop", "fake.png", "image/png", new byte[10]);
        assertThat(ann.locator(".hint"))
                .containsText(
                        "that is not a file of the type that it claims to be",
                        new LocatorAssertions.ContainsTextOptions());
        bring(ann, "drop", "dot.png", "image/png", UploadsTest.PNG);
        assertThat(ann.field()).hasValue(ADDRESS);
    }

    @Test
    void aFileThatIsDroppedBeforeSomebodyHasEnteredDoesNotLeaveThePage() {
        ChatPage page = chat.visit(chat.browser().user());
        Object isHandled = page.page()
                .evaluate("() => { const files = new DataTransfer(); files.items.add(new File(['x'], 'x.txt'));"
                        + " return !document.body.dispatchEvent("
                        + "   new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true })); }");
        Assertions.assertThat(isHandled).isEqualTo(true);
    }

    @Test
    void aGuestIsToldToLogIn() {
        ChatPage bob = chat.enter("bob");
        bring(bob, "paste", "dot.png", "image/png", UploadsTest.PNG);
        assertThat(bob.locator(".hint")).hasText("Log in to upload files.");
    }
}
