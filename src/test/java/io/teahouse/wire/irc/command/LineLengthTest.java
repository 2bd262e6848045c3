package io.teahouse.wire.irc.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.teahouse.client.ScriptedSession;
import io.teahouse.room.Nick;
import io.teahouse.user.Notification;
import io.teahouse.user.UserMode;
import io.teahouse.wire.irc.IrcDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Lines from the server fit into 512 bytes, with the line end. */
class LineLengthTest {
    private static final int LINE = 512;

    private static List<String> answers(String... script) {
        return CommandTest.play(List.of(script)).stream()
                .filter(line -> line.startsWith("< "))
                .map(line -> line.substring(2))
                .toList();
    }

    private static int bytes(String line) {
        return line.getBytes(UTF_8).length + 2;
    }

    @Test
    void theReplyToTheLongestPingFits() {
        List<String> pong = answers("> PING " + "x".repeat(LINE - 2 - "PING ".length()));
        assertThat(pong).singleElement().satisfies(line -> {
            assertThat(bytes(line)).isEqualTo(LINE);
            assertThat(line).startsWith(":irc.test PONG irc.test :xxx");
        });
    }

    @Test
    void aPongIsCutBetweenCharacters() {
        List<String> pong = answers("> PING " + "é".repeat(250));
        assertThat(pong).singleElement().satisfies(line -> {
            assertThat(bytes(line)).isBetween(LINE - 1, LINE);
            assertThat(line).endsWith("é");
        });
    }

    @Test
    void clientsWithout302SeeAsManyCapabilitiesAsFitIntoOneLine() {
        assertThat(answers("new", "> CAP LS"))
                .singleElement()
                .satisfies(line -> assertThat(bytes(line)).isLessThanOrEqualTo(LINE));
    }

    @Test
    void onlyAsManyDraftsAsNeededAreLeftOutFromTheEnd() {
        List<String> all = List.of("away", "draft/one", "batch", "draft/two", "setname");
        int length = String.join(" ", all).length();
        assertThat(CapCommand.forOneLine(all, length)).isEqualTo(all);
        assertThat(CapCommand.forOneLine(all, length - 1)).containsExactly("away", "draft/one", "batch", "setname");
        assertThat(CapCommand.forOneLine(all, length - "draft/two ".length() - 1))
                .containsExactly("away", "batch", "setname");
    }

    @Test
    void aRefusedRequestIsRepeatedInLinesThatFit() {
        String asked = "nonsense " + "batch ".repeat(80).strip();
        List<String> lines = answers("> CAP REQ :" + asked);
        assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(bytes(line)).isLessThanOrEqualTo(LINE));
        assertThat(String.join(" ", lines).replace(":irc.test CAP ann NAK :", ""))
                .isEqualTo(asked);
    }

    @Test
    void aLongParameterOfAReplyIsCutAndTheOthersStay() {
        String name = "é".repeat(240);
        List<String> lines = answers("> WHOIS " + name);
        assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(bytes(line)).isBetween(LINE - 1, LINE));
        assertThat(lines.get(0)).matches(":irc.test 401 ann é{240} :No.*");
        assertThat(lines.get(1)).matches(":irc.test 318 ann é{240} :End.*");
    }

    @Test
    void aLongParameterOfAStandardReplyIsCut() {
        List<String> lines = answers("> CAP REQ :draft/metadata-3 batch", "> METADATA " + "x".repeat(480) + " LIST");
        assertThat(lines.get(1))
                .startsWith(":irc.test FAIL METADATA INVALID_TARGET xxx")
                .contains("x :");
        assertThat(bytes(lines.get(1))).isEqualTo(LINE);
    }

    @Test
    void aLongQuitMessageIsCut() {
        List<String> lines = answers("> QUIT :" + "é".repeat(250));
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(bytes(line)).isBetween(LINE - 1, LINE);
            assertThat(line).startsWith("ERROR :Closing Link: Quit: ééé");
        });
    }

    @Test
    void longWallopsTakeSeveralLines() {
        ScriptedSession session = new ScriptedSession();
        IrcDialect dialect = CommandTest.dialect(session, true);
        session.setMode(UserMode.WALLOPS, true);
        String text = "é".repeat(250);
        dialect.notified(
                new Notification.Wallops(Nick.of("bob"), session.identity().profile(), text));
        String start = ":bob!ann@192.0.2.1 WALLOPS :";
        List<String> lines = session.written();
        assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line).startsWith(start));
        assertThat(bytes(lines.get(0))).isBetween(LINE - 1, LINE);
        assertThat(String.join("", lines).replace(start, "")).isEqualTo(text);
    }

    @Test
    void noRequestedNickIsLeftOut() {
        String asked = "bob ".repeat(100).strip();
        assertThat(answers("> ISON :" + asked)).containsExactly(":irc.test 303 ann :bob");
        List<String> names = new ArrayList<>();
        for (int i = 100; i < 160; i++) {
            names.add("nick" + i);
        }
        List<String> told = answers("> MONITOR + " + String.join(",", names));
        assertThat(told).allSatisfy(line -> assertThat(bytes(line)).isLessThanOrEqualTo(LINE));
        assertThat(told.stream()
                        .filter(line -> line.contains(" 734 "))
                        .map(line -> line.split(" ", -1)[4])
                        .collect(Collectors.joining(",")))
                .isEqualTo(String.join(",", names.subList(2, 60)));
    }

    @Test
    void aTargetThatLeavesNoRoomForATimestampIsRefused() {
        assertThat(answers("> MARKREAD " + "x".repeat(480))).singleElement().satisfies(line -> {
            assertThat(line).contains(" FAIL MARKREAD INVALID_PARAMS ");
            assertThat(bytes(line)).isLessThanOrEqualTo(LINE);
        });
    }

    /** A mask must not be cut: it would match other users. */
    @Test
    void aMaskThatWouldNotFitIsRefused() {
        assertThat(answers("> MODE #tea +b " + "m".repeat(243))).isEmpty(); // passed on to the room
        assertThat(answers("> MODE #tea +b " + "m".repeat(244)))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith(":irc.test 696 ann #tea b mmm")
                        .contains(" :A mask has"));
    }

    @Test
    void aLabelThatIsTooLongIsIgnored() {
        assertThat(answers("> CAP REQ :labeled-response", "> @label=" + "x".repeat(64) + " PING a"))
                .last(as(STRING))
                .startsWith("@label=xxx");
        assertThat(answers("> CAP REQ :labeled-response", "> @label=" + "x".repeat(65) + " PING a"))
                .last(as(STRING))
                .startsWith(":irc.test PONG");
    }
}
