package io.teahouse.wire.irc;

import io.teahouse.client.Session;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomEvent;
import java.util.function.Supplier;

/** Writes the events of a client's rooms and conversations. Belongs to one {@link IrcDialect}. */
final class RoomView {
    private final IrcClient client;
    private final Output out;
    private final EventDeduplicator causes;
    private final Supplier<Call> unasked;

    /** @param unasked makes a call whose lines answer no request */
    RoomView(IrcClient client, Output out, EventDeduplicator causes, Supplier<Call> unasked) {
        this.client = client;
        this.out = out;
        this.causes = causes;
        this.unasked = unasked;
    }

    /** @param own whether the client is waiting to be shown an action of its own in that room */
    void show(Session session, EventBatch batch, Nick viewer, boolean own) {
        if (batch.room().isConversation()) {
            batch.events().forEach(event -> showInConversation(session, event, viewer));
        } else if ((own && out.isLabelled())
                || (batch.changesMembers()
                        && (session.rooms().places().size() > 1 || client.has(Capability.METADATA)))) {
            batch.events().forEach(event -> show(event, IrcServer.channel(batch.room()), viewer));
        } else {
            showAll(batch, viewer, own);
        }
    }

    /** The usual case: the same bytes for all clients with the same capabilities. */
    private void showAll(EventBatch batch, Nick viewer, boolean own) {
        Capabilities variant = client.capabilities().forRendering();
        Rendering rendering = batch.renderings()
                .of(variant, Rendering.class, () -> new Rendering(batch, variant, IrcServer.channel(batch.room())));
        out.push(own ? rendering.without(viewer, client.has(Capability.ECHO_MESSAGE)) : rendering.whole());
    }

    /** Writes a single event whose form depends on what else the client has been shown. */
    private void show(RoomEvent event, String target, Nick viewer) {
        if (event instanceof RoomEvent.Personal personal && causes.isKnown(personal.cause())) {
            return;
        }
        if (event instanceof RoomEvent.MetadataChanged changed && !changed.by().sameAs(viewer)) {
            String about = changed.personal() ? changed.by().text() : target;
            MetadataSubscriptions.changed(unasked.get(), about, changed.changes());
        }
        event.accept(new EventWriter(client.capabilities(), target, (unit, by, own) -> {
            if (!by.sameAs(viewer)) {
                out.push(unit);
            } else if (own.isSeen(client.has(Capability.ECHO_MESSAGE))) {
                out.reply(unit);
            }
        }));
        if (event instanceof RoomEvent.Joined joined && !joined.nick().sameAs(viewer)) {
            MetadataSubscriptions.joined(unasked.get(), joined);
        }
    }

    private void showInConversation(Session session, RoomEvent event, Nick viewer) {
        if (event instanceof RoomEvent.Personal) {
            return; // a conversation only shows what is said in it
        }
        String other = session.queries().partner(event.room());
        boolean withMyself = other.equals(viewer.text());
        if (client.has(Capability.ECHO_MESSAGE)) {
            event.accept(new EventWriter(client.capabilities(), other, (unit, by, own) -> {
                if (by.sameAs(viewer)) {
                    out.reply(unit);
                }
            }));
        }
        String target = Conversations.isMine(session, event) ? other : viewer.text(); // perhaps from another connection
        event.accept(new EventWriter(client.capabilities(), target, (unit, by, own) -> {
            if (!by.sameAs(viewer) || withMyself) {
                out.push(unit);
            }
        }));
    }
}
