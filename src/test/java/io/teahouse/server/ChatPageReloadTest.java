package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the chat page keeps when it is loaded again, or opened twice. */
@Tag("browser")
class ChatPageReloadTest {
    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    @Test
    void aRefusedMessageCanBeSentAgainAlsoAfterAReload() {
        try (Peer op = Peer.connect("op", chat.server().port("irc"))) {
            op.say("NICK op");
            op.say("USER op 0 * :x");
            op.say("JOIN #tea");
            op.say("MODE #tea +m");
            op.until("MODE #tea +m");
            ChatPage ann = chat.enter("ann");
            ann.join("#tea");
            ann.say("may I?");
            ann.seesState("may I?", "Not sent: ");
            ann.page().reload();
            ann.seesState("may I?", "Not sent: ");
            op.say("MODE #tea -m");
            op.until("MODE #tea -m");
            ann.button("Send again").click();
            ann.sees("may I?");
            assertThat(op.until("PRIVMSG")).endsWith("PRIVMSG #tea :may I?");
        }
    }

    @Test
    void aDraftSurvivesAnotherRoomAndAReload() {
        ChatPage ann = chat.enter("ann");
        ann.join("#tea");
        ann.type("not finished");
        ann.room("#lobby").click();
        PlaywrightAssertions.assertThat(ann.field()).hasValue("");
        ann.page().reload();
        ann.room("#tea").click();
        PlaywrightAssertions.assertThat(ann.field()).hasValue("not finished");
    }

    @Test
    void aSecondTabOfAGuestTakesOverTheConversation() {
        ChatPage first = chat.enter("ann");
        ChatPage second = chat.visit(first.page().context());
        second.page().getByLabel("Name").fill("ann");
        second.button("Enter").click();
        second.button("Use it here").click();
        second.sees("#head h1", "#lobby");
        first.button("Use it here").waitFor();
        second.say("here I am");
        second.sees("here I am");
    }
}
