package io.teahouse.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The chat page in a real browser: rooms, what is unread, history, replies, reactions, deletion. */
@Tag("browser")
class ChatPageRoomsTest {
    private static final int MANY = 10_000;

    /** For a machine that does other things, too. */
    private static final int FLOOD_MILLIS = 60_000;

    /** Far fewer elements than lines. */
    private static final int MOST_ELEMENTS = 600;

    @RegisterExtension
    final ChatFixture chat = new ChatFixture("teahouse.flood.enabled = off");

    /** Does something again and again, as somebody scrolls, until it has had its effect. */
    private static void repeat(ChatPage page, String script, BooleanSupplier until) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FLOOD_MILLIS);
        while (!until.getAsBoolean()) {
            Assertions.assertThat(System.nanoTime()).as(script).isLessThan(end);
            page.page().evaluate(script);
            page.page().waitForTimeout(50);
        }
    }

    private static double number(Object measured) {
        return ((Number) measured).doubleValue();
    }

    // Rooms

    @Test
    void whatIsUnreadIsCountedUntilTheRoomIsShown() {
        ChatPage ann = chat.enter("ann");
        chat.cyd().say("seen");
        ann.sees("seen");
        ann.join("#tea");
        chat.cyd().say("hello");
        chat.cyd().say("look, ann!");
        assertThat(ann.badge("#lobby")).hasText("1"); // the mention counts
        assertThat(ann.page()).hasTitle("(2) #tea – Teahouse");
        assertThat(ann.locator("link[rel=icon]")).hasAttribute("href", "icon-unread.svg");
        ann.room("#lobby").click();
        ann.sees("look, ann!");
        assertThat(ann.badge("#lobby")).hasCount(0);
        assertThat(ann.page()).hasTitle("#lobby – Teahouse");
        assertThat(ann.locator("link[rel=icon]")).hasAttribute("href", "icon.svg");
        Locator first = ann.locator(".item", "hello");
        assertThat(first.locator(".new-line")).hasText("New");
        assertThat(ann.locator(".new-line")).hasCount(1);
        assertThat(ann.locator(".mention .text mark")).hasText("ann");
    }

    @Test
    void roomsAreFoundJoinedAndLeft() {
        ChatPage ann = chat.enter("ann");
        ann.join("#tea");
        ChatPage bob = chat.enter("bob");
        bob.button("Find rooms").click();
        bob.locator(".hit", "#tea").click();
        bob.sees("#head h1", "#tea");
        assertThat(ann.locator("#members")).containsText("bob");
        bob.choose("More", "Leave the room");
        bob.sees("#head h1", "#lobby");
        assertThat(bob.room("#tea")).hasCount(0);
        assertThat(ann.locator("#members")).not().containsText("bob");
        bob.button("Join or create a room").click();
        bob.page().getByLabel("Name of the room").fill("green tea");
        bob.button("Join").click();
        bob.sees("#head h1", "#green-tea");
    }

    @Test
    void aConversationOpensAtBothSides() {
        ChatPage ann = chat.enter("ann");
        ChatPage bob = chat.enter("bob");
        ann.locator("#members .member", "bob").click();
        ann.button("Message bob").click();
        ann.sees("#head h1", "bob");
        ann.say("only for you");
        ann.sees("only for you");
        assertThat(bob.badge("ann")).hasText("1");
        bob.room("ann").click();
        bob.sees("only for you");
        bob.say("thanks");
        ann.sees("thanks");
    }

    // Messages

    @Test
    void repliesReactionsTypingAndDeletionReachTheOthers() {
        ChatPage ann = chat.enter("ann");
        ChatPage bob = chat.enter("bob");
        ann.say("who wants tea?");
        bob.sees("who wants tea?");
        bob.field().pressSequentially("I");
        assertThat(ann.locator("#typing")).containsText("bob");
        bob.act("who wants tea?", "Reply");
        bob.say("I do");
        assertThat(ann.message("I do").locator(".quote")).containsText("who wants tea?");
        assertThat(ann.locator("#typing")).hasText("");
        bob.act("who wants tea?", "React");
        bob.locator(".toolbar button", "🍵").click();
        assertThat(ann.locator(".reactions button")).hasText("🍵 1");
        ann.locator(".reactions button").click();
        assertThat(bob.locator(".reactions button")).hasText("🍵 2");
        ann.locator(".reactions button").click();
        assertThat(bob.locator(".reactions button")).hasText("🍵 1");
        bob.act("I do", "Delete");
        bob.button("Yes").click();
        assertThat(ann.locator(".deleted")).hasText("This message was deleted.");
        ann.page().reload();
        assertThat(ann.locator(".reactions button")).hasText("🍵 1");
        assertThat(ann.message("I do")).hasCount(0);
    }

    @Test
    void messagesAreGroupedByAuthorAndHaveADayLine() {
        ChatPage ann = chat.enter("ann");
        chat.cyd().say("one");
        chat.cyd().say("two");
        ann.sees("two");
        ann.say("three");
        ann.sees("three");
        assertThat(ann.locator(".message.grouped")).hasCount(1);
        assertThat(ann.locator(".day")).hasText("today");
    }

    @Test
    void copyingSeveralMessagesGivesTimeAndAuthor() {
        ChatPage ann = chat.enter("ann");
        chat.cyd().say("one");
        chat.cyd().say("two");
        ann.sees("two");
        ann.locator("#list").evaluate("list => getSelection().selectAllChildren(list)");
        ann.page().keyboard().press("Control+c");
        String copied = (String) ann.page().evaluate("navigator.clipboard.readText()");
        Assertions.assertThat(copied)
                .containsPattern("\\[\\d\\d:\\d\\d.*\\] <cyd> one\n\\[\\d\\d:\\d\\d.*\\] <cyd> two");
    }

    @Test
    void nicksAndEmojiAreCompleted() {
        ChatPage ann = chat.enter("ann");
        ann.field().pressSequentially("cy");
        ann.field().press("Tab");
        assertThat(ann.field()).hasValue("cyd: ");
        ann.field().pressSequentially(":tea");
        ann.locator(".choices [role=option]").first().waitFor();
        ann.field().press("Enter");
        assertThat(ann.field()).hasValue("cyd: 🍵 ");
    }

    // History

    @Test
    void tenThousandLinesStaySmooth() {
        ChatPage ann = chat.enter("ann");
        for (int i = 0; i < MANY; i++) {
            chat.cyd().say("line " + i);
            if (i % 500 == 499) {
                chat.cyd().until("line " + i);
            }
        }
        ann.message("line " + (MANY - 1)).waitFor(new Locator.WaitForOptions().setTimeout(FLOOD_MILLIS));
        Assertions.assertThat(ann.locator(".item").count()).isLessThan(MOST_ELEMENTS);
        for (int i = 0; i < 20; i++) {
            ann.locator("#list").evaluate("list => list.scrollTop = 0");
            ann.page().waitForTimeout(50); // as somebody scrolls
        }
        Assertions.assertThat(ann.locator(".item").count()).isLessThan(MOST_ELEMENTS);
        chat.cyd().say("meanwhile");
        assertThat(ann.locator("#below")).hasText("1 new message");
        ann.locator("#below").click();
        ann.sees("meanwhile");
        assertThat(ann.locator("#below")).isHidden();
        Assertions.assertThat(ann.errors()).isEmpty();
    }

    @Test
    void whatIsReadStaysInPlaceWhenEarlierLinesComeInFront() {
        for (int i = 0; i < 400; i++) {
            chat.cyd().say("line " + i);
        }
        chat.cyd().until("line 399");
        ChatPage ann = chat.enter("ann");
        ann.sees("line 399");
        assertThat(ann.message("line 200")).hasCount(0);
        Locator watched = ann.message("line 350");
        String bottom = "message => message.getBoundingClientRect().bottom";
        double before = number(watched.evaluate(
                "message => { message.closest('#list').scrollTop = 0; return (" + bottom + ")(message); }"));
        ann.message("line 250")
                .waitFor(new Locator.WaitForOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED));
        // its bottom, because the first line loses its day line and its author, which stand above it
        Assertions.assertThat(number(watched.evaluate(bottom))).isCloseTo(before, Offset.offset(1.0));
        Locator earliest = ann.message("line 0");
        repeat(ann, "document.querySelector('#list').scrollTop = 0", () -> earliest.count() > 0);
        assertThat(ann.message("line 0")).hasCount(1);
        Assertions.assertThat(ann.texts()).doesNotHaveDuplicates();
    }

    @Test
    void aLineThatComesJustThenDoesNotUndoScrollingUp() {
        for (int i = 0; i < 100; i++) {
            chat.cyd().say("line " + i);
        }
        chat.cyd().until("line 99");
        ChatPage ann = chat.enter("ann");
        ann.sees("line 99");
        // somebody scrolls after a line has come, and before it is drawn: the browser reports it with that frame
        ann.page()
                .evaluate("() => { const draw = requestAnimationFrame; window.requestAnimationFrame = each => {"
                        + " window.requestAnimationFrame = draw; document.querySelector('#list').scrollTop = 0;"
                        + " return draw(each); }; }");
        chat.cyd().say("meanwhile");
        assertThat(ann.message("meanwhile")).hasCount(1);
        assertThat(ann.locator("#below")).isVisible();
    }

    @Test
    void aSearchLeadsToTheMessageAndWhatSurroundsIt() {
        chat.cyd().say("before the needle");
        chat.cyd().say("a needle in the hay");
        for (int i = 0; i < 400; i++) {
            chat.cyd().say("hay " + i);
        }
        chat.cyd().until("hay 399");
        ChatPage ann = chat.enter("ann");
        ann.sees("hay 399");
        ann.button("Search messages").click();
        ann.page()
                .getByRole(com.microsoft.playwright.options.AriaRole.SEARCHBOX)
                .fill("needle");
        ann.page().keyboard().press("Enter");
        ann.locator(".hit", "a needle in the hay").click();
        assertThat(ann.message("a needle in the hay")).isFocused();
        ann.sees("before the needle");
        ann.sees("hay 3");
        ann.locator("#below").click();
        ann.sees("hay 399");
        // what is between is missing, and can be filled
        Locator gap = ann.locator("button.gap");
        repeat(ann, "document.querySelector('#list').scrollTop = 0", () -> gap.count() > 0);
        repeat(ann, "document.querySelector('button.gap')?.click()", () -> gap.count() == 0);
        Assertions.assertThat(ann.texts()).doesNotHaveDuplicates();
    }

    @Test
    void everythingCanBeDoneByKeyboard() {
        ChatPage ann = chat.enter("ann");
        chat.cyd().say("one");
        chat.cyd().say("two");
        ann.sees("two");
        Page page = ann.page();
        ann.field().focus();
        page.keyboard().press("ArrowUp");
        assertThat(ann.message("two")).isFocused();
        page.keyboard().press("ArrowUp");
        assertThat(ann.message("one")).isFocused();
        page.keyboard().press("Tab");
        page.keyboard().press("Enter"); // the first action: reply
        assertThat(ann.field()).isFocused();
        assertThat(ann.locator(".reply-bar")).containsText("cyd");
        page.keyboard().type("by keyboard");
        page.keyboard().press("Enter");
        assertThat(ann.message("by keyboard").locator(".quote")).containsText("one");
        page.keyboard().press("Shift+Tab");
        page.keyboard().press("Escape");
        assertThat(ann.field()).isFocused();
    }
}
