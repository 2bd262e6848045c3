package io.teahouse.simulation;

import akka.actor.typed.ActorRef;
import java.util.Optional;

/** A client of a user: keeps its screen when the connection is lost. */
final class Device {
    final User user;
    final Screen screen;
    Optional<Link> link = Optional.empty();
    int connections;

    /** Its connection. */
    record Link(ActorRef<Object> connection, Connection.Status status) {}

    Device(User user, Screen screen) {
        this.user = user;
        this.screen = screen;
    }

    /** Whether it is in the room, or on its way. */
    boolean isUsed() {
        return link.filter(each -> each.status.state != Connection.State.OUT).isPresent();
    }

    boolean isIn() {
        return link.filter(each -> each.status.state == Connection.State.IN).isPresent();
    }
}
