package io.teahouse.wire.irc;

import akka.util.ByteString;
import io.teahouse.client.Dialect;
import io.teahouse.client.Notification;
import io.teahouse.client.Request;
import io.teahouse.client.Session;
import io.teahouse.client.UserMode;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.Topic;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The IRC dialect of one connection. */
public final class IrcDialect implements Dialect {
    private static final IrcMessage NO_MESSAGE = IrcMessage.parse("");

    /** How many things that happen in several rooms at once are remembered, so that each is told once. */
    private static final int CAUSES = 64;

    private final IrcServer server;
    private final IrcClient client = new IrcClient();
    private final Output out;
    private final IrcReader reader;

    /** Rooms that the client is about to be shown itself in. */
    private Map<String, Entered> entered = Map.of();

    /**
     * What a client finds that comes in.
     *
     * @param seq of the newest event; 0: it has not asked to come, but is back
     */
    private record Entered(Topic topic, long seq) {}

    private final ArrayDeque<Long> causes = new ArrayDeque<>(0);

    public IrcDialect(IrcServer server) {
        this.server = server;
        this.out = new Output(server.name());
        this.reader = new IrcReader(server, client, out);
    }

    // Lines

    @Override
    public void opened(Session session) {
        out.attach(session::write);
    }

    @Override
    public Request read(ByteString line) {
        return reader.read(line);
    }

    @Override
    public Request overlong() {
        return session -> session.cutOff("Request too long");
    }

    @Override
    public void progress(Session session, boolean complete) {
        out.progress(complete);
    }

    @Override
    public ByteString lastWords(String reason) {
        return IrcText.encode(Replies.closing(reason));
    }

    @Override
    public void probe(Session session) {
        out.push("PING :" + server.name() + "\r\n");
    }

    private Call call(Session session) {
        return new Call(NO_MESSAGE, server, client, session, out);
    }

    private Call unasked(Session session) {
        return new Call(NO_MESSAGE, server, client, session, out, true);
    }

    // Names

    @Override
    public void named(Session session, Nick nick, Nick before) {
        if (client.isRegistered()) {
            call(session).sayOwn(before, "NICK", nick.text());
        } else {
            client.refusedNick(Optional.empty());
            Registration.goOn(call(session));
        }
    }

    @Override
    public void nameRefused(Session session, String asked, NameProblem problem, String why) {
        Call call = call(session);
        switch (problem) {
            case TAKEN -> {
                client.refusedNick(Optional.of(asked));
                call.reply(Numeric.ERR_NICKNAMEINUSE, asked, why);
            }
            case OWNED -> call.reply(Numeric.ERR_NICKNAMEINUSE, asked, why + ": log in to it first");
            case UNKNOWN -> call.reply(Numeric.ERR_NICKNAMEINUSE, asked, why + ": try again later");
            case INVALID -> call.reply(Numeric.ERR_ERRONEUSNICKNAME, asked, why);
        }
    }

    // Rooms

    @Override
    public void welcomed(Session session, RoomEvent.Welcome welcome) {
        if (entered.isEmpty()) {
            entered = new HashMap<>(2);
        }
        boolean asked = client.joining()
                .filter(room -> room.key().equals(welcome.room().key()))
                .isPresent();
        entered.put(welcome.room().key(), new Entered(welcome.topic(), asked ? welcome.seq() : 0));
        client.joining(Optional.empty());
    }

    @Override
    public void show(Session session, EventBatch batch, Nick viewer, boolean own) {
        if (batch.room().isConversation()) {
            batch.events().forEach(event -> showInConversation(session, event, viewer));
        } else if ((own && out.isLabelled())
                || (batch.changesMembers() && (session.places().size() > 1 || client.has(Capability.METADATA)))) {
            batch.events().forEach(event -> show(session, event, IrcServer.channel(batch.room()), viewer));
        } else {
            showAll(batch, viewer, own);
        }
        if (!entered.isEmpty()) {
            batch.events().forEach(event -> enter(session, event, viewer));
        }
    }

    /** The usual way: the same bytes for all who see it alike. */
    private void showAll(EventBatch batch, Nick viewer, boolean own) {
        Capabilities variant = client.capabilities().forRendering();
        Rendering rendering = batch.renderings()
                .of(variant, Rendering.class, () -> new Rendering(batch, variant, IrcServer.channel(batch.room())));
        out.push(own ? rendering.without(viewer, client.has(Capability.ECHO_MESSAGE)) : rendering.whole());
    }

    /** One event by itself, where it depends on what else the client knows. */
    private void show(Session session, RoomEvent event, String target, Nick viewer) {
        if (event instanceof RoomEvent.Personal personal && isKnown(personal.cause())) {
            return;
        }
        if (event instanceof RoomEvent.MetadataChanged changed && !changed.isBy(viewer)) {
            String about = changed.personal() ? changed.by().text() : target;
            Metadata.changed(unasked(session), about, changed.changes());
        }
        event.accept(new EventWriter(client.capabilities(), target, (unit, by, own) -> {
            if (!by.sameAs(viewer)) {
                out.push(unit);
            } else if (own.isSeen(client.has(Capability.ECHO_MESSAGE))) {
                out.reply(unit);
            }
        }));
        if (event instanceof RoomEvent.Joined joined && !joined.isBy(viewer)) {
            Metadata.joined(unasked(session), joined);
        }
    }

    private boolean isKnown(long cause) {
        if (cause == 0) {
            return false;
        } else if (causes.contains(cause)) {
            return true;
        }
        causes.addLast(cause);
        if (causes.size() > CAUSES) {
            causes.removeFirst();
        }
        return false;
    }

    private void showInConversation(Session session, RoomEvent event, Nick viewer) {
        if (event instanceof RoomEvent.Personal) {
            return; // the room of two tells nothing that is not said in it
        }
        String other = session.partner(event.room());
        boolean withMyself = other.equals(viewer.text());
        if (client.has(Capability.ECHO_MESSAGE)) {
            event.accept(new EventWriter(client.capabilities(), other, (unit, by, own) -> {
                if (by.sameAs(viewer)) {
                    out.reply(unit);
                }
            }));
        }
        event.accept(new EventWriter(client.capabilities(), viewer.text(), (unit, by, own) -> {
            if (!by.sameAs(viewer) || withMyself) {
                out.push(unit);
            }
        }));
    }

    /** When the client has been shown its own JOIN: the topic, and who is there (RFC 2812 §3.2.1). */
    private void enter(Session session, RoomEvent event, Nick viewer) {
        if (event instanceof RoomEvent.Joined joined && joined.nick().sameAs(viewer)) {
            Entered found = entered.remove(joined.room().key());
            if (found != null) {
                Call call = call(session);
                Channels.topic(call, joined.room(), found.topic(), false);
                if (client.has(Capability.READ_MARKER)) {
                    ReadMarks.tell(call, joined.room(), () -> names(call, joined.room()));
                } else {
                    names(call, joined.room());
                }
                Recall.show(unasked(session), joined.room(), found.seq());
            }
        }
    }

    /** Who does not know RENAME has left, and has come in elsewhere (IRCv3 channel-rename, "fallback"). */
    @Override
    public void roomRenamed(Session session, RoomEvent.RoomRenamed renamed) {
        boolean sameName = renamed.room().key().equals(renamed.to().key());
        if (client.has(Capability.CHANNEL_RENAME) || sameName || session.nick().isEmpty()) {
            return;
        }
        Nick me = session.nick().get();
        boolean own = renamed.by().sameAs(me);
        Renaming.show(own ? call(session) : unasked(session), me, renamed);
    }

    private void names(Call call, RoomName room) {
        if (!client.has(Capability.NO_IMPLICIT_NAMES)) {
            Channels.names(call, List.of(room), IrcServer.channel(room));
        }
        Metadata.entered(unasked(call.session()), room);
    }

    @Override
    public void gap(Session session, RoomEvent.Gap gap) {
        long missing = gap.next() - gap.after() - 1;
        String text = missing + " messages are missing here";
        call(session).say("NOTICE", IrcServer.channel(gap.room()), text);
    }

    @Override
    public void departed(Session session, RoomName room) {
        if (!entered.isEmpty()) {
            entered.remove(room.key());
        }
    }

    // Answers

    @Override
    public void refused(Session session, RoomReply.Refused refused) {
        Refusals.reply(call(session), refused);
    }

    @Override
    public void inDoubt(Session session, RoomReply.InDoubt doubt) {
        boolean renaming = doubt.asked() instanceof RoomActor.RenameRoom;
        String what = renaming ? "the new name" : "your message";
        String text = "It is not known whether " + what + " was stored: if it was, it will be shown";
        String target = Conversations.target(session, doubt.room());
        call(session).say("NOTE", Refusals.verb(doubt.asked()), "IN_DOUBT", target, text);
    }

    /** Said before under the same id: that message is the receipt, with its id and time. */
    @Override
    public void repeated(Session session, RoomReply.Repeated repeated) {
        echo(session, repeated.original());
    }

    @Override
    public void shownOutside(Session session, RoomReply.Shown shown) {
        echo(session, shown.event());
    }

    private void echo(Session session, RoomEvent event) {
        if (client.has(Capability.ECHO_MESSAGE)) {
            RoomName room = event.room();
            String target = Conversations.target(session, room);
            event.accept(new EventWriter(client.capabilities(), target, (unit, by, own) -> out.reply(unit)));
        }
    }

    @Override
    public void told(Session session, Notification notification) {
        Call call = call(session);
        String me = call.nick();
        if (notification instanceof Notification.Invited invited) {
            String channel = IrcServer.channel(invited.room());
            personally().told(invited.at(), invited.by(), invited.profile(), "INVITE", me, channel);
        } else if (notification instanceof Notification.Wallops wallops) {
            if (session.presence()
                    .filter(present -> present.is(UserMode.WALLOPS))
                    .isPresent()) {
                personally().told(Instant.now(), wallops.by(), wallops.profile(), "WALLOPS", ":" + wallops.text());
            }
        } else if (notification instanceof Notification.Read read) {
            if (client.has(Capability.READ_MARKER)) {
                push(server.name(), "MARKREAD", read.target(), ReadMarks.time(Optional.of(read.at())));
            }
        } else if (notification instanceof Notification.Online online) {
            String source = EventWriter.source(online.nick(), online.profile());
            push(server.name(), Numeric.RPL_MONONLINE.code(), me, source);
        } else if (notification instanceof Notification.Offline offline) {
            push(
                    server.name(),
                    Numeric.RPL_MONOFFLINE.code(),
                    me,
                    offline.nick().text());
        } else if (notification instanceof Notification.ProfileChanged changed) {
            profileChanged(session, changed);
        } else if (notification instanceof Notification.MetadataChanged changed && !isKnown(changed.cause())) {
            Metadata.changed(unasked(session), changed.nick().text(), changed.changes());
        }
    }

    private void push(String source, String command, String... params) {
        out.push(new IrcMessage(Map.of(), source, command, List.of(params)).format() + "\r\n");
    }

    /** For what somebody does that is not done in a room. */
    private EventWriter personally() {
        return new EventWriter(client.capabilities(), "", (unit, by, own) -> out.push(unit));
    }

    /** IRCv3 extended-monitor: for who shares no channel with the one who is watched. */
    private void profileChanged(Session session, Notification.ProfileChanged changed) {
        boolean shared = session.presence()
                .flatMap(me -> session.people().find(changed.nick().text()).flatMap(me::common))
                .isPresent();
        if (client.has(Capability.EXTENDED_MONITOR) && !shared) {
            personally().profileChanged(Instant.now(), changed.nick(), changed.before(), changed.after());
        }
    }

    @Override
    public boolean mayStay() {
        return client.isRegistered();
    }

    @Override
    public void closed(Session session) {
        session.presence()
                .ifPresent(me -> client.monitored()
                        .keySet()
                        .forEach(name -> session.people().unwatch(me, name)));
    }
}
