package io.teahouse.user;

import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The connections of one user, in the order in which they were attached. Belongs to a {@link UserActor}. */
final class UserConnections {
    /** One connection. */
    static final class Connection {
        private final UserDelivery delivery;
        private final ActorRef<UserEvent> ref;
        private final ActorRef<RoomEvent> subscriber;
        private ConnectionInfo info;

        /** Empty: the user is here. */
        private String away;

        /** Whether it was told to end, which takes a moment. */
        private boolean isEnding;

        private Connection(UserDelivery delivery, UserActor.Newcomer newcomer, ConnectionInfo info, String away) {
            this.delivery = delivery;
            this.ref = newcomer.connection();
            this.subscriber = newcomer.subscriber();
            this.info = info;
            this.away = away;
        }

        void markEnding() {
            isEnding = true;
        }

        ActorRef<UserEvent> ref() {
            return ref;
        }

        ConnectionInfo info() {
            return info;
        }

        ActorRef<RoomEvent> subscriber() {
            return subscriber;
        }

        void tell(UserEvent event) {
            delivery.tell(ref, event);
        }
    }

    private final UserDelivery delivery;
    private List<Connection> all = List.of();
    private int lastNumber;

    UserConnections(UserDelivery delivery) {
        this.delivery = delivery;
    }

    /** The information about a connection that is about to be added. */
    ConnectionInfo next(UserActor.Newcomer newcomer) {
        lastNumber++;
        return ConnectionInfo.of(newcomer, lastNumber);
    }

    /** @param away why the user is away from it; empty: they are here */
    Connection add(UserActor.Newcomer newcomer, ConnectionInfo info, String away) {
        lastNumber = Math.max(lastNumber, info.number());
        Connection connection = new Connection(delivery, newcomer, info, away);
        all = List.copyOf(Stream.concat(all.stream(), Stream.of(connection)).toList());
        return connection;
    }

    void remove(Connection connection) {
        all = all.stream().filter(each -> each != connection).toList();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    int size() {
        return all.size();
    }

    Optional<Connection> find(ActorRef<?> connection) {
        return all.stream().filter(each -> each.ref.equals(connection)).findFirst();
    }

    /** Those that have not been told to end; all of them if none is left. */
    List<ConnectionInfo> infos() {
        boolean someStay = all.stream().anyMatch(each -> !each.isEnding);
        return all.stream()
                .filter(each -> !(someStay && each.isEnding))
                .map(each -> each.info)
                .toList();
    }

    List<ActorRef<RoomEvent>> subscribers() {
        return all.stream().map(each -> each.subscriber).toList();
    }

    // What connections are told

    void tell(UserEvent event) {
        all.forEach(each -> each.tell(event));
    }

    void tellOthers(ActorRef<UserEvent> connection, UserEvent event) {
        others(connection).forEach(each -> each.tell(event));
    }

    /** The connection with that {@link ConnectionInfo#id}, if it is still there. */
    List<Connection> withId(long id) {
        return all.stream().filter(each -> each.info.id() == id).toList();
    }

    List<Connection> others(ActorRef<UserEvent> connection) {
        return all.stream().filter(each -> !each.ref.equals(connection)).toList();
    }

    // What the user does on them

    /**
     * The user said something on that connection.
     *
     * @param millis when, since 1970
     */
    void active(ActorRef<UserEvent> connection, long millis) {
        find(connection).ifPresent(each -> each.info = each.info.withActiveAt(millis));
    }

    /** @param text empty: the user is back */
    void setAway(ActorRef<UserEvent> connection, String text) {
        find(connection).ifPresent(each -> each.away = text);
    }

    /**
     * Why the user is away, who is away when all connections are; empty: they are here.
     *
     * @param latest the connection that says why, if it is still there
     */
    String away(ActorRef<UserEvent> latest) {
        boolean away = all.stream().noneMatch(each -> each.away.isEmpty());
        return away ? find(latest).orElse(all.get(all.size() - 1)).away : "";
    }
}
