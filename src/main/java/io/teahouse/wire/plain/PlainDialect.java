package io.teahouse.wire.plain;

import akka.util.ByteString;
import io.teahouse.client.Dialect;
import io.teahouse.client.ForeignProtocol;
import io.teahouse.client.Outcome;
import io.teahouse.client.Request;
import io.teahouse.client.Session;
import io.teahouse.client.Viewer;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.Notification;
import io.teahouse.user.Place;
import io.teahouse.user.UserSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The plain dialect of one connection. The first line is the name; every further line is a message to the room, or a
 * command. Lines from the server begin with {@code --} for information, and with {@code !} for an error with what to
 * type instead.
 */
public final class PlainDialect implements Dialect, Outcome {
    private static final String QUIT = "{quit}";

    private final PlainSettings settings;
    private final PlainOutput out = new PlainOutput();
    private final TelnetLineJoiner telnetJoiner = new TelnetLineJoiner();
    private final PlainHistory history;
    private final PlainCommands commands;
    private @Nullable Session attached;
    private boolean named;

    /** Whether the client has sent a message, or was asked to confirm its first one. */
    private boolean spoken;

    private Optional<RoomName> room = Optional.empty();

    /** The room that the client has asked to join. */
    private Optional<RoomName> joining = Optional.empty();

    /** A dialect for one connection. */
    public PlainDialect(PlainSettings settings) {
        this.settings = settings;
        this.history = new PlainHistory(settings, out);
        this.commands = new PlainCommands(this, settings, out, history);
    }

    /** The room of the client, to which every line that is not a command is sent. */
    Optional<RoomName> room() {
        return room;
    }

    // The connection

    @Override
    public void opened(Session session) {
        attached = session;
        if (!settings.chunks()) {
            greet();
        }
    }

    private Session session() {
        return Objects.requireNonNull(attached);
    }

    private void greet() {
        String where = settings.room().map(name -> " to the room " + name).orElse("");
        out.tell(
                session(),
                "-- Welcome to Teahouse. The first line you type is your name, every further line is a message" + where
                        + "; /help lists the commands, {quit} leaves.");
    }

    @Override
    public void framed(boolean lineEnd) {
        if (settings.chunks() && lineEnd) {
            greet();
        } else if (settings.chunks()) {
            out.sendChunks();
            session().connection().separateWrites();
        }
    }

    @Override
    public ByteString lastWords(String reason) {
        return PlainText.encode("! " + reason + out.lineEnd());
    }

    // Input

    @Override
    public Request read(ByteString line) {
        Optional<String> foreign = named ? Optional.empty() : ForeignProtocol.recognize(line);
        if (foreign.isPresent()) {
            return session -> session.connection().cutOff(foreign.get());
        }
        Optional<ByteString> whole = telnetJoiner.join(line);
        return whole.isPresent() ? request(PlainText.decode(TypedLine.edited(whole.get()))) : session -> {};
    }

    private Request request(String text) {
        TypedLine line = new TypedLine(text);
        if (line.visible().equals(QUIT)) {
            return commands.quit("");
        } else if (!named) {
            return name(line);
        } else if (line.isCommand() && !line.containsLogin()) {
            return command(line);
        } else if (line.isMistypedLogin() || line.containsLogin()) {
            return out.error("not said, because it may contain a password: commands begin with /, type /help");
        } else if (text.isEmpty()) {
            return session -> {};
        }
        boolean first = !spoken;
        spoken = true;
        if (first && line.isBareLogin()) {
            return out.error(
                    "not said, because it may contain a password: type it again to say it, or with / before it to log in");
        }
        return commands.say(Kind.MESSAGE, line.isEscaped() ? line.visible().substring(1) : text);
    }

    private Request name(TypedLine line) {
        if (line.isCommand()
                && PlainCommand.named(line.command())
                        .filter(PlainCommand::isAlways)
                        .isPresent()) {
            return command(line);
        }
        String text = line.text().strip();
        return text.isEmpty()
                ? out.error("type your name")
                : session -> session.identity().claim(text);
    }

    private Request command(TypedLine line) {
        Optional<PlainCommand> command = PlainCommand.named(line.command());
        return command.isPresent()
                ? command.get().read(commands, line.argument())
                : out.error(
                        "there is no command " + line.command() + ": type /help, or /" + line.visible() + " to say it");
    }

    @Override
    public int unfinished() {
        return telnetJoiner.size();
    }

    @Override
    public Request overlong() {
        return out.error("that line was longer than " + settings.maxLineBytes() + " bytes and was dropped");
    }

    // Events and replies

    @Override
    public void named(Nick nick, Nick before) {
        if (named) {
            inNoRoom(nick);
        } else {
            session().identity().enter(() -> {
                named = true;
                start(nick);
            });
        }
    }

    /** Shows a room that the user is in already, or else joins the first room. */
    private void start(Nick nick) {
        List<RoomName> mine =
                session().rooms().places().stream().map(Place::room).toList();
        Optional<RoomName> first = settings.room();
        Optional<RoomName> shown = mine.stream()
                .filter(room ->
                        first.filter(wanted -> wanted.key().equals(room.key())).isPresent())
                .findFirst()
                .or(() -> mine.stream().findFirst());
        if (shown.isPresent()) {
            joining = shown; // the session joins it
        } else {
            first.ifPresentOrElse(wanted -> join(wanted, ""), () -> inNoRoom(nick));
        }
    }

    @Override
    public void renamed(Nick nick, Nick before, String why) {
        out.tell(session(), "! " + why + ": you are " + nick + " now");
    }

    private void inNoRoom(Nick nick) {
        if (room.isEmpty()) {
            out.tell(session(), "-- you are " + nick + ", and in no room: type /join ROOM");
        }
    }

    @Override
    public void nameRefused(String asked, NameProblem problem, String why) {
        String another = named ? "/nick and another name" : "another name";
        String rest = switch (problem) {
            case INVALID, TAKEN -> "type " + another;
            case OWNED -> "type /login " + asked + " PASSWORD, or " + another;
        };
        out.tell(session(), "! " + why + ": " + rest);
    }

    @Override
    public void moved(Nick nick, UserSnapshot before, List<RoomName> left) {
        out.tell(session(), "-- you are " + nick + " now, on " + connections() + " connections");
        Optional<RoomName> here = room;
        room = Optional.empty();
        here.ifPresent(same -> join(same, ""));
    }

    private int connections() {
        return session()
                .identity()
                .user()
                .map(user -> user.connections().size())
                .orElse(1);
    }

    /** Joins a room, or shows one that another connection of the user is in. */
    void join(RoomName wanted, String key) {
        if (session().rooms().isIn(wanted)) {
            turnTo(wanted);
        } else {
            joining = Optional.of(wanted);
            session().rooms().join(wanted, key, this);
        }
    }

    /** Shows the room as after a join; earlier events on this connection were not shown. */
    private void turnTo(RoomName wanted) {
        room = Optional.of(wanted);
        out.tell(session(), "-- you are in " + wanted + " now");
        long received = session().rooms().lastSeq(wanted);
        session().queries().rooms().describe(wanted, Optional.empty(), reply -> {
            if (reply instanceof RoomReply.Description found && !found.topic().isEmpty()) {
                out.topic(session(), wanted, found.topic());
            }
            history.showRecent(session(), wanted, received);
        });
    }

    /** Shows one of the user's rooms: the one that was joined last. */
    @Override
    public void welcomed(RoomEvent.Welcome welcome, long recent) {
        boolean asked = joining.filter(
                        wanted -> wanted.key().equals(welcome.room().key()))
                .isPresent();
        if (!asked && (room.isPresent() || joining.isPresent())) {
            return;
        }
        joining = Optional.empty();
        if (connections() == 1) { // otherwise another connection may be there
            room.ifPresent(before -> session().rooms().part(before, ""));
        }
        room = Optional.of(welcome.room());
        if (!welcome.topic().isEmpty()) {
            out.topic(session(), welcome.room(), welcome.topic());
        }
        history.showRecent(session(), welcome.room(), recent);
    }

    @Override
    public void show(EventBatch batch, Viewer viewer, boolean own) {
        if (isElsewhere(batch.room())) {
            return; // not the room that is shown
        }
        if (out.isChunks()) {
            batch.events().forEach(this::write);
        } else if (batch.room().isConversation()) {
            write(batch);
        } else {
            session()
                    .connection()
                    .write(batch.renderings()
                            .of(
                                    PlainDialect.class,
                                    ByteString.class,
                                    () -> PlainText.encode(lines(batch, said -> false, ""))));
        }
    }

    @Override
    public boolean shows(RoomName from) {
        return !isElsewhere(from);
    }

    private boolean isElsewhere(RoomName from) {
        return !from.isConversation()
                && room.filter(here -> here.key().equals(from.key())).isEmpty();
    }

    private void write(RoomEvent event) {
        String partner = event.room().isConversation() ? session().queries().partner(event.room()) : "";
        Predicate<RoomEvent.Said> mine = said -> session().identity().said(said.room(), said.by(), said.profile());
        session().connection().write(PlainText.encode(lines(event, mine, partner)));
    }

    private StringBuilder lines(RoomEvent event, Predicate<RoomEvent.Said> mine, String partner) {
        StringBuilder lines = new StringBuilder();
        event.accept(new PlainWriter(lines, out.lineEnd(), mine, partner));
        return lines;
    }

    @Override
    public void returned(Instant absentSince) {
        session()
                .queries()
                .past()
                .directMessages(
                        absentSince,
                        found -> found.filter(all -> !all.isEmpty())
                                .ifPresent(all -> out.tell(session(), "-- while you were away: " + all.summary())));
    }

    @Override
    public void roomRenamed(RoomEvent.RoomRenamed renamed, boolean own) {
        room = room.map(here -> here.key().equals(renamed.room().key()) ? renamed.to() : here);
    }

    @Override
    public void gap(RoomEvent.Gap gap) {
        write(gap);
    }

    @Override
    public void departed(RoomName from) {
        if (room.filter(here -> here.key().equals(from.key())).isPresent()) {
            room = Optional.empty();
            out.tell(session(), "-- you are in no room now: type /join ROOM");
        }
    }

    /** The same for all commands. Plain clients tag nothing, so they repeat nothing. */
    @Override
    public Outcome outcome() {
        return this;
    }

    @Override
    public void refused(RoomReply.Refused refused) {
        out.tell(session(), "! " + refused.refusal().text());
        if (room.isEmpty()) {
            out.tell(session(), "-- you are in no room: type /join ROOM");
        }
    }

    @Override
    public void inDoubt(RoomReply.InDoubt doubt) {
        out.tell(session(), "! it is not known whether your last message was stored: if it was, it will be shown");
    }

    @Override
    public void notified(Notification notification) {
        if (notification instanceof Notification.Invited invited) {
            out.tell(
                    session(),
                    "-- " + invited.by() + " invites you to " + invited.room() + ": type /join " + invited.room());
        } else if (notification instanceof Notification.ServerNotice notice) {
            out.tell(session(), "-- " + PlainText.clean(notice.text()));
        }
    }
}
