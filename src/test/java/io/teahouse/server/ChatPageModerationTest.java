package io.teahouse.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The chat page in a real browser: what operators of a room do, and what those see whom it concerns. */
@Tag("browser")
class ChatPageModerationTest {
    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    private ChatPage ann;
    private ChatPage bob;

    /** ann is the operator of a room that bob knows of. */
    @BeforeEach
    void enter() {
        ann = chat.enter("ann");
        ann.join("#tea");
        bob = chat.enter("bob");
    }

    private static Locator rank(ChatPage page, String nick) {
        return page.locator("#members .member", nick).locator(".rank");
    }

    @Test
    void ranksAreGivenAndTaken() {
        bob.join("#tea");
        assertThat(rank(bob, "ann")).hasText("@");
        ann.member("bob", "Give voice");
        assertThat(rank(bob, "bob")).hasText("+");
        ann.member("bob", "Take the voice");
        assertThat(rank(bob, "bob")).hasText("");
        ann.member("bob", "Make operator");
        assertThat(rank(bob, "bob")).hasText("@");
        bob.member("ann", "Take the operator rank");
        assertThat(rank(ann, "ann")).hasText("");
        ann.locator("#members .member", "bob").click();
        assertThat(ann.button("Message bob")).isVisible();
        assertThat(ann.button("Remove from the room")).hasCount(0);
    }

    @Test
    void somebodyWhoIsRemovedIsToldAndMayComeBack() {
        bob.join("#tea");
        ann.member("bob", "Remove from the room");
        assertThat(bob.locator(".bar")).containsText("You are not in this room.");
        assertThat(ann.locator(".event").last()).containsText("was removed by");
        assertThat(ann.locator("#members .member", "bob")).hasCount(0);
        bob.button("Join").click();
        assertThat(bob.locator(".bar")).hasCount(0);
        bob.say("here again");
        ann.sees("here again");
    }

    @Test
    void theTopicIsChangedAndABanKeepsSomebodyOut() {
        bob.join("#tea");
        ann.locator("#head .topic").click();
        ann.page()
                .getByLabel("Topic", new Page.GetByLabelOptions().setExact(true))
                .fill("oolong");
        ann.page().keyboard().press("Enter");
        assertThat(bob.locator("#head .topic")).hasText("oolong");
        ann.member("bob", "Ban");
        assertThat(bob.locator(".bar")).containsText("You are not in this room.");
        bob.button("Join").click();
        assertThat(bob.locator("#toasts")).containsText("refused");
        assertThat(bob.locator("#members li")).hasCount(0);
    }

    @Test
    void anInvitationOpensARoomThatIsClosedToOthers() {
        ann.say("/mode +i");
        bob.say("/join #tea");
        assertThat(bob.locator("#toasts")).containsText("refused");
        ann.choose("More", "Invite");
        ann.locator("dialog input[name=nick]").fill("bob");
        ann.page().keyboard().press("Enter");
        assertThat(ann.locator("#toasts")).containsText("bob has been invited.");
        Locator invitation = bob.locator(".toast", "ann invites you to #tea.");
        invitation
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Join"))
                .click();
        bob.sees("#head h1", "#tea");
        bob.say("thank you");
        ann.sees("thank you");
    }
}
