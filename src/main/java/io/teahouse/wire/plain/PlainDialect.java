package io.teahouse.wire.plain;

import akka.util.ByteString;
import io.teahouse.client.Dialect;
import io.teahouse.client.Notification;
import io.teahouse.client.Request;
import io.teahouse.client.Session;
import io.teahouse.client.Words;
import io.teahouse.room.Archive;
import io.teahouse.room.Mark;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.RoomSummary;
import io.teahouse.room.Sort;
import io.teahouse.room.Span;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The plain dialect of one connection. The first line is the name; every further line is a message to the room, or a
 * command. In lines of the server's own, {@code --} tells something and {@code !} says what to type instead.
 */
public final class PlainDialect implements Dialect {
    private static final String QUIT = "{quit}";
    private static final int MOST_LISTED = 100;
    private static final int HISTORY_DEFAULT = 20;
    private static final int HISTORY_MOST = 1000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final PlainSettings settings;
    private final PlainAccounts accounts = new PlainAccounts(this::tell);
    private boolean named;
    private boolean chunks;
    private Optional<RoomName> room = Optional.empty();

    /** A dialect for one connection. */
    public PlainDialect(PlainSettings settings) {
        this.settings = settings;
    }

    // The connection

    @Override
    public void opened(Session session) {
        if (!settings.chunks()) {
            greet(session);
        }
    }

    private void greet(Session session) {
        String where = settings.room().map(name -> " to the room " + name).orElse("");
        tell(
                session,
                "-- Welcome to Teahouse. The first line you type is your name, every further line is a message" + where
                        + "; /help lists the commands, {quit} leaves.");
    }

    @Override
    public void framed(Session session, boolean lineEnd) {
        if (settings.chunks() && lineEnd) {
            greet(session);
        } else if (settings.chunks()) {
            chunks = true;
            session.separateWrites();
        }
    }

    @Override
    public ByteString lastWords(String reason) {
        return PlainText.encode("! " + reason + lineEnd());
    }

    private String lineEnd() {
        return chunks ? "" : "\n";
    }

    private void tell(Session session, String line) {
        session.write(PlainText.encode(line + lineEnd()));
    }

    private Request error(String what) {
        return session -> tell(session, "! " + what);
    }

    // What a line asks for

    @Override
    public Request read(ByteString line) {
        String text = PlainText.decode(line);
        if (text.equals(QUIT)) {
            return quit("");
        } else if (!named) {
            return name(text.strip());
        } else if (text.startsWith("/") && !text.startsWith("//")) {
            return command(text);
        } else if (text.isEmpty()) {
            return session -> {};
        }
        return say(Kind.MESSAGE, text.startsWith("//") ? text.substring(1) : text);
    }

    @Override
    public Request overlong() {
        return error("that line was longer than " + settings.maxLineBytes() + " bytes and was dropped");
    }

    private Request name(String text) {
        boolean command = text.startsWith("/")
                && PlainCommand.named(text.split("\\s", 2)[0])
                        .filter(PlainCommand::isAlways)
                        .isPresent();
        if (command) {
            return command(text);
        }
        return text.isEmpty() ? error("type your name") : session -> session.claim(text);
    }

    private Request command(String text) {
        String[] parts = text.split("\\s+", 2);
        Optional<PlainCommand> command = PlainCommand.named(parts[0]);
        return command.isPresent()
                ? command.get().read(this, parts.length == 1 ? "" : parts[1].strip())
                : error("there is no command " + parts[0] + ": type /help, or /" + text + " to say it");
    }

    private Request usage(PlainCommand command) {
        return error("type " + command.usage);
    }

    private Request say(Kind kind, String text) {
        return Request.message(session -> inRoom(session, (s, where) -> s.say(where, kind, text)));
    }

    private void inRoom(Session session, BiConsumer<Session, RoomName> action) {
        if (room.isPresent()) {
            action.accept(session, room.get());
        } else {
            tell(session, "! you are in no room: type /join ROOM");
        }
    }

    Request help(String argument) {
        return session -> {
            for (PlainCommand command : PlainCommand.values()) {
                tell(session, "-- " + command.usage + ": " + command.help);
            }
            tell(session, "-- //TEXT: says /TEXT");
        };
    }

    Request join(String argument) {
        if (argument.isEmpty()) {
            return usage(PlainCommand.JOIN);
        }
        String[] parts = argument.split("\\s+", 2);
        String key = parts.length == 1 ? "" : parts[1];
        try {
            RoomName name = settings.caseMapping().room(parts[0].startsWith("#") ? parts[0].substring(1) : parts[0]);
            return session -> {
                if (room.isPresent() && room.get().key().equals(name.key())) {
                    tell(session, "! you are in " + room.get() + " already");
                } else {
                    session.join(name, key);
                }
            };
        } catch (IllegalArgumentException e) {
            return error(e.getMessage() + ": type /join ROOM");
        }
    }

    Request part(String argument) {
        return session -> inRoom(session, (s, where) -> s.part(where, argument));
    }

    Request rooms(String argument) {
        return session -> session.listRooms(found -> found.ifPresentOrElse(
                listing -> list(session, listing),
                () -> tell(session, "! it is not known just now which rooms there are: try again later")));
    }

    Request who(String argument) {
        return session -> inRoom(session, (s, where) -> s.names(where, reply -> answered(s, reply)));
    }

    Request nick(String argument) {
        return argument.isEmpty() ? usage(PlainCommand.NICK) : session -> session.claim(argument);
    }

    Request msg(String argument) {
        String[] parts = argument.split("\\s+", 2);
        return parts.length < 2
                ? usage(PlainCommand.MSG)
                : session -> session.people()
                        .find(parts[0])
                        .ifPresentOrElse(
                                to -> session.whisper(to, new Words(Kind.MESSAGE, parts[1])),
                                () -> tell(
                                        session,
                                        "! there is nobody called " + parts[0] + ": type /who to see who is here"));
    }

    Request me(String argument) {
        return argument.isEmpty() ? usage(PlainCommand.ME) : say(Kind.ACTION, argument);
    }

    Request topic(String argument) {
        return argument.isEmpty()
                ? usage(PlainCommand.TOPIC)
                : session -> inRoom(session, (s, where) -> s.setTopic(where, argument.equals("-") ? "" : argument));
    }

    Request history(String argument) {
        int lines = HISTORY_DEFAULT;
        if (!argument.isEmpty()) {
            if (!argument.matches("[0-9]{1,4}") || Integer.parseInt(argument) < 1) {
                return error("type /history and a number from 1 to " + HISTORY_MOST);
            }
            lines = Math.min(HISTORY_MOST, Integer.parseInt(argument));
        }
        int wanted = lines;
        return session -> inRoom(
                session, (s, where) -> s.history(where, Span.latest(wanted), Sort.ALL, reply -> answered(s, reply)));
    }

    Request register(String argument) {
        return session -> accounts.register(session, argument);
    }

    Request login(String argument) {
        return session -> accounts.login(session, argument);
    }

    Request logout(String argument) {
        return accounts::logout;
    }

    Request search(String argument) {
        return argument.isEmpty()
                ? usage(PlainCommand.SEARCH)
                : session -> inRoom(
                        session,
                        (s, where) -> s.search(
                                new Archive.Query(
                                        List.of(where),
                                        argument,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        HISTORY_DEFAULT),
                                found -> found.ifPresentOrElse(
                                        said -> found(s, said),
                                        () -> tell(s, "! the store does not answer: try again later"))));
    }

    private void found(Session session, List<RoomEvent.Said> said) {
        if (said.isEmpty()) {
            tell(session, "-- nothing was found");
        }
        show(session, said);
    }

    Request quit(String argument) {
        return session -> session.quit(argument);
    }

    // What happens

    @Override
    public void named(Session session, Nick nick, Nick before) {
        if (named) {
            inNoRoom(session, nick);
        } else {
            session.enter(() -> {
                named = true;
                settings.room().ifPresentOrElse(start -> session.join(start, ""), () -> inNoRoom(session, nick));
            });
        }
    }

    private void inNoRoom(Session session, Nick nick) {
        if (room.isEmpty()) {
            tell(session, "-- you are " + nick + ", and in no room: type /join ROOM");
        }
    }

    @Override
    public void nameRefused(Session session, String asked, NameProblem problem, String why) {
        String another = named ? "/nick and another name" : "another name";
        String rest = switch (problem) {
            case INVALID, TAKEN -> "type " + another;
            case OWNED -> "type /login " + asked + " PASSWORD, or " + another;
            case UNKNOWN -> "try again later";
        };
        tell(session, "! " + why + ": " + rest);
    }

    @Override
    public void welcomed(Session session, RoomEvent.Welcome welcome) {
        room.ifPresent(before -> session.part(before, ""));
        room = Optional.of(welcome.room());
        if (!welcome.topic().isEmpty()) {
            tell(
                    session,
                    "-- topic of " + welcome.room() + ": "
                            + PlainText.clean(welcome.topic().text()));
        }
        recall(session, welcome);
    }

    /** What was said before somebody came; not to clients who cannot tell where a line ends. */
    private void recall(Session session, RoomEvent.Welcome welcome) {
        if (welcome.seq() > 0 && settings.historyLines() > 0 && !chunks) {
            Span before = Span.before(new Mark.AtSeq(welcome.seq() + 1), settings.historyLines());
            session.history(welcome.room(), before, Set.of(Sort.MESSAGE), reply -> {
                if (reply instanceof RoomReply.Past past && !past.events().isEmpty()) {
                    tell(session, "-- this was said before you came:");
                    show(session, past.events());
                }
            });
        }
    }

    @Override
    public void show(Session session, RoomEvent.Batch batch, Nick viewer, boolean own) {
        if (isElsewhere(batch.room())) {
            return; // the room that the client is just leaving for another one
        }
        if (chunks) {
            batch.events().forEach(event -> write(session, event, viewer));
        } else if (batch.room().isConversation()) {
            write(session, batch, viewer);
        } else {
            session.write(batch.renderings()
                    .of(PlainDialect.class, ByteString.class, () -> PlainText.encode(lines(batch, viewer, ""))));
        }
    }

    private boolean isElsewhere(RoomName from) {
        return !from.isConversation()
                && room.filter(here -> !here.key().equals(from.key())).isPresent();
    }

    private void write(Session session, RoomEvent event, Nick viewer) {
        String partner = event.room().isConversation() ? session.partner(event.room()) : "";
        session.write(PlainText.encode(lines(event, viewer, partner)));
    }

    private StringBuilder lines(RoomEvent event, Nick viewer, String partner) {
        StringBuilder out = new StringBuilder();
        event.accept(new PlainWriter(out, lineEnd(), viewer, partner));
        return out;
    }

    @Override
    public void roomRenamed(Session session, RoomEvent.RoomRenamed renamed) {
        room = room.map(here -> here.key().equals(renamed.room().key()) ? renamed.to() : here);
    }

    @Override
    public void gap(Session session, RoomEvent.Gap gap) {
        session.nick().ifPresent(viewer -> write(session, gap, viewer));
    }

    @Override
    public void departed(Session session, RoomName from) {
        if (room.filter(here -> here.key().equals(from.key())).isPresent()) {
            room = Optional.empty();
            tell(session, "-- you are in no room now: type /join ROOM");
        }
    }

    @Override
    public void refused(Session session, RoomReply.Refused refused) {
        tell(session, "! " + refused.refusal().text());
        if (room.isEmpty()) {
            tell(session, "-- you are in no room: type /join ROOM");
        }
    }

    @Override
    public void inDoubt(Session session, RoomReply.InDoubt doubt) {
        tell(session, "! it is not known whether your last message was stored: if it was, it will be shown");
    }

    /** Plain clients tag nothing, so they repeat nothing. */
    @Override
    public void repeated(Session session, RoomReply.Repeated repeated) {}

    private void answered(Session session, RoomReply reply) {
        if (reply instanceof RoomReply.NameList list) {
            list(session, list);
        } else if (reply instanceof RoomReply.Past past) {
            list(session, past);
        } else if (reply instanceof RoomReply.Refused refused) {
            refused(session, refused);
        }
    }

    private void list(Session session, RoomReply.NameList list) {
        List<String> names = new ArrayList<>();
        list.members().stream()
                .limit(MOST_LISTED)
                .forEach(member -> names.add(member.ranks().highest() + member.nick()));
        int more = list.members().size() - names.size();
        String rest = more == 0 ? "" : " and " + more + " more";
        tell(session, "-- in " + list.room() + ": " + String.join(", ", names) + rest);
    }

    private void list(Session session, RoomReply.Past past) {
        if (past.events().isEmpty()) {
            tell(session, "-- nothing is kept of what was said here");
        } else if (past.gap()) {
            tell(session, "-- older lines are not kept any more");
        }
        show(session, past.events());
    }

    private void show(Session session, List<? extends RoomEvent.Recorded> events) {
        session.nick().ifPresent(viewer -> {
            List<ByteString> newest = newest(events, viewer);
            int left = events.size() - newest.size();
            if (left > 0) {
                tell(session, "-- so much was said that " + left + " older lines are left out");
            }
            newest.forEach(session::write);
        });
    }

    /** As many as an answer may hold, the newest; in order. */
    private List<ByteString> newest(List<? extends RoomEvent.Recorded> events, Nick viewer) {
        ArrayDeque<ByteString> kept = new ArrayDeque<>();
        int bytes = 0;
        for (int i = events.size() - 1; i >= 0; i--) {
            ByteString line = PlainText.encode(withTime(events.get(i), viewer) + lineEnd());
            bytes += line.size();
            if (bytes > settings.answerBytes()) {
                break;
            }
            kept.addFirst(line);
        }
        return List.copyOf(kept);
    }

    private static String withTime(RoomEvent.Recorded event, Nick viewer) {
        StringBuilder out = new StringBuilder();
        event.accept(new PlainWriter(out, "\n", viewer, ""));
        String time = "[" + TIME.format(event.at()) + "] ";
        return time + out.toString().strip().replace("\n", "\n" + time);
    }

    private void list(Session session, RoomDirectory.Listing listing) {
        List<RoomSummary> rooms = listing.rooms().stream()
                .filter(each -> !each.secret() || session.isIn(each.room()))
                .toList();
        if (rooms.isEmpty()) {
            tell(session, "-- there is nobody in any room");
        }
        for (RoomSummary each : rooms.subList(0, Math.min(MOST_LISTED, rooms.size()))) {
            String topic = each.topic().isEmpty()
                    ? ""
                    : ": " + PlainText.clean(each.topic().text());
            tell(session, "-- " + each.room() + " (" + each.members() + ")" + topic);
        }
        int more = rooms.size() - MOST_LISTED;
        if (more > 0) {
            tell(session, "-- and " + more + " more");
        }
    }

    @Override
    public void told(Session session, Notification notification) {
        if (notification instanceof Notification.Invited invited) {
            tell(
                    session,
                    "-- " + invited.by() + " invites you to " + invited.room() + ": type /join " + invited.room());
        }
    }
}
