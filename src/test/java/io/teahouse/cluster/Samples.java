package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import io.teahouse.room.Anchor;
import io.teahouse.room.EventBatch;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Nick;
import io.teahouse.room.Publication;
import io.teahouse.room.RegistrationLimit;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomLifecycle;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomOperation;
import io.teahouse.room.RoomReply;
import io.teahouse.room.RoomState;
import io.teahouse.room.RoomSummary;
import io.teahouse.user.FormerUser;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.UserActor;
import io.teahouse.user.UserEvent;
import io.teahouse.user.UserSnapshot;
import io.teahouse.user.UserSupervisor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One sample of each message between nodes: no component is empty, so that nothing is lost without a difference. */
public final class Samples {
    private final ActorRef<?> somebody;

    /** @param somebody the actor of all references */
    public Samples(ActorRef<?> somebody) {
        this.somebody = somebody;
    }

    /** All classes of messages, also those that are added to a protocol later. */
    public static Stream<Class<?>> types() {
        return Stream.of(
                        RoomActor.Command.class,
                        RoomReply.class,
                        MemberEvent.class,
                        RoomEvent.class,
                        Publication.class,
                        RoomOperation.class,
                        Anchor.class,
                        RoomSummary.class,
                        RoomState.class,
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
                        UserActor.Command.class,
                        UserEvent.class,
                        UserSupervisor.LoggedIn.class,
                        UserSnapshot.class,
                        FormerUser.class,
                        Encoded.class,
                        RelayMessage.class,
                        RelayMessage.Operation.class,
                        SharedSummaries.Shared.class,
                        ClusterRooms.AskFormer.class,
                        ClusterRooms.FormerRoom.class,
                        ClusterRooms.Introduce.class,
                        ClusterRooms.OperateHosted.class,
                        ClusterRooms.Opened.class,
                        ClusterNicks.AskHeld.class,
                        ClusterNicks.Held.class,
                        ClusterNicks.Holder.class,
                        NickRegistryEntity.Stop.class,
                        ClusterUsers.RemoteUser.class,
                        ClusterUsers.Changes.class,
                        ClusterUsers.Changed.class,
                        ClusterUsers.All.class,
                        ClusterUsers.AskAll.class,
                        AccountEntity.Wake.class,
                        AccountEntity.Awake.class,
                        AccountEntity.Stop.class,
                        UserRelay.Former.class,
                        UserRelay.Link.class,
                        UserRelay.Linked.class,
                        UserRelay.Delivered.class,
                        UserRelay.News.class)
                .flatMap(Samples::concrete)
                .distinct();
    }

    /** An actor's messages to itself stay in its process, although sealed hierarchies do not show this. */
    private static Stream<Class<?>> concrete(Class<?> type) {
        if (type == UserActor.Internal.class) {
            return Stream.empty();
        }
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Samples::concrete)
                : type.isInterface() ? Stream.empty() : Stream.of(type);
    }

    public Object of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return of((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        } else if (type instanceof WildcardType any) {
            return of(any.getUpperBounds()[0]);
        }
        return of((Class<?>) type, new Type[0]);
    }

    private Object of(Class<?> type, Type[] arguments) {
        if (type == ActorRef.class) {
            return somebody;
        } else if (type == Optional.class) {
            return Optional.of(of(arguments[0]));
        } else if (type == List.class) {
            return List.of(of(arguments[0]));
        } else if (type == Set.class) {
            return Set.of(of(arguments[0]));
        } else if (type == Map.class) {
            return Map.of(of(arguments[0]), of(arguments[1]));
        } else if (type == RoomName.class) {
            return RoomName.of("Tea");
        } else if (type == Nick.class) {
            return Nick.of("Ann");
        } else if (type == String.class) {
            return "text";
        } else if (type == Instant.class) {
            return Instant.parse("2026-03-01T12:00:00.123Z");
        } else if (type == long.class || type == int.class || type == Integer.class) {
            return 7;
        } else if (type == boolean.class || type == Boolean.class) {
            return true;
        } else if (type == Bytes.class) {
            return new Bytes(new byte[] {1, 2, 3});
        } else if (type == EventBatch.class) {
            return batch();
        } else if (type == Encoded.class) {
            return new Encoded<>(of(RoomEvent.Said.class));
        } else if (type.isEnum()) {
            return type.getEnumConstants()[type.getEnumConstants().length - 1];
        } else if (type.isSealed()) {
            return of(concrete(type)
                    .filter(Class::isRecord)
                    .min(Comparator.comparing(Class::getName)) // the order in the class file is not always the same
                    .orElseThrow());
        }
        return record(type);
    }

    private EventBatch batch() {
        RoomEvent event = (RoomEvent) of(RoomEvent.Said.class);
        return EventBatch.of(
                event.room(),
                List.of(event, event),
                9,
                Arrays.asList(null, somebody.unsafeUpcast().narrow()));
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new LinkageError("not a record: " + type);
        }
        try {
            var constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(Arrays.stream(components)
                    .map(component -> of(component.getGenericType()))
                    .toArray());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no sample of " + type, e);
        }
    }

    /** What equals the same of an equal message: a batch itself equals no other. */
    public static Object comparable(Object message) {
        if (message instanceof EventBatch batch) {
            return Arrays.asList(batch.room(), batch.events(), batch.lastSeq(), batch.causes());
        } else if (message instanceof Publication some) {
            return List.of(
                    some.generation(),
                    some.number(),
                    comparable(some.all()),
                    some.arrivals(),
                    some.departures(),
                    some.readers());
        }
        if (message instanceof RelayMessage.Release release) {
            return List.of(release.subscriber(), release.hold(), comparable(release.missed()));
        }
        return message;
    }
}
