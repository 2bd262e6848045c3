package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import io.teahouse.cluster.Samples;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an application sends a room fails where it is made, and not in the room. */
class MessageChecksTest {
    private static final ActorRef<RoomEvent> MEMBER =
            TestInbox.<RoomEvent>create().getRef();
    private static final ActorRef<RoomReply> REPLIES =
            TestInbox.<RoomReply>create().getRef();
    private static final Samples SAMPLES = new Samples(MEMBER);

    static Stream<Class<?>> messages() {
        return Stream.concat(
                Stream.of(RoomActor.Command.class, RoomDirectory.Command.class, RoomOperation.class, Anchor.class)
                        .flatMap(MessageChecksTest::records),
                Stream.of(
                        OutgoingMessage.class,
                        Attributes.class,
                        Profile.class,
                        Nick.class,
                        RoomName.class,
                        UserId.class,
                        ModeChange.class,
                        HistoryRange.class,
                        Refusal.class,
                        RoomActor.Identity.class,
                        RoomActor.Back.class,
                        RoomDirectory.Opener.class));
    }

    private static Stream<Class<?>> records(Class<?> type) {
        if (type.isSealed()) {
            return Arrays.stream(type.getPermittedSubclasses()).flatMap(MessageChecksTest::records);
        }
        return type.isRecord() && Modifier.isPublic(type.getModifiers()) ? Stream.of(type) : Stream.empty();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void noComponentIsNull(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Constructor<?> constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        for (int missing = 0; missing < components.length; missing++) {
            Object[] values = Arrays.stream(components)
                    .map(component -> SAMPLES.of(component.getGenericType()))
                    .toArray();
            if (!components[missing].getType().isPrimitive()) {
                values[missing] = null;
                assertThatThrownBy(() -> construct(constructor, values))
                        .as("%s without %s", type.getSimpleName(), components[missing].getName())
                        .isInstanceOf(NullPointerException.class)
                        .hasMessage(nameOf(type, components[missing]) + " must not be null");
            }
        }
    }

    /** The text of a name is called as users know it, who see the message. */
    private static String nameOf(Class<?> type, RecordComponent component) {
        return switch (type.getSimpleName() + "." + component.getName()) {
            case "Nick.text" -> "a name";
            case "Nick.key" -> "a name's folded form";
            case "RoomName.text" -> "the name of a room";
            case "RoomName.key" -> "the folded name of a room";
            default -> component.getName();
        };
    }

    private static void construct(Constructor<?> constructor, Object[] values) throws Throwable {
        try {
            constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void theConstructorsForApplicationsSayTheSame() {
        assertThatThrownBy(() -> new RoomActor.Say(MEMBER, (String) null, REPLIES))
                .hasMessage("text must not be null");
        assertThatThrownBy(() -> new RoomActor.Join(null, MEMBER, REPLIES)).hasMessage("nick must not be null");
        assertThatThrownBy(() -> new RoomActor.Join(Nick.of("ann"), null, REPLIES))
                .hasMessage("member must not be null");
        assertThatThrownBy(() -> Nick.of(null)).hasMessage("a name must not be null");
        assertThatThrownBy(() -> RoomName.of(null)).hasMessage("the name of a room must not be null");
    }

    @Test
    void namesAreNotEmpty() {
        assertThatThrownBy(() -> Nick.of("")).hasMessage("a name must not be empty");
        assertThatThrownBy(() -> RoomName.of("")).hasMessage("the name of a room must not be empty");
        assertThatThrownBy(() -> new Profile("", "host", "", "", "", false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the user name of a profile must not be empty");
        assertThatThrownBy(() -> new Profile("user", "", "", "", "", false))
                .hasMessage("the host of a profile must not be empty");
    }

    @Test
    void noAttributeIsNull() {
        Map<String, String> values = new HashMap<>();
        values.put("reply", null);
        assertThatThrownBy(() -> Attributes.of(values)).hasMessage("the value of reply must not be null");
    }

    /** The room reads it later, in its own thread. */
    @Test
    void collectionsAreCopied() {
        List<ModeChange> changes = new ArrayList<>(List.of(new ModeChange(true, Mode.MODERATED, "")));
        RoomActor.SetModes set = new RoomActor.SetModes(MEMBER, changes, REPLIES);
        changes.clear();
        assertThat(set.changes()).hasSize(1);
        Map<String, String> metadata = new HashMap<>(Map.of("url", "https://example.org"));
        RoomActor.TellMetadata tell = new RoomActor.TellMetadata(MEMBER, metadata, 0, REPLIES);
        metadata.clear();
        assertThat(tell.changes()).hasSize(1);
    }
}
