package io.teahouse.tool.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.teahouse.room.Attributes;
import io.teahouse.room.Audience;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Redacted;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomEvent.TopicChanged;
import io.teahouse.room.RoomName;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ExportFormatTest {
    private static final RoomName TEA = RoomName.of("Tea");
    private static final Nick ANN = Nick.of("Ann");
    private static final Profile GUEST = new Profile("ann", "192.0.2.1", "", "", "", false);
    private static final Instant AT = Instant.parse("2026-11-24T22:36:00.120Z");

    private static String written(Recorded event) throws IOException {
        StringBuilder out = new StringBuilder();
        ExportFormat.write(event, out);
        return out.toString();
    }

    private static Said said(RoomName room, Profile by, Kind kind, String text, Audience audience) {
        return new Said(room, 7, "abc-7", AT, ANN, by, kind, text, Attributes.NONE, audience, "");
    }

    private static Said said(String text) {
        return said(TEA, GUEST, Kind.MESSAGE, text, Audience.ALL);
    }

    /** Parses the line with an independent parser. */
    private static Config parsed(String line) {
        return ConfigFactory.parseString(line, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
    }

    @Test
    void aMessageIsALineWithoutEmptyFields() throws IOException {
        assertThat(written(said("hello")))
                .isEqualTo("{\"room\":\"Tea\",\"seq\":7,\"id\":\"abc-7\",\"at\":\"2026-11-24T22:36:00.120Z\","
                        + "\"type\":\"message\",\"text\":\"hello\",\"nick\":\"Ann\",\"user\":\"ann\","
                        + "\"host\":\"192.0.2.1\"}\n");
    }

    @Test
    void allStoredFieldsAreExported() throws IOException {
        Profile full = new Profile("u", "h", "Ann Smith", "ann", "", true);
        Attributes attributes = new Attributes(Map.of("+x", "1; \"2\""));
        Said said = new Said(
                TEA, 8, "abc-8", AT, ANN, full, Kind.ACTION, "waves", attributes, Audience.OPERATORS, "client-1");
        Config line = parsed(written(said));
        assertThat(line.getString("type")).isEqualTo("action");
        assertThat(line.getObject("attributes").unwrapped()).isEqualTo(Map.of("+x", "1; \"2\""));
        assertThat(line.getString("audience")).isEqualTo("operators");
        assertThat(line.getString("account")).isEqualTo("ann");
        assertThat(line.getString("real_name")).isEqualTo("Ann Smith");
        assertThat(line.getBoolean("bot")).isTrue();
        assertThat(line.getString("client_id")).isEqualTo("client-1");
    }

    @Test
    void aTopicAndARedactionHaveTheirOwnTypes() throws IOException {
        Config topic = parsed(written(new TopicChanged(TEA, 1, "abc-1", AT, ANN, GUEST, "green tea", "")));
        assertThat(topic.getString("type")).isEqualTo("topic");
        assertThat(topic.getString("text")).isEqualTo("green tea");
        Config redaction = parsed(written(new Redacted(TEA, 2, "abc-2", AT, ANN, GUEST, "abc-1", 1, "a mistake", "")));
        assertThat(redaction.getString("type")).isEqualTo("redaction");
        assertThat(redaction.getString("target")).isEqualTo("abc-1");
        assertThat(redaction.getString("text")).isEqualTo("a mistake");
    }

    @Test
    void aConversationNamesBothParticipants() throws IOException {
        RoomName room = RoomName.conversation("n:bob", "a:ann@home");
        Config line = parsed(written(said(room, GUEST, Kind.MESSAGE, "psst", Audience.ALL)));
        assertThat(line.hasPath("room")).isFalse();
        assertThat(line.getStringList("conversation")).containsExactly("account:ann@home", "nick:bob");
    }

    @Test
    void aConversationWithOneselfNamesTheParticipantTwice() throws IOException {
        RoomName room = RoomName.conversation("a:ann", "a:ann");
        Config line = parsed(written(said(room, GUEST, Kind.MESSAGE, "note", Audience.ALL)));
        assertThat(line.getStringList("conversation")).containsExactly("account:ann", "account:ann");
    }

    @Test
    void noTextBreaksTheLine() throws IOException {
        String line = written(said("a\nb\rc\u0085d\u2028e\u2029f\u007fg\u0000h\t\"\\"));
        assertThat(line)
                .contains("a\\nb\\u000dc\\u0085d\\u2028e\\u2029f\\u007fg\\u0000h\\u0009\\\"\\\\")
                .matches("[^\\n]*\\n");
    }

    @Test
    void lettersAreWrittenAsTheyAreAndUnpairedSurrogatesAreEscaped() throws IOException {
        assertThat(written(said("茶 🍵 \ud83c! \udf75"))).contains("\"茶 🍵 \\ud83c! \\udf75\"");
    }

    @Property(tries = 300)
    void anyTextCanBeReadBack(@ForAll String text) throws IOException {
        Config line = parsed(written(said(text)));
        assertThat(line.hasPath("text") ? line.getString("text") : "").isEqualTo(text);
    }
}
