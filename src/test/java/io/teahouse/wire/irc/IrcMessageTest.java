package io.teahouse.wire.irc;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import io.teahouse.room.support.Glob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IrcMessageTest {
    private static final Config VECTORS = ConfigFactory.parseResources("irc/parser-tests.conf");

    private static IrcMessage atoms(Config vector) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Map.Entry<String, ConfigValue> tag : vector.getObject("tags").entrySet()) {
            tags.put(tag.getKey(), String.valueOf(tag.getValue().unwrapped()));
        }
        return new IrcMessage(
                tags, vector.getString("source"), vector.getString("verb"), vector.getStringList("params"));
    }

    static Stream<Config> split() {
        return VECTORS.getConfigList("split").stream().map(Config.class::cast);
    }

    @ParameterizedTest
    @MethodSource("split")
    void linesAreParsedAsInOtherImplementations(Config vector) {
        assertThat(IrcMessage.parse(vector.getString("input"))).isEqualTo(atoms(vector));
    }

    static Stream<Config> join() {
        return VECTORS.getConfigList("join").stream().map(Config.class::cast);
    }

    @ParameterizedTest
    @MethodSource("join")
    void messagesAreFormattedAsInOtherImplementations(Config vector) {
        assertThat(vector.getStringList("matches")).contains(atoms(vector).format());
    }

    static Stream<Config> masks() {
        return VECTORS.getConfigList("masks").stream().map(Config.class::cast);
    }

    @ParameterizedTest
    @MethodSource("masks")
    void masksMatchAsInOtherImplementations(Config vector) {
        String mask = vector.getString("mask");
        assertThat(vector.getStringList("matches"))
                .allMatch(text -> Glob.exact(mask).fits(text));
        assertThat(vector.getStringList("fails"))
                .noneMatch(text -> Glob.exact(mask).fits(text));
    }

    @Property
    void aFormattedMessageParsesToItself(@ForAll("messages") IrcMessage message) {
        assertThat(IrcMessage.parse(message.format())).isEqualTo(message);
    }

    @Provide
    Arbitrary<IrcMessage> messages() {
        Arbitrary<String> word = Arbitraries.strings()
                .withChars("aZ09#+!@中é{}[]\\;=")
                .ofMinLength(1)
                .ofMaxLength(9);
        Arbitrary<String> middle = word.filter(text -> text.charAt(0) != ':');
        Arbitrary<String> command = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(9);
        Arbitrary<String> last = Arbitraries.strings().withChars(" :a中\u0001").ofMaxLength(9);
        Arbitrary<String> name =
                Arbitraries.strings().withChars("ab+/-").ofMinLength(1).ofMaxLength(5);
        Arbitrary<String> value = Arbitraries.strings().withChars("a; \\\r\n:中").ofMaxLength(9);
        return Combinators.combine(
                        Arbitraries.maps(name, value).ofMaxSize(4),
                        word.filter(text -> !text.contains(" ")).injectNull(0.5),
                        command,
                        middle.list().ofMaxSize(5),
                        last.injectNull(0.5))
                .as((tags, source, verb, middles, trailing) -> {
                    List<String> params = Stream.concat(middles.stream(), Stream.ofNullable(trailing))
                            .toList();
                    return new IrcMessage(tags, source == null ? "" : source, verb, params);
                });
    }

    /** IRCv3 message-tags, "format"; and relayed tags are no longer than those received. */
    @Property
    void onlyClientOnlyTagsAreRelayed(@ForAll("tags") String text) {
        String kept = IrcTags.clientOnly(IrcTags.parse(text));
        assertThat(IrcTags.parse(kept).keySet())
                .allMatch(name -> name.matches("[+]([A-Za-z0-9-]+([.][A-Za-z0-9-]+)*/)?[A-Za-z0-9-]+"));
        assertThat(IrcText.size(kept)).isLessThanOrEqualTo(IrcText.size(text));
    }

    @Provide
    Arbitrary<String> tags() {
        return Arbitraries.strings().withChars("+a0-/.=;\\:_s\u00e9").ofMaxLength(30);
    }

    @Property(tries = 5000)
    void anyLineParses(@ForAll String line) {
        IrcMessage message = IrcMessage.parse(line);
        assertThat(message.command()).doesNotContain(" ");
        assertThat(message.params().stream().limit(Math.max(0, message.params().size() - 1)))
                .noneMatch(param -> param.contains(" "));
    }

    @Property
    void aTextIsCutBetweenCharacters(@ForAll("texts") String text, @ForAll("sizes") int bytes) {
        String cut = IrcText.cut(text, bytes);
        assertThat(text).startsWith(cut);
        assertThat(IrcText.size(cut)).isLessThanOrEqualTo(bytes);
        assertThat(cut.getBytes(java.nio.charset.StandardCharsets.UTF_8)).hasSize(IrcText.size(cut));
        assertThat(String.join("", IrcText.split(text, Math.max(4, bytes)))).isEqualTo(text);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "é", "中", "😀").list().ofMaxSize(30).map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.integers().between(0, 60);
    }
}
