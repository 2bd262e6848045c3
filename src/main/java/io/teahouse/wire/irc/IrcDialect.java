package io.teahouse.wire.irc;

import akka.util.ByteString;
import io.teahouse.client.Dialect;
import io.teahouse.client.LineForm;
import io.teahouse.client.Outcome;
import io.teahouse.client.Request;
import io.teahouse.client.Session;
import io.teahouse.client.Viewer;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Metadata;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.Topic;
import io.teahouse.user.Notification;
import io.teahouse.user.UserSnapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The IRC dialect of one connection. */
public final class IrcDialect implements Dialect {
    /** The approximate memory of one monitored nick or subscription, in bytes. */
    private static final int BYTES_PER_WATCH = 160;

    private static final Map<String, PendingJoin> NO_JOINS = Map.of();

    private final IrcServer server;
    private final IrcClient client = new IrcClient();
    private final Output out;
    private final IrcReader reader;
    private final RoomView view;
    private final NotificationWriter news;

    private @Nullable Session attached;
    private final EventHold hold = new EventHold();

    /** Rooms that have welcomed the client and whose JOIN it has not been shown yet, by room key. */
    private Map<String, PendingJoin> pendingJoins = NO_JOINS;

    /**
     * The content of a room's welcome.
     *
     * @param seq up to which history may be shown; 0: none
     */
    private record PendingJoin(Topic topic, long seq) {}

    /** @param form how its lines become bytes */
    public IrcDialect(IrcServer server, LineForm form) {
        this.server = server;
        this.out = new Output(server.name(), form);
        this.reader = new IrcReader(server, client, out);
        Supplier<Call> unasked = this::unasked;
        this.view = new RoomView(client, out, unasked);
        this.news = new NotificationWriter(server, client, out, unasked);
    }

    // The connection

    @Override
    public void opened(Session session) {
        attached = session;
        out.attach(session.connection()::write);
    }

    @Override
    public Request read(ByteString line) {
        return reader.read(line);
    }

    @Override
    public Request overlong() {
        return session -> session.connection().cutOff("Request too long");
    }

    @Override
    public int unfinished() {
        int watched = client.monitored().size() + client.subscriptions().size();
        return client.sasl().map(SaslExchange::size).orElse(0)
                + client.multiline().map(Multiline::size).orElse(0)
                + (int) Metadata.bytes(client.pendingMetadata())
                + BYTES_PER_WATCH * watched;
    }

    @Override
    public void progress(boolean complete) {
        out.progress(complete);
    }

    @Override
    public ByteString lastWords(String reason) {
        return out.form().encode(Replies.closing(reason));
    }

    @Override
    public void probe() {
        out.push("PING :" + server.name() + "\r\n");
    }

    private Session session() {
        return Objects.requireNonNull(attached);
    }

    private Call call() {
        return new Call(IrcMessage.NONE, server, client, session(), out);
    }

    private Call unasked() {
        return call().unasked();
    }

    // Names

    @Override
    public void named(Nick nick, Nick before) {
        if (client.isRegistered()) {
            call().sayOwn(before, "NICK", nick.text());
        } else {
            client.refusedNick(Optional.empty());
            client.postponedNick(Optional.empty());
            Registration.completeIfReady(call());
        }
    }

    @Override
    public void renamed(Nick nick, Nick before, String why) {
        unasked().sayOwn(before, "NICK", nick.text());
        unasked().say("NOTICE", nick.text(), why + ": you are " + nick + " now");
    }

    @Override
    public void moved(Nick nick, UserSnapshot before, List<RoomName> left) {
        for (RoomName room : left) {
            unasked().sayAs(before, "PART", IrcServer.channel(room));
            departed(room);
        }
        if (!nick.equals(before.nick())) {
            unasked().sayAs(before, "NICK", nick.text());
        }
        userChanged(before, unasked().me());
    }

    @Override
    public void userChanged(UserSnapshot before, UserSnapshot now) {
        new UserView(unasked()).changed(before, now);
    }

    @Override
    public void nameRefused(String asked, NameProblem problem, String why) {
        Call call = call();
        if (problem != NameProblem.INVALID) {
            boolean postponed = mayStillBeOwner();
            client.postponedNick(postponed ? Optional.of(asked) : Optional.empty());
            if (postponed) {
                client.refusedNick(Optional.of(asked));
                return;
            }
        }
        switch (problem) {
            case TAKEN, OWNED -> {
                client.refusedNick(Optional.of(asked));
                String rest = problem == NameProblem.OWNED ? ": log in to it first" : "";
                call.reply(Numeric.ERR_NICKNAMEINUSE, asked, why + rest);
            }
            case INVALID -> call.reply(Numeric.ERR_ERRONEUSNICKNAME, asked, why);
        }
    }

    /** Whether the client may still log in and turn out to own the nick: it has not finished capability negotiation. */
    private boolean mayStillBeOwner() {
        return client.isNegotiating()
                && !client.isRegistered()
                && session().identity().nick().isEmpty()
                && session().login().settings().enabled()
                && session().login().account().isEmpty();
    }

    // Rooms

    @Override
    public void welcomed(RoomEvent.Welcome welcome, long recent) {
        if (pendingJoins == NO_JOINS) {
            pendingJoins = new HashMap<>(2);
        }
        pendingJoins.put(welcome.room().key(), new PendingJoin(welcome.topic(), recent));
        client.joining(Optional.empty());
    }

    @Override
    public void show(EventBatch batch, Viewer viewer, boolean own) {
        if (hold.isHeld(batch.room())) {
            if (hold.offer(new EventHold.Later(batch, viewer, own))) {
                return;
            }
            release(batch.room());
        }
        int end = pendingJoins.isEmpty() ? 0 : endOfOwnJoin(batch, viewer);
        if (end > 0 && end < batch.events().size()) {
            showNow(batch.first(end), viewer, own);
            show(batch.without(end), viewer, own);
        } else {
            showNow(batch, viewer, own);
        }
    }

    private void showNow(EventBatch batch, Viewer viewer, boolean own) {
        view.show(session(), batch, viewer, own);
        if (!pendingJoins.isEmpty()) {
            batch.events().forEach(event -> completeJoin(event, viewer));
        }
    }

    /** The number of events up to and including the client's own JOIN; 0 if that is not in the batch. */
    private static int endOfOwnJoin(EventBatch batch, Viewer viewer) {
        for (int i = 0; i < batch.events().size(); i++) {
            if (batch.events().get(i) instanceof RoomEvent.Joined joined && viewer.isAuthor(joined)) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Shows the events that were held for {@code room}. */
    private void release(RoomName room) {
        hold.end(room).forEach(later -> showNow(later.batch(), later.viewer(), later.own()));
    }

    /** After the client's own JOIN, sends the topic and the members (RFC 2812 §3.2.1). */
    private void completeJoin(RoomEvent event, Viewer viewer) {
        if (event instanceof RoomEvent.Joined joined && viewer.isAuthor(joined)) {
            PendingJoin found = endJoin(joined.room());
            client.notInvited(joined.room());
            if (found != null) {
                JoinReply.tell(call(), joined.room(), found.topic());
                showHistory(joined.room(), found.seq());
            }
        }
    }

    /** Shows the history of a room, and holds live events until that is done. */
    private void showHistory(RoomName room, long seq) {
        Call call = unasked();
        if (JoinHistory.isWanted(call, seq)) {
            hold.begin(room);
            JoinHistory.show(call, room, seq, () -> hold.isHeld(room), () -> release(room));
        }
    }

    /** Shows clients without the capability a PART and a JOIN (IRCv3 channel-rename, "fallback"). */
    @Override
    public void roomRenamed(RoomEvent.RoomRenamed renamed, boolean own) {
        release(renamed.room());
        boolean sameName = renamed.room().key().equals(renamed.to().key());
        if (client.has(Capability.CHANNEL_RENAME)
                || sameName
                || session().identity().nick().isEmpty()) {
            return;
        }
        Nick me = session().identity().nick().get();
        RenameFallback.show(own ? call() : unasked(), me, renamed);
    }

    @Override
    public void gap(RoomEvent.Gap gap) {
        release(gap.room());
        long missing = gap.next() - gap.after() - 1;
        String text = missing + " messages are missing here";
        call().say("NOTICE", Conversations.target(session(), gap.room()), text);
    }

    @Override
    public void departed(RoomName room) {
        release(room);
        endJoin(room);
    }

    private @Nullable PendingJoin endJoin(RoomName room) {
        if (pendingJoins == NO_JOINS) {
            return null;
        }
        PendingJoin ended = pendingJoins.remove(room.key());
        pendingJoins = pendingJoins.isEmpty() ? NO_JOINS : pendingJoins;
        return ended;
    }

    @Override
    public Outcome outcome() {
        return new Refusals(session(), server, client, out, "*", Optional.empty());
    }

    @Override
    public void notified(Notification notification) {
        news.tell(session(), call().nick(), notification);
    }

    /** Clients with the capability ask for their targets themselves (IRCv3 draft/chathistory, TARGETS). */
    @Override
    public void returned(Instant absentSince) {
        if (!client.has(Capability.CHATHISTORY)) {
            session()
                    .queries()
                    .past()
                    .directMessages(
                            absentSince,
                            found -> found.filter(all -> !all.isEmpty())
                                    .ifPresent(all -> unasked()
                                            .say("NOTICE", call().nick(), "While you were away: " + all.summary())));
        }
    }

    @Override
    public boolean mayStay() {
        return client.isRegistered();
    }

    @Override
    public void closed() {
        client.monitored().keySet().forEach(session().identity()::unwatch);
        server.operators().ended(session().identity().profile().id());
    }
}
