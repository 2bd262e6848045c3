package io.teahouse.wire.irc;

import io.teahouse.client.Session;
import io.teahouse.client.Viewer;
import io.teahouse.room.EventBatch;
import io.teahouse.room.RoomEvent;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the events of a client's rooms and conversations. Belongs to one {@link IrcDialect}. */
final class RoomView {
    private final IrcClient client;
    private final Output out;
    private final Supplier<Call> unasked;

    /** The capabilities that {@link #variant} was made of. */
    private Capabilities variantOf = Capabilities.NONE;

    private Rendering.@Nullable Variant variant;

    /** @param unasked makes a call whose lines answer no request */
    RoomView(IrcClient client, Output out, Supplier<Call> unasked) {
        this.client = client;
        this.out = out;
        this.unasked = unasked;
    }

    /** @param own as in {@link io.teahouse.client.Dialect#show} */
    void show(Session session, EventBatch batch, Viewer viewer, boolean own) {
        if (batch.room().isConversation()) {
            for (int place = 0; place < batch.events().size(); place++) {
                RoomEvent event = batch.events().get(place);
                showInConversation(session, event, viewer, viewer.isOwn(batch, place, own));
            }
        } else if ((own && out.isLabelled())
                || (batch.changesMembers()
                        && (session.rooms().places().size() > 1 || client.has(Capability.METADATA)))) {
            for (int place = 0; place < batch.events().size(); place++) {
                show(batch, place, viewer, own);
            }
        } else {
            showAll(batch, viewer, own);
        }
    }

    /** The usual case: the same bytes for all clients of the same variant. */
    private void showAll(EventBatch batch, Viewer viewer, boolean own) {
        Rendering.Variant variant = variant();
        Rendering rendering = batch.renderings()
                .of(variant, Rendering.class, () -> new Rendering(batch, variant, IrcServer.channel(batch.room())));
        out.push(rendering.shownTo(viewer, own, client.has(Capability.ECHO_MESSAGE)));
    }

    private Rendering.Variant variant() {
        Capabilities now = client.capabilities();
        if (variant == null || !now.equals(variantOf)) {
            variantOf = now;
            variant = Rendering.Variant.of(now, out.form());
        }
        return variant;
    }

    /** Writes a single event whose form depends on what else the client has been shown. */
    private void show(EventBatch batch, int place, Viewer viewer, boolean own) {
        RoomEvent event = batch.events().get(place);
        if (event instanceof RoomEvent.Personal personal && client.causes().isKnown(personal.cause())) {
            return;
        }
        String target = IrcServer.channel(batch.room());
        if (event instanceof RoomEvent.MetadataChanged changed && isNews(batch, place, changed, viewer)) {
            String about = changed.personal() ? changed.by().text() : target;
            MetadataSubscriptions.changed(unasked.get(), about, changed.changes());
        }
        boolean echo = client.has(Capability.ECHO_MESSAGE);
        boolean reply = viewer.isOwn(batch, place, own);
        event.accept(new EventWriter(client.capabilities(), target, (unit, kind) -> {
            if (!kind.isHiddenFrom(viewer, batch, place, own, echo)) {
                write(unit, reply);
            }
        }));
        if (event instanceof RoomEvent.Joined joined && !viewer.isAuthor(joined)) {
            MetadataSubscriptions.joined(unasked.get(), joined);
        }
    }

    /**
     * The connection that asked for a change got a reply. The user's other connections see changes of the room here,
     * and changes of the user by {@link UserView}, also without a room.
     */
    private static boolean isNews(EventBatch batch, int place, RoomEvent.MetadataChanged changed, Viewer viewer) {
        return changed.personal() ? !viewer.isAuthor(changed) : !batch.isCausedBy(viewer.subscriber(), place);
    }

    private void write(String unit, boolean reply) {
        if (reply) {
            out.reply(unit);
        } else {
            out.push(unit);
        }
    }

    /** @param own whether this connection asked for the event */
    private void showInConversation(Session session, RoomEvent event, Viewer viewer, boolean own) {
        if (event instanceof RoomEvent.Personal) {
            return; // a conversation only shows what is said in it
        }
        String me = viewer.nick().text();
        String other = session.queries().partner(event.room());
        if (own && client.has(Capability.ECHO_MESSAGE)) {
            write(event, other, true);
        }
        if (!own) {
            write(event, Conversations.isMine(session, event) ? other : me, false);
        } else if (other.equals(me)) { // it is delivered, too
            write(event, me, false);
        }
    }

    private void write(RoomEvent event, String target, boolean reply) {
        event.accept(new EventWriter(client.capabilities(), target, (unit, kind) -> write(unit, reply)));
    }
}
