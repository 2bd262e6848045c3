package io.teahouse.wire.irc.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import akka.util.ByteString;
import io.teahouse.client.ScriptedSession;
import io.teahouse.client.Viewer;
import io.teahouse.room.Attributes;
import io.teahouse.room.Audience;
import io.teahouse.room.Batches;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomName;
import io.teahouse.room.Topic;
import io.teahouse.room.UserId;
import io.teahouse.wire.irc.IrcDialect;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Events at ann's desk connection, which she caused there or on her phone. A client with metadata sees event by event;
 * one without gets the bytes that are the same for all.
 */
class SeveralConnectionsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final RoomName TEA = RoomName.of("tea");
    private static final Nick ANN = Nick.of("ann");
    private static final Nick BOB = Nick.of("bob");
    private static final Profile BOBS = new Profile("bob", "b.example", "", "", "", false, UserId.ofGuest("bob~1"));
    private static final RoomName WITH_BOB = conversation(BOB);
    private static final RoomName WITH_HERSELF = conversation(ANN);

    private final ScriptedSession session = new ScriptedSession();
    private final IrcDialect dialect = CommandTest.dialect(session, true);
    private final Profile hers = session.profile();
    private final ActorRef<RoomEvent> desk = TestInbox.<RoomEvent>create("desk").getRef();
    private final ActorRef<RoomEvent> phone =
            TestInbox.<RoomEvent>create("phone").getRef();

    private static RoomName conversation(Nick other) {
        return RoomName.conversation(
                UserId.ofNick(ANN).value(), UserId.ofNick(other).value());
    }

    /** @param capabilities with spaces between them; may be empty */
    private void has(String capabilities) {
        begin("CAP REQ :" + capabilities);
        end();
    }

    private void begin(String line) {
        dialect.read(ByteString.fromArray(line.getBytes(UTF_8))).run(session);
    }

    /** The output of a complete request, without user and host. */
    private List<String> end() {
        dialect.progress(true);
        return written();
    }

    private List<String> written() {
        return session.written().stream()
                .map(line -> line.replaceFirst("(:\\w+)!\\S+", "$1"))
                .toList();
    }

    private List<String> shown(EventBatch batch, boolean own) {
        dialect.show(batch, new Viewer(desk, hers, ANN), own);
        return written();
    }

    private RoomEvent.Said said(RoomName room, String text) {
        return said(room, ANN, hers, text);
    }

    private static RoomEvent.Said said(RoomName room, Nick by, Profile profile, String text) {
        return new RoomEvent.Said(
                room, 1, "id", NOON, by, profile, Kind.MESSAGE, text, Attributes.NONE, Audience.ALL, "");
    }

    private static Stream<RoomEvent> unseenBy(Nick nick, Profile profile) {
        Profile away = profile.withAway("out").withRealName("Otherwise");
        return Stream.of(
                new RoomEvent.Renamed(TEA, Nick.of("before"), nick, profile, 1, NOON),
                new RoomEvent.ProfileChanged(TEA, nick, profile, away, 2, NOON),
                new RoomEvent.Left(TEA, nick, profile, Departure.QUIT, "", nick, profile, 3, NOON),
                new RoomEvent.Left(TEA, nick, profile, Departure.LOST, "", nick, profile, 4, NOON));
    }

    private static RoomEvent invitation(Nick by, Profile profile) {
        return new RoomEvent.Invited(TEA, by, profile, Nick.of("carol"), NOON);
    }

    // Messages

    @ParameterizedTest
    @CsvSource({"batch,0", "batch echo-message,1"})
    void aMessageFromThisConnectionIsShownOnlyAsAnEcho(String capabilities, int lines) {
        has(capabilities);
        assertThat(shown(Batches.causedBy(desk, said(TEA, "hi")), true)).hasSize(lines);
        assertThat(shown(Batches.of(said(TEA, "hi")), true)).as("missed").hasSize(lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch", "echo-message", "draft/metadata-3"})
    void aMessageFromAnotherConnectionIsShown(String capabilities) {
        has(capabilities);
        EventBatch batch = Batches.causedBy(phone, said(TEA, "hi"));
        assertThat(shown(batch, false)).containsExactly(":ann PRIVMSG #tea :hi");
        assertThat(shown(batch, true)).as("while this one waits for another").containsExactly(":ann PRIVMSG #tea :hi");
        assertThat(shown(Batches.of(said(TEA, "hi")), false)).as("missed").containsExactly(":ann PRIVMSG #tea :hi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " echo-message"})
    void onlyAMessageFromThisConnectionCarriesTheLabel(String echo) {
        has("labeled-response batch" + echo);
        begin("@label=x PRIVMSG #tea :hi");
        dialect.show(Batches.causedBy(phone, said(TEA, "ho")), new Viewer(desk, hers, ANN), true);
        dialect.show(Batches.causedBy(desk, said(TEA, "hi")), new Viewer(desk, hers, ANN), true);
        assertThat(end())
                .containsExactly(
                        ":ann PRIVMSG #tea :ho",
                        echo.isEmpty() ? "@label=x :irc.test ACK" : "@label=x :ann PRIVMSG #tea :hi");
    }

    @Test
    void aMessageFromAnotherUserOfThatNickIsShown() {
        Profile another = hers.withGuest(UserId.ofGuest("ann~2"));
        assertThat(shown(Batches.of(said(TEA, ANN, another, "hi")), true)).containsExactly(":ann PRIVMSG #tea :hi");
    }

    // Conversations

    @ParameterizedTest
    @CsvSource({"batch,0", "batch echo-message,1"})
    void aPrivateMessageFromThisConnectionIsShownOnlyAsAnEcho(String capabilities, int lines) {
        has(capabilities);
        List<String> echo = Stream.of(":ann PRIVMSG bob :hi").limit(lines).toList();
        assertThat(shown(Batches.causedBy(desk, said(WITH_BOB, "hi")), true)).isEqualTo(echo);
        assertThat(shown(Batches.of(said(WITH_BOB, "hi")), true)).as("missed").isEqualTo(echo);
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch", "echo-message"})
    void aPrivateMessageFromAnotherConnectionIsShownWithThePartner(String capabilities) {
        has(capabilities);
        EventBatch batch = Batches.causedBy(phone, said(WITH_BOB, "hi"));
        assertThat(shown(batch, false)).containsExactly(":ann PRIVMSG bob :hi");
        assertThat(shown(batch, true)).containsExactly(":ann PRIVMSG bob :hi");
        assertThat(shown(Batches.of(said(WITH_BOB, "hi")), false)).containsExactly(":ann PRIVMSG bob :hi");
        assertThat(shown(Batches.of(said(WITH_BOB, BOB, BOBS, "hi")), true)).containsExactly(":bob PRIVMSG ann :hi");
    }

    @ParameterizedTest
    @CsvSource({"batch,1", "batch echo-message,2"})
    void aMessageToOneselfIsDeliveredAndEchoed(String capabilities, int lines) {
        has(capabilities);
        assertThat(shown(Batches.causedBy(desk, said(WITH_HERSELF, "hi")), true))
                .hasSize(lines)
                .containsOnly(":ann PRIVMSG ann :hi");
        assertThat(shown(Batches.causedBy(phone, said(WITH_HERSELF, "hi")), false))
                .containsExactly(":ann PRIVMSG ann :hi");
    }

    // The user

    @ParameterizedTest
    @ValueSource(strings = {"", " draft/metadata-3"})
    void whatConcernsTheUserIsHiddenOnAllConnections(String metadata) {
        has("away-notify setname invite-notify" + metadata);
        Nick stale = Nick.of("before"); // the nick does not identify the user
        assertThat(unseenBy(ANN, hers)).allSatisfy(event -> {
            assertThat(shown(Batches.causedBy(desk, event), true)).isEmpty();
            assertThat(shown(Batches.causedBy(phone, event), false)).isEmpty();
            assertThat(shown(Batches.of(event), false)).isEmpty();
        });
        assertThat(unseenBy(stale, hers))
                .allSatisfy(event ->
                        assertThat(shown(Batches.causedBy(phone, event), false)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " draft/metadata-3"})
    void whatConcernsAnotherUserIsShown(String metadata) {
        has("away-notify setname invite-notify" + metadata);
        EventBatch batch = Batches.causedBy(phone, unseenBy(BOB, BOBS).toArray(RoomEvent[]::new)); // for any cause
        assertThat(shown(batch, true)).hasSize(5);
        assertThat(shown(Batches.causedBy(phone, invitation(BOB, BOBS)), false))
                .containsExactly(":bob INVITE carol #tea");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " draft/metadata-3"})
    void anInvitationIsShownOnTheUsersOtherConnections(String metadata) {
        has("invite-notify" + metadata);
        RoomEvent invitation = invitation(ANN, hers);
        assertThat(shown(Batches.causedBy(desk, invitation), false)).isEmpty();
        assertThat(shown(Batches.causedBy(desk, invitation), true)).isEmpty();
        assertThat(shown(Batches.causedBy(phone, invitation), false)).containsExactly(":ann INVITE carol #tea");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " draft/metadata-3"})
    void theAwayMessageOfTheUsersOwnJoinIsHidden(String metadata) {
        has("away-notify" + metadata);
        Profile away = hers.withAway("out");
        assertThat(shown(Batches.causedBy(phone, new RoomEvent.Joined(TEA, ANN, away, NOON)), false))
                .containsExactly(":ann JOIN #tea");
        assertThat(shown(Batches.of(new RoomEvent.Joined(TEA, BOB, BOBS.withAway("out"), NOON)), false))
                .containsExactly(":bob JOIN #tea", ":bob AWAY :out");
    }

    @Test
    void theTopicFollowsTheJoinOfTheUserUnderAnyNick() {
        dialect.welcomed(
                new RoomEvent.Welcome(TEA, null, ANN, 0, new Topic("green", "bob", NOON), Ranks.NONE, false, true), 0);
        Profile another = hers.withGuest(UserId.ofGuest("ann~2"));
        assertThat(shown(Batches.of(new RoomEvent.Joined(TEA, ANN, another, NOON)), false))
                .containsExactly(":ann JOIN #tea");
        RoomEvent joined = new RoomEvent.Joined(TEA, Nick.of("before"), hers, NOON);
        assertThat(shown(Batches.of(joined, said(TEA, BOB, BOBS, "hi")), true))
                .startsWith(":before JOIN #tea", ":irc.test 332 ann #tea :green")
                .endsWith(":bob PRIVMSG #tea :hi");
    }

    // Renamed rooms

    @ParameterizedTest
    @CsvSource({"false,:ann PART #tea", "true,@batch="})
    void onlyARenameByThisConnectionAnswersTheRequest(boolean own, String start) {
        has("labeled-response batch");
        begin("@label=x RENAME #tea #coffee");
        dialect.roomRenamed(new RoomEvent.RoomRenamed(TEA, RoomName.of("coffee"), ANN, hers, "", NOON), own);
        assertThat(end())
                .filteredOn(line -> line.endsWith(":ann PART #tea"))
                .singleElement()
                .asString()
                .startsWith(start);
    }
}
