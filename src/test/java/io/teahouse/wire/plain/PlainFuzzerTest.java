package io.teahouse.wire.plain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.teahouse.client.Request;
import io.teahouse.client.ScriptedSession;
import io.teahouse.room.Nick;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.Topic;
import io.teahouse.user.CaseMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines at the plain door; {@link FuzzTest} makes them at random. */
class PlainFuzzerTest {
    private static final RoomName TEA = RoomName.of("tea");
    private static final Nick ANN = Nick.of("ann");
    private static final int MAX_LINE = 100;
    private static final int NAMED = 1;
    private static final int CHUNKS = 2;

    static Stream<byte[]> seeds() {
        List<String> lines = new ArrayList<>(List.of(
                "0ann\nhi",
                "1//me",
                "1\u0007\u00ff\u00f0hi\b\b\u007fho\u0015bye",
                "1\uFFFD[A\uFF0Flogin ann secret",
                "3hi\rlogin ann secret",
                "2ann\0\r"));
        for (PlainCommand command : PlainCommand.values()) {
            String name = command.name().toLowerCase(Locale.ROOT);
            lines.add("1/" + name + "\n/" + name + " bob\n/" + name + " garden 10 x");
        }
        return lines.stream().map(text -> text.getBytes(UTF_8));
    }

    /** @param sent one byte that tells what has happened before, then lines */
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void noInputThrows(byte[] sent) {
        if (sent.length == 0) {
            return;
        }
        ScriptedSession session = new ScriptedSession();
        PlainDialect dialect = new PlainDialect(
                new PlainSettings(Optional.of(TEA), (sent[0] & CHUNKS) != 0, MAX_LINE, 1000, 0, CaseMapping.ASCII));
        dialect.opened(session);
        if ((sent[0] & NAMED) != 0) {
            session.isCalledAnn();
            dialect.named(ANN, ANN);
            dialect.welcomed(new RoomEvent.Welcome(TEA, null, ANN, 0, Topic.NONE, Ranks.NONE, false, true), 0);
            session.isInTea();
        }
        ByteString rest = ByteString.fromArray(sent).drop(1);
        while (rest.nonEmpty()) {
            int end = rest.indexOf((byte) '\n');
            Request request = dialect.read(end < 0 ? rest : rest.take(end));
            request.run(session);
            rest = end < 0 ? ByteString.emptyByteString() : rest.drop(end + 1);
            assertThat(session.written()).allSatisfy(line -> assertThat(line).isEqualTo(PlainText.clean(line)));
            session.asked();
        }
    }
}
