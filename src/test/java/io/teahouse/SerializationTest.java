package io.teahouse;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.teahouse.room.EventBatch;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Nick;
import io.teahouse.room.RegistrationLimit;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomLifecycle;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.FormerUser;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.UserMessage;
import io.teahouse.user.UserSnapshot;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages between actors can leave the process as they are: records of plain values and actor references, equal when
 * they are read back. The test covers every record of a protocol, also one that is added later.
 */
class SerializationTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();
    private static final ActorRef<Object> SOMEBODY =
            AKKA.<Object>createTestProbe("somebody").ref();
    private static final ObjectMapper CBOR = mapper();

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    static Stream<Class<?>> messages() {
        return Stream.of(
                        RoomActor.Command.class,
                        RoomReply.class,
                        MemberEvent.class,
                        RoomEvent.class,
                        RoomDirectory.Command.class,
                        RoomDirectory.Location.class,
                        RoomDirectory.Listing.class,
                        RoomDirectory.Count.class,
                        RoomLifecycle.Command.class,
                        RegistrationLimit.Command.class,
                        RegistrationLimit.Decision.class,
                        NickRegistry.Command.class,
                        NickRegistry.Claimed.class,
                        NickRegistry.Lost.class,
                        UserMessage.class,
                        UserSnapshot.class,
                        FormerUser.class)
                .flatMap(SerializationTest::records)
                .distinct();
    }

    /** An actor's messages to itself stay in its process, although sealed hierarchies do not show this. */
    private static Stream<Class<?>> records(Class<?> type) {
        if (type == EventBatch.class) {
            return Stream.empty(); // passes a publication to a subscriber in the same process
        }
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SerializationTest::records)
                : type.isInterface() ? Stream.empty() : Stream.of(type);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void isReadBackAsItWasWritten(Class<?> type) throws IOException {
        assertThat(type.isRecord()).as("is a record").isTrue();
        Object message = sample(type);
        byte[] bytes = CBOR.writeValueAsBytes(message);
        assertThat((Object) CBOR.readValue(bytes, type)).isEqualTo(message);
    }

    // Samples: no component is empty, so that nothing is lost without a difference

    private static Object sample(Type type) {
        if (type instanceof ParameterizedType generic) {
            return sample((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        } else if (type instanceof WildcardType any) {
            return sample(any.getUpperBounds()[0]);
        }
        return sample((Class<?>) type, new Type[0]);
    }

    private static Object sample(Class<?> type, Type[] of) {
        if (type == ActorRef.class) {
            return SOMEBODY;
        } else if (type == Optional.class) {
            return Optional.of(sample(of[0]));
        } else if (type == List.class) {
            return List.of(sample(of[0]));
        } else if (type == Set.class) {
            return Set.of(sample(of[0]));
        } else if (type == Map.class) {
            return Map.of(sample(of[0]), sample(of[1]));
        } else if (type == RoomName.class) {
            return RoomName.of("Tea");
        } else if (type == Nick.class) {
            return Nick.of("Ann");
        } else if (type == String.class) {
            return "text";
        } else if (type == Instant.class) {
            return Instant.parse("2026-03-01T12:00:00.123Z");
        } else if (type == long.class || type == int.class) {
            return 7;
        } else if (type == boolean.class) {
            return true;
        } else if (type.isEnum()) {
            return type.getEnumConstants()[type.getEnumConstants().length - 1];
        } else if (type.isSealed()) {
            return sample(records(type).findFirst().orElseThrow());
        }
        return record(type);
    }

    private static Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        assertThat(components).as("%s is a record", type).isNotNull();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(Arrays.stream(components)
                    .map(component -> sample(component.getGenericType()))
                    .toArray());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no sample of " + type, e);
        }
    }

    // The format

    private static ObjectMapper mapper() {
        CBORMapper mapper = CBORMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModule(references())
                .build();
        mapper.setVisibility(PropertyAccessor.ALL, Visibility.NONE);
        mapper.setVisibility(PropertyAccessor.FIELD, Visibility.ANY);
        mapper.setVisibility(PropertyAccessor.CREATOR, Visibility.ANY);
        BasicPolymorphicTypeValidator own = BasicPolymorphicTypeValidator.builder()
                .allowIfSubType("io.teahouse.")
                .build();
        mapper.setDefaultTyping(
                new ObjectMapper.DefaultTypeResolverBuilder(ObjectMapper.DefaultTyping.NON_FINAL, own) {
                    private static final long serialVersionUID = 1;

                    /** A sealed type needs the name of the record. */
                    @Override
                    public boolean useForType(JavaType type) {
                        return type.getRawClass().isSealed();
                    }
                }.init(JsonTypeInfo.Id.CLASS, null).inclusion(JsonTypeInfo.As.WRAPPER_ARRAY));
        return mapper;
    }

    /** As akka-serialization-jackson writes them. */
    @SuppressWarnings({"rawtypes", "serial"})
    private static SimpleModule references() {
        ActorRefResolver resolver = ActorRefResolver.get(AKKA.system());
        return new SimpleModule()
                .addSerializer(ActorRef.class, new StdSerializer<>(ActorRef.class) {
                    @Override
                    public void serialize(ActorRef ref, JsonGenerator to, SerializerProvider provider)
                            throws IOException {
                        to.writeString(resolver.toSerializationFormat((ActorRef<?>) ref));
                    }
                })
                .addDeserializer(ActorRef.class, new StdDeserializer<>(ActorRef.class) {
                    @Override
                    public ActorRef deserialize(JsonParser from, DeserializationContext context) throws IOException {
                        return resolver.resolveActorRef(from.getText());
                    }
                });
    }
}
