package io.teahouse.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import io.teahouse.TestServer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The chat page in a real browser: rooms, what is unread, history, replies, reactions, deletion. */
@Tag("browser")
class ChatPageRoomsTest {
    private static final int MANY = 10_000;

    /** For a machine that does other things, too. */
    private static final int FLOOD_MILLIS = 60_000;

    /** Far fewer elements than lines. */
    private static final int MOST_ELEMENTS = 600;

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
        server = TestServer.start("teahouse.flood.enabled = off");
        cyd = Peer.enter("cyd", server.port());
    }

    @AfterEach
    void stop() {
        cyd.close();
        server.close();
    }

    /** Does something again and again, as somebody scrolls, until it has had its effect. */
    private static void repeat(ChatPage page, String script, BooleanSupplier until) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FLOOD_MILLIS);
        while (!until.getAsBoolean()) {
            Assertions.assertThat(System.nanoTime()).as(script).isLessThan(end);
            page.page().evaluate(script);
            page.page().waitForTimeout(50);
        }
    }

    private ChatPage enter(String name) {
        return browser.enter(name, server.port("web"));
    }

    private static void join(ChatPage page, String room) {
        page.say("/join " + room);
        page.sees("#head h1", room);
    }

    private static Locator room(ChatPage page, String name) {
        return page.locator("#rooms .room", name);
    }

    // Rooms

    @Test
    void whatIsUnreadIsCountedUntilTheRoomIsShown() {
        ChatPage ann = enter("ann");
        cyd.say("seen");
        ann.sees("seen");
        join(ann, "#tea");
        cyd.say("hello");
        cyd.say("look, ann!");
        assertThat(room(ann, "#lobby").locator(".badge")).hasText("1"); // the mention counts
        assertThat(ann.page()).hasTitle("(2) #tea – Teahouse");
        room(ann, "#lobby").click();
        ann.sees("look, ann!");
        assertThat(room(ann, "#lobby").locator(".badge")).hasCount(0);
        assertThat(ann.page()).hasTitle("#lobby – Teahouse");
        Locator first = ann.locator(".item", "hello");
        assertThat(first.locator(".new-line")).hasText("New");
        assertThat(ann.locator(".new-line")).hasCount(1);
        assertThat(ann.locator(".mention .text mark")).hasText("ann");
    }

    @Test
    void roomsAreFoundJoinedAndLeft() {
        ChatPage ann = enter("ann");
        join(ann, "#tea");
        ChatPage bob = enter("bob");
        bob.button("Find rooms").click();
        bob.locator(".hit", "#tea").click();
        bob.sees("#head h1", "#tea");
        assertThat(ann.locator("#members")).containsText("bob");
        bob.button("More").click();
        bob.button("Leave the room").click();
        bob.sees("#head h1", "#lobby");
        assertThat(room(bob, "#tea")).hasCount(0);
        assertThat(ann.locator("#members")).not().containsText("bob");
        bob.button("Join or create a room").click();
        bob.page().getByLabel("Name of the room").fill("green tea");
        bob.button("Join").click();
        bob.sees("#head h1", "#green-tea");
    }

    @Test
    void anOperatorSetsTheTopicAndRemovesAndBansSomebody() {
        ChatPage ann = enter("ann");
        join(ann, "#tea");
        ChatPage bob = enter("bob");
        join(bob, "#tea");
        ann.locator("#head .topic").click();
        ann.page()
                .getByLabel("Topic", new Page.GetByLabelOptions().setExact(true))
                .fill("oolong");
        ann.page().keyboard().press("Enter");
        assertThat(bob.locator("#head .topic")).hasText("oolong");
        ann.locator("#members .member", "bob").click();
        ann.button("Ban").click();
        assertThat(bob.locator(".bar")).containsText("You are not in this room.");
        bob.button("Join").click();
        assertThat(bob.locator("#toasts")).containsText("refused");
        assertThat(bob.locator("#members li")).hasCount(0);
    }

    @Test
    void aConversationOpensAtBothSides() {
        ChatPage ann = enter("ann");
        ChatPage bob = enter("bob");
        ann.locator("#members .member", "bob").click();
        ann.button("Message bob").click();
        ann.sees("#head h1", "bob");
        ann.say("only for you");
        ann.sees("only for you");
        assertThat(room(bob, "ann").locator(".badge")).hasText("1");
        room(bob, "ann").click();
        bob.sees("only for you");
        bob.say("thanks");
        ann.sees("thanks");
    }

    // Messages

    private static void act(ChatPage page, String text, String action) {
        page.message(text).hover();
        page.message(text).locator(".toolbar").getByLabel(action).click();
    }

    @Test
    void repliesReactionsTypingAndDeletionReachTheOthers() {
        ChatPage ann = enter("ann");
        ChatPage bob = enter("bob");
        ann.say("who wants tea?");
        bob.sees("who wants tea?");
        bob.field().pressSequentially("I");
        assertThat(ann.locator("#typing")).containsText("bob");
        act(bob, "who wants tea?", "Reply");
        bob.say("I do");
        assertThat(ann.message("I do").locator(".quote")).containsText("who wants tea?");
        assertThat(ann.locator("#typing")).hasText("");
        act(bob, "who wants tea?", "React");
        bob.locator(".toolbar button", "🍵").click();
        assertThat(ann.locator(".reactions button")).hasText("🍵 1");
        ann.locator(".reactions button").click();
        assertThat(bob.locator(".reactions button")).hasText("🍵 2");
        ann.locator(".reactions button").click();
        assertThat(bob.locator(".reactions button")).hasText("🍵 1");
        act(bob, "I do", "Delete");
        bob.button("Yes").click();
        assertThat(ann.locator(".deleted")).hasText("This message was deleted.");
        ann.page().reload();
        assertThat(ann.locator(".reactions button")).hasText("🍵 1");
        assertThat(ann.message("I do")).hasCount(0);
    }

    @Test
    void messagesAreGroupedByAuthorAndHaveADayLine() {
        ChatPage ann = enter("ann");
        cyd.say("one");
        cyd.say("two");
        ann.sees("two");
        ann.say("three");
        ann.sees("three");
        assertThat(ann.locator(".message.grouped")).hasCount(1);
        assertThat(ann.locator(".day")).hasText("today");
    }

    @Test
    void copyingSeveralMessagesGivesTimeAndAuthor() {
        ChatPage ann = enter("ann");
        cyd.say("one");
        cyd.say("two");
        ann.sees("two");
        ann.locator("#list").evaluate("list => getSelection().selectAllChildren(list)");
        ann.page().keyboard().press("Control+c");
        String copied = (String) ann.page().evaluate("navigator.clipboard.readText()");
        Assertions.assertThat(copied)
                .containsPattern("\\[\\d\\d:\\d\\d.*\\] <cyd> one\n\\[\\d\\d:\\d\\d.*\\] <cyd> two");
    }

    @Test
    void nicksAndEmojiAreCompleted() {
        ChatPage ann = enter("ann");
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
        ChatPage ann = enter("ann");
        for (int i = 0; i < MANY; i++) {
            cyd.say("line " + i);
            if (i % 500 == 499) {
                cyd.until("line " + i);
            }
        }
        ann.message("line " + (MANY - 1)).waitFor(new Locator.WaitForOptions().setTimeout(FLOOD_MILLIS));
        Assertions.assertThat(ann.locator(".item").count()).isLessThan(MOST_ELEMENTS);
        for (int i = 0; i < 20; i++) {
            ann.locator("#list").evaluate("list => list.scrollTop = 0");
            ann.page().waitForTimeout(50); // as somebody scrolls
        }
        Assertions.assertThat(ann.locator(".item").count()).isLessThan(MOST_ELEMENTS);
        cyd.say("meanwhile");
        assertThat(ann.locator("#below")).hasText("1 new message");
        ann.locator("#below").click();
        ann.sees("meanwhile");
        assertThat(ann.locator("#below")).isHidden();
        Assertions.assertThat(ann.errors()).isEmpty();
    }

    @Test
    void whatIsReadStaysInPlaceWhenEarlierLinesComeInFront() {
        for (int i = 0; i < 400; i++) {
            cyd.say("line " + i);
        }
        cyd.until("line 399");
        ChatPage ann = enter("ann");
        ann.sees("line 399");
        assertThat(ann.message("line 200")).hasCount(0);
        Locator first = ann.message("line 350");
        first.scrollIntoViewIfNeeded();
        ann.locator("#list").evaluate("list => list.scrollTop = 0");
        BoundingBox before = first.boundingBox();
        ann.message("line 250")
                .waitFor(new Locator.WaitForOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED));
        BoundingBox after = first.boundingBox();
        // the first line loses its day line and its author, which stand above it
        Assertions.assertThat(Math.abs(after.y + after.height - before.y - before.height))
                .isLessThanOrEqualTo(1);
        Locator earliest = ann.message("line 0");
        repeat(ann, "document.querySelector('#list').scrollTop = 0", () -> earliest.count() > 0);
        assertThat(ann.message("line 0")).hasCount(1);
        Assertions.assertThat(ann.texts()).doesNotHaveDuplicates();
    }

    @Test
    void aSearchLeadsToTheMessageAndWhatSurroundsIt() {
        cyd.say("before the needle");
        cyd.say("a needle in the hay");
        for (int i = 0; i < 400; i++) {
            cyd.say("hay " + i);
        }
        cyd.until("hay 399");
        ChatPage ann = enter("ann");
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
        ChatPage ann = enter("ann");
        cyd.say("one");
        cyd.say("two");
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
