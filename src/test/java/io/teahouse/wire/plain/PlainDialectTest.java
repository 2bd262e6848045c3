package io.teahouse.wire.plain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import akka.util.ByteString;
import io.teahouse.client.Dialect.NameProblem;
import io.teahouse.client.ScriptedSession;
import io.teahouse.client.Viewer;
import io.teahouse.room.Attributes;
import io.teahouse.room.Batches;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.Topic;
import io.teahouse.room.UserId;
import io.teahouse.user.CaseMapping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lines of a client named ann: their calls of the session ({@code ?}) and their replies ({@code <}). */
class PlainDialectTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final RoomName TEA = RoomName.of("tea");
    private static final RoomName GARDEN = RoomName.of("garden");
    private static final Nick ANN = Nick.of("ann");
    private static final Nick BOB = Nick.of("bob");
    private static final int MAX_LINE = 100;

    private final ScriptedSession session = new ScriptedSession();
    private PlainDialect dialect = opened(Optional.of(TEA), false);

    private PlainDialect opened(Optional<RoomName> room, boolean chunks) {
        PlainDialect opened = dialect(room, chunks);
        opened.opened(session);
        session.written();
        return opened;
    }

    private static PlainDialect dialect(Optional<RoomName> room, boolean chunks) {
        return new PlainDialect(new PlainSettings(room, chunks, MAX_LINE, 1000, 0, CaseMapping.ASCII));
    }

    private List<String> seen() {
        List<String> seen = new ArrayList<>();
        session.asked().forEach(asked -> seen.add("? " + asked));
        session.written().forEach(line -> seen.add("< " + line));
        return seen;
    }

    private List<String> type(byte[] line) {
        dialect.read(ByteString.fromArray(line)).run(session);
        return seen();
    }

    private List<String> type(String line) {
        return type(line.getBytes(UTF_8));
    }

    /** The client has a name and is in no room yet. */
    private void isNamed() {
        session.isCalledAnn();
        dialect.named(ANN, ANN);
    }

    private void isIn(RoomName room, Topic topic) {
        dialect.welcomed(new RoomEvent.Welcome(room, null, ANN, 0, topic, Ranks.NONE, false, true), 0);
    }

    private void isInTea() {
        isNamed();
        isIn(TEA, Topic.NONE);
        session.isInTea();
    }

    @Test
    void aLoginThatArrivesWithTheLineBeforeIsNotSent() {
        dialect = opened(Optional.of(TEA), true);
        isInTea();
        assertThat(type("hi\n/login ann secret"))
                .containsExactly("< ! not said, because it may contain a password: commands begin with /, type /help");
    }

    private Viewer viewer() {
        return new Viewer(TestInbox.<RoomEvent>create("ann").getRef(), session.profile(), ANN);
    }

    private List<String> show(RoomEvent event) {
        dialect.show(Batches.of(event), viewer(), false);
        return seen();
    }

    private static RoomEvent joined(RoomName room, String name) {
        return new RoomEvent.Joined(room, Nick.of(name), Profile.APPLICATION, NOON);
    }

    private static RoomEvent.Said said(RoomName room, Nick by, String text) {
        return said(room, by, Profile.APPLICATION, text);
    }

    private static RoomEvent.Said said(RoomName room, Nick by, Profile profile, String text) {
        return new RoomEvent.Said(
                room,
                1,
                "id",
                NOON,
                by,
                profile,
                RoomEvent.Kind.MESSAGE,
                text,
                Attributes.NONE,
                io.teahouse.room.Audience.ALL,
                "");
    }

    // Before there is a name

    @Test
    void theGreetingIsOneLine() {
        dialect.opened(session);
        assertThat(seen()).singleElement().asString().contains("to the room tea", "/help", "{quit}");
    }

    @Test
    void theFirstLineIsOnlyTheName() {
        assertThat(type(" ann ")).containsExactly("? claim ann");
        assertThat(type("/join tea")).containsExactly("? claim /join tea");
        assertThat(type("//x")).containsExactly("? claim //x");
        assertThat(type("")).containsExactly("< ! type your name");
        assertThat(type("{quit}")).containsExactly("? quit");
        assertThat(type("/quit")).containsExactly("? quit");
        assertThat(type("/help")).hasSizeGreaterThan(10).allMatch(line -> line.startsWith("< -- /"));
    }

    @Test
    void aUserWithANameJoinsTheFirstRoom() {
        isNamed();
        assertThat(seen()).containsExactly("? join tea");
        assertThat(session.identity().user()).isPresent();
    }

    @Test
    void withoutAFirstRoomTheClientSeesWhatToType() {
        dialect = opened(Optional.empty(), false);
        isNamed();
        assertThat(seen()).containsExactly("< -- you are ann, and in no room: type /join ROOM");
        assertThat(type("hi")).containsExactly("< ! you are in no room: type /join ROOM");
    }

    @Test
    void aRefusedNameIsAskedForAgain() {
        dialect.nameRefused("bob", NameProblem.TAKEN, "the name bob is taken");
        assertThat(seen()).containsExactly("< ! the name bob is taken: type another name");
        isInTea();
        dialect.nameRefused("bob", NameProblem.TAKEN, "the name bob is taken");
        assertThat(seen()).containsExactly("< ! the name bob is taken: type /nick and another name");
    }

    // Lines

    @Test
    void everyFurtherLineIsAMessageToTheRoom() {
        isInTea();
        assertThat(type("hi")).containsExactly("? say tea MESSAGE 'hi'");
        assertThat(type("  hi  ")).containsExactly("? say tea MESSAGE '  hi  '");
        assertThat(type("你好")).containsExactly("? say tea MESSAGE '你好'");
        assertThat(type("//quit")).containsExactly("? say tea MESSAGE '/quit'");
        assertThat(type("{quit} she said")).containsExactly("? say tea MESSAGE '{quit} she said'");
        assertThat(type("")).isEmpty();
        assertThat(dialect.read(ByteString.fromString("hi")).isPipelined()).isTrue();
    }

    @Test
    void commandsCallTheSession() {
        isInTea();
        assertThat(type("/me waves")).containsExactly("? say tea ACTION 'waves'");
        assertThat(type("/ME waves")).containsExactly("? say tea ACTION 'waves'");
        assertThat(type("/join #garden sesame")).containsExactly("? join garden sesame");
        assertThat(type("/join TEA")).containsExactly("< ! you are in tea already");
        assertThat(type("/nick anna")).containsExactly("? claim anna");
        assertThat(type("/msg bob hi there")).containsExactly("? whisper bob MESSAGE 'hi there'");
        assertThat(type("/msg carol hi"))
                .containsExactly("< ! there is nobody called carol: type /who to see who is here");
        assertThat(type("/topic green")).containsExactly("? topic tea 'green'");
        assertThat(type("/topic -")).containsExactly("? topic tea ''");
        assertThat(type("/topic")).containsExactly("? describe tea", "< -- topic of tea: green");
        assertThat(type("/part so long")).containsExactly("? part tea so long");
        assertThat(type("/quit so long")).containsExactly("? quit so long");
    }

    @Test
    void listsAndTopicsAreShown() {
        isInTea();
        assertThat(type("/who")).containsExactly("? names tea", "< -- in tea: @ann, bob, dan");
        assertThat(type("/rooms")).containsExactly("? list rooms", "< -- tea (2): green");
        assertThat(type("/history")).containsExactly("? history tea newest 20", "< -- no messages are stored here");
        assertThat(type("/history 5000")).first().isEqualTo("? history tea newest 1000");
    }

    @Test
    void anIncompleteCommandShowsItsUsage() {
        isInTea();
        assertThat(type("/join")).containsExactly("< ! type /join ROOM");
        assertThat(type("/nick")).containsExactly("< ! type /nick NAME");
        assertThat(type("/msg bob")).containsExactly("< ! type /msg NAME TEXT");
        assertThat(type("/me")).containsExactly("< ! type /me TEXT");
        assertThat(type("/history -1")).containsExactly("< ! type /history and a number from 1 to 1000");
        assertThat(type("/history 0")).containsExactly("< ! type /history and a number from 1 to 1000");
        assertThat(type("/dance")).containsExactly("< ! there is no command /dance: type /help, or //dance to say it");
        assertThat(type("/join a,b"))
                .singleElement()
                .asString()
                .startsWith("< ! ")
                .endsWith(": type /join ROOM");
    }

    @Test
    void badInputIsMadeHarmless() {
        isInTea();
        assertThat(type("a\rbob: b\u001b[2J\u202e"))
                .containsExactly("? say tea MESSAGE 'a\uFFFDbob: b\uFFFD[2J\uFFFD'");
        assertThat(type(new byte[] {'h', (byte) 0xC3, 'i'})).containsExactly("? say tea MESSAGE 'h\uFFFDi'");
        assertThat(type(new byte[] {(byte) 0xFF, (byte) 0xFB, 1, 'h', 'i'})).containsExactly("? say tea MESSAGE 'hi'");
        dialect.overlong().run(session);
        assertThat(seen()).containsExactly("< ! that line was longer than 100 bytes and was dropped");
    }

    // Events

    @Test
    void joiningARoomShowsItsTopicAndLeavesThePreviousOne() {
        isInTea();
        type("/join garden");
        isIn(GARDEN, new Topic("roses\u001b[2J", "eve", NOON));
        assertThat(seen()).containsExactly("? part tea", "< -- topic of garden: roses\uFFFD[2J");
        assertThat(show(joined(TEA, "carol")))
                .as("what still comes from the room before")
                .isEmpty();
        assertThat(show(joined(GARDEN, "ann"))).containsExactly("< ann has joined the chat");
        dialect.departed(TEA);
        assertThat(seen()).isEmpty();
        dialect.departed(GARDEN);
        assertThat(seen()).containsExactly("< -- you are in no room now: type /join ROOM");
    }

    @Test
    void messagesCannotPassForOtherLines() {
        isInTea();
        assertThat(show(said(TEA, BOB, "one\nann: two\r\u001b[2J")))
                .containsExactly("< bob: one", "< bob: ann: two\uFFFD\uFFFD[2J");
        assertThat(show(said(TEA, BOB, ""))).containsExactly("< bob: ");
    }

    @Test
    void privateMessagesShowBothNames() {
        isInTea();
        RoomName both = RoomName.conversation(
                UserId.ofNick(ANN).value(), UserId.ofNick(BOB).value());
        assertThat(show(said(both, BOB, "psst"))).containsExactly("< [bob -> you] psst");
        assertThat(show(said(both, ANN, "psst"))).containsExactly("< [you -> bob] psst");
    }

    @Test
    void privateMessagesFromAnotherConnectionOfTheUserShowThePartner() {
        isInTea();
        RoomName both = RoomName.conversation(
                UserId.ofNick(ANN).value(), UserId.ofNick(BOB).value());
        ActorRef<RoomEvent> phone = TestInbox.<RoomEvent>create("phone").getRef();
        RoomEvent.Said psst = said(both, ANN, session.profile(), "psst");
        dialect.show(Batches.causedBy(phone, psst), viewer(), false);
        assertThat(seen()).containsExactly("< [you -> bob] psst");
        Profile another = session.profile().withGuest(UserId.ofGuest("ann~2"));
        assertThat(show(said(both, ANN, another, "psst")))
                .as("from somebody who has that name now")
                .containsExactly("< [ann -> you] psst");
    }

    @Test
    void clientsWithTheSameViewShareOneRendering() {
        isInTea();
        EventBatch batch = Batches.of(said(TEA, BOB, "hi"));
        dialect.show(batch, viewer(), false);
        ByteString first = batch.renderings().of(PlainDialect.class, ByteString.class, ByteString::emptyByteString);
        assertThat(first.utf8String()).isEqualTo("bob: hi\n");
    }

    // Clients that send no line ends

    @Test
    void aClientWithoutLineEndsGetsNothingBeforeItsNameAndNoLineEnds() {
        dialect = dialect(Optional.of(TEA), true);
        dialect.opened(session);
        assertThat(seen()).isEmpty();
        dialect.framed(false);
        assertThat(type("ann")).containsExactly("? claim ann");
        isInTea();
        show(said(TEA, BOB, "1"));
        dialect.show(Batches.of(said(TEA, BOB, "2"), said(TEA, BOB, "3")), viewer(), false);
        assertThat(session.written()).containsExactly("bob: 2bob: 3");
        assertThat(dialect.lastWords("bye").utf8String()).isEqualTo("! bye");
    }

    @Test
    void aClientWithLineEndsIsGreetedEvenInChunksMode() {
        dialect = opened(Optional.of(TEA), true);
        dialect.framed(true);
        assertThat(seen()).singleElement().asString().startsWith("< -- Welcome");
        isInTea();
        assertThat(show(said(TEA, BOB, "1"))).containsExactly("< bob: 1");
    }
}
