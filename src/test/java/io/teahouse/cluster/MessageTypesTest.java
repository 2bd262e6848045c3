package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of the messages between nodes is complete, and releases with different tables understand each other. */
class MessageTypesTest {
    private static final String HERE = MessageTypesTest.class.getName() + "$";

    /** A record in two releases. */
    record Before(String name) {}

    record After(List<String> devices, String name, Optional<Color> color, long count, boolean away) {}

    record Part(int number) {}

    enum Color {
        GREEN,
        BLACK
    }

    enum LaterColor {
        WHITE,
        GREEN,
        BLACK
    }

    record Painted(Color color) {}

    record PaintedLater(LaterColor color) {}

    private static RecordCodec codec(String... lines) {
        List<String> all = Stream.concat(Stream.of(lines), Stream.of("enum @Color GREEN BLACK"))
                .map(line -> line.replace("@", HERE))
                .toList();
        return new RecordCodec(new FixedRefs(), MessageTypes.parse(all));
    }

    private final RecordCodec earlier = codec("version 1", "message 1 @Before name", "message 2 @Painted color");
    private final RecordCodec later =
            codec("version 2", "message 1 @After name | devices color count away", "message 3 @Part number");

    static Stream<Class<?>> messages() {
        return Stream.concat(
                Samples.types(),
                new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("io.teahouse.cluster")
                                .stream()
                                .filter(each -> each.isAssignableTo(ClusterMessage.class) && each.isRecord())
                                .map(JavaClass::reflect));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyMessageIsInTheTable(Class<?> type) {
        assertThat(new RecordCodec(new FixedRefs()).isMessage(type)).isTrue();
    }

    @Test
    void everyMessageOfTheTableHasASample() {
        assertThat(MessageTypes.load().lines().stream()
                        .filter(line -> line.kind().hasNumber())
                        .map(MessageTypes.Line::type))
                .containsExactlyInAnyOrderElementsOf(messages().distinct().toList());
    }

    @Test
    void anOlderReleaseSkipsWhatWasAdded() {
        After after = new After(List.of("phone", "phone"), "ann", Optional.of(Color.BLACK), 3, true);
        assertThat(earlier.fromBytes(later.toBytes(after))).isEqualTo(new Before("ann"));
        assertThat(later.fromBytes(later.toBytes(after))).isEqualTo(after);
    }

    @Test
    void whatAnOlderReleaseDoesNotSendIsEmpty() {
        assertThat(later.fromBytes(earlier.toBytes(new Before("ann"))))
                .isEqualTo(new After(List.of(), "ann", Optional.empty(), 0, false));
    }

    @Test
    void anUnknownMessageIsRefusedWithItsNumberAndVersion() {
        assertThatThrownBy(() -> earlier.fromBytes(later.toBytes(new Part(1))))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("type 3")
                .hasMessageContaining("version 2 ");
    }

    @Test
    void aConstantIsKnownByItsNameWhateverItsPlace() {
        RecordCodec painted = codec("version 2", "message 2 @PaintedLater color", "enum @LaterColor GREEN BLACK WHITE");
        assertThat(painted.fromBytes(earlier.toBytes(new Painted(Color.BLACK))))
                .isEqualTo(new PaintedLater(LaterColor.BLACK));
        assertThatThrownBy(() -> earlier.fromBytes(painted.toBytes(new PaintedLater(LaterColor.WHITE))))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Color")
                .hasMessageContaining("version 2 ");
    }

    @Test
    void aTableThatDoesNotMatchTheCodeIsRefused() {
        for (String wrong : List.of(
                "message 1 @Before",
                "message 1 @Before other",
                "message 1 @Nothing name",
                "messages 1 @Before name",
                "message 1 @Painted color\nmessage 1 @Before name",
                "message 1 @Before name\nmessage 2 @Before name",
                "enum @LaterColor GREEN BLACK",
                "message 1 @After name devices color count away other")) {
            assertThatThrownBy(() -> codec(wrong.split("\n"))).as(wrong).isInstanceOf(CodecException.class);
        }
    }
}
