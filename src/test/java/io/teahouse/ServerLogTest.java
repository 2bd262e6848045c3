package io.teahouse;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerLogTest {
    @ParameterizedTest
    @ValueSource(strings = {"named: ann (127.0.0.1:1)", "naïve", "你好", "👩", "שלום", "a\\b"})
    void whatPeopleWriteStaysAsItIs(String text) {
        assertThat(ServerLog.escape(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x0A, 0x0D, 0x09, 0x00, 0x1B, 0x7F, 0x85, 0x9B, 0xA0, 0xAD, 0x061C, 0x115F, 0x200B, 0x200E, 0x200F,
                0x2028, 0x2029, 0x202A, 0x202E, 0x2066, 0x2069, 0x2800, 0x3000, 0x3164, 0xE000, 0xFEFF, 0xFFF9
            })
    void whatCouldImitateOrDisturbIsEscaped(int c) {
        assertThat(ServerLog.escape("a" + Character.toString(c) + "b"))
                .isEqualTo(String.format(java.util.Locale.ROOT, "a\\u%04xb", c));
    }

    @Test
    void soAreTagsAndHalvesOfPairs() {
        assertThat(ServerLog.escape("a" + Character.toString(0xE0041) + "b")).isEqualTo("a\\U000e0041b");
        assertThat(ServerLog.escape("a\ud83d")).isEqualTo("a\\ud83d");
    }

    private static LoggerContext context() {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        return context;
    }

    private static LoggingEvent left() {
        LoggingEvent event =
                new LoggingEvent("x", context().getLogger("a.B"), Level.INFO, "left: {}", null, new Object[] {
                    "ann \"a=1\"\nlevel=error\u202e"
                });
        event.setMDCPropertyMap(Map.of("connection", "12"));
        return event;
    }

    private static String written(LogSettings.Format format, LoggingEvent event) {
        return new String(ServerLog.encoder(context(), format).encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void textNamesTheConnection() {
        assertThat(written(LogSettings.Format.TEXT, left()))
                .endsWith(" INFO  B left: ann \"a=1\"\\u000alevel=error\\u202e connection=12\n");
    }

    @Test
    void pairsAreOneLineThatNobodyCanForge() {
        assertThat(written(LogSettings.Format.PAIRS, left()))
                .matches(
                        "time=\\S+Z level=info logger=a\\.B msg=\"left: ann \\\\\"a=1\\\\\"\\\\nlevel=error\\\\u202e\" connection=12\n");
    }

    @Test
    void aStackTraceIsOnePair() {
        LoggingEvent event = new LoggingEvent(
                "x", context().getLogger("a.B"), Level.ERROR, "failed", new IllegalStateException("one\ntwo"), null);
        assertThat(written(LogSettings.Format.PAIRS, event))
                .containsOnlyOnce("\n")
                .contains(
                        " msg=failed error=\"java.lang.IllegalStateException: one\\ntwo\" stack=\"java.lang.IllegalStateException: one");
    }

    @Test
    void jsonIsAnObjectPerLine() throws JsonProcessingException {
        String line = written(LogSettings.Format.JSON, left());
        assertThat(line).containsOnlyOnce("\n");
        JsonNode object = new ObjectMapper().readTree(line);
        assertThat(object.get("level").asText()).isEqualTo("INFO");
        assertThat(object.get("formattedMessage").asText()).startsWith("left: ann \"a=1\"\n");
        assertThat(object.get("mdc").get("connection").asText()).isEqualTo("12");
        assertThat(object.get("timestamp").asLong()).isPositive();
    }

    @Test
    void levelsAreThoseOfTheSettingsEachTime() {
        LoggerContext context = context();
        ServerLog.levels(
                context,
                new LogSettings(
                        LogSettings.Format.TEXT,
                        LogSettings.Level.WARN,
                        Map.of("io.teahouse.net", LogSettings.Level.DEBUG, "org.sqlite", LogSettings.Level.TRACE)));
        assertThat(context.getLogger("io.teahouse.net.Listener").getEffectiveLevel())
                .isEqualTo(Level.DEBUG);
        assertThat(context.getLogger("io.teahouse.room.Room").getEffectiveLevel())
                .isEqualTo(Level.WARN);
        assertThat(context.getLogger("org.sqlite").getEffectiveLevel()).isEqualTo(Level.TRACE);
        ServerLog.levels(context, new LogSettings(LogSettings.Format.TEXT, LogSettings.Level.INFO, Map.of()));
        assertThat(context.getLogger("io.teahouse.net.Listener").getEffectiveLevel())
                .isEqualTo(Level.INFO);
        assertThat(context.getLogger("org.sqlite").getEffectiveLevel()).isEqualTo(Level.OFF);
    }

    @Test
    void everyLineIsSafeAndBeginsWithItsTime() {
        LoggerContext context = context();
        LoggingEvent event = new LoggingEvent(
                "x",
                context.getLogger("a.B"),
                Level.WARN,
                "refused: {}",
                new IllegalStateException("one\n2026-01-01T00:00:00Z INFO fake\u202e"),
                new Object[] {"ann\n2026\u001b[2J"});
        String text =
                new String(ServerLog.encoder(context, LogSettings.Format.TEXT).encode(event), StandardCharsets.UTF_8);
        String[] lines = text.split(System.lineSeparator());
        assertThat(lines[0])
                .endsWith("WARN  B refused: ann\\u000a2026\\u001b[2J")
                .matches("\\d{4}-.*Z WARN .*");
        assertThat(Arrays.asList(lines).subList(1, lines.length)).allMatch(line -> line.startsWith("    "));
        assertThat(text).contains("fake\\u202e").doesNotContain("\u202e");
    }
}
