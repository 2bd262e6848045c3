package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.Behavior;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.teahouse.cluster.Samples;
import io.teahouse.room.local.LocalRooms;
import io.teahouse.room.local.RegistrationLimitActor;
import io.teahouse.testkit.TestRoom;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A match table ignores a command that it does not know: this test tries every command. */
class MatchTableTest {
    /** A command that no table knows. */
    private record Unknown() implements RoomActor.Internal {}

    /** Sealed interfaces keep all commands of rooms in the package. */
    private static final JavaClasses ROOMS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.teahouse.room");

    private static final Samples SAMPLES =
            new Samples(TestInbox.create("anybody").getRef());

    static List<Class<?>> commandsOfARoom() {
        return concrete(RoomActor.Command.class).stream()
                .filter(command -> command.getEnclosingClass() != RoomOpening.class)
                .toList();
    }

    static List<Class<?>> commandsOfADirectory() {
        return concrete(RoomDirectory.Command.class);
    }

    static List<Class<?>> commandsOfALimit() {
        return concrete(RegistrationLimit.Command.class);
    }

    private static List<Class<?>> concrete(Class<?> command) {
        return ROOMS.stream()
                .filter(type -> type.isAssignableTo(command))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .<Class<?>>map(JavaClass::reflect)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commandsOfARoom")
    void aRoomHandlesAllItsCommands(Class<?> type) {
        assertThat(isHandled(RoomActor.create(TestRoom.TEA), (RoomActor.Command) anyOf(type)))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("commandsOfADirectory")
    void aDirectoryHandlesAllItsCommands(Class<?> type) {
        assertThat(isHandled(LocalRooms.create(), (RoomDirectory.Command) anyOf(type)))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("commandsOfALimit")
    void aLimitHandlesAllItsCommands(Class<?> type) {
        Behavior<RegistrationLimit.Command> limit =
                RegistrationLimitActor.create(new MemoryRoomLogs(), RegistrationLimit.Quota.UNLIMITED);
        assertThat(isHandled(limit, (RegistrationLimit.Command) anyOf(type))).isTrue();
    }

    @Test
    void allCommandsAreTried() {
        assertThat(commandsOfARoom())
                .contains(
                        RoomActor.Join.class,
                        RoomActor.Leave.class,
                        RoomActor.Say.class,
                        RoomActor.SetTopic.class,
                        RoomActor.Rename.class,
                        RoomActor.Kick.class,
                        RoomActor.Names.class,
                        RoomActor.History.class,
                        RoomActor.StopIfEmpty.class,
                        EventPublisher.CaughtUp.class)
                .containsAll(permitted(PendingQueue.Signal.class));
        assertThat(commandsOfADirectory()).contains(RoomDirectory.Locate.class, RoomDirectory.ListRooms.class);
        assertThat(commandsOfALimit()).hasSize(2);
    }

    @Test
    void anUnhandledCommandIsNoticed() {
        assertThat(isHandled(RoomActor.create(TestRoom.TEA), new Unknown())).isFalse();
    }

    private static List<Class<?>> permitted(Class<?> type) {
        return List.of(type.getPermittedSubclasses());
    }

    /** It does not matter what a handler does with a meaningless command, only that there is one. */
    private static <C> boolean isHandled(Behavior<C> actor, C command) {
        BehaviorTestKit<C> kit = BehaviorTestKit.create(actor);
        try {
            kit.run(command);
        } catch (RuntimeException e) {
            return true;
        }
        return !Behavior.isUnhandled(kit.returnedBehavior());
    }

    private static Object anyOf(Class<?> type) {
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(
                    Arrays.stream(components).map(MatchTableTest::valueOf).toArray());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type + " cannot be made", e);
        }
    }

    /** What an application sends has no null; what an actor sends itself may be of any type. */
    private static @Nullable Object valueOf(RecordComponent component) {
        try {
            return SAMPLES.of(component.getGenericType());
        } catch (LinkageError | RuntimeException e) {
            return null;
        }
    }
}
