package io.teahouse.wire.plain;

import io.teahouse.client.Devices;
import io.teahouse.client.Request;
import io.teahouse.client.Session;
import io.teahouse.room.EventType;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.support.Digits;
import io.teahouse.user.ConnectionInfo;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Implements the commands of {@link PlainCommand}. Each method gets the rest of the line. */
final class PlainCommands {
    private static final int FEW_LINES = 20;
    private static final int MOST_LINES = 1000;

    /** As at the IRC door, where longer texts would not fit beside long names. */
    private static final int MOST_AWAY_BYTES = 200;

    /** The least cost of /history, as at the IRC door; each further point pays for {@link #LINES_PER_COST} lines. */
    private static final int HISTORY_COST = 4;

    private static final int LINES_PER_COST = 100;
    private static final int LINES_PER_WORK = 25;

    private final PlainDialect dialect;
    private final PlainSettings settings;
    private final PlainOutput out;
    private final PlainHistory history;
    private final PlainLists lists;
    private final PlainAccounts accounts;

    PlainCommands(PlainDialect dialect, PlainSettings settings, PlainOutput out, PlainHistory history) {
        this.dialect = dialect;
        this.settings = settings;
        this.out = out;
        this.history = history;
        this.lists = new PlainLists(out);
        this.accounts = new PlainAccounts(out);
    }

    private Request usage(PlainCommand command) {
        return out.error("type " + command.usage);
    }

    Request say(Kind kind, String text) {
        return Request.message(session ->
                inRoom(session, (s, where) -> s.rooms().say(where, kind, text, dialect.outcome())));
    }

    private void inRoom(Session session, BiConsumer<Session, RoomName> action) {
        Optional<RoomName> room = dialect.room();
        if (room.isPresent()) {
            action.accept(session, room.get());
        } else {
            out.tell(session, "! you are in no room: type /join ROOM");
        }
    }

    Request help(String argument) {
        return session -> {
            for (PlainCommand command : PlainCommand.values()) {
                out.tell(session, "-- " + command.usage + ": " + command.help);
            }
            out.tell(session, "-- //TEXT: says /TEXT");
        };
    }

    Request join(String argument) {
        if (argument.isEmpty()) {
            return usage(PlainCommand.JOIN);
        }
        String[] parts = PlainText.firstWord(argument);
        String key = parts.length == 1 ? "" : parts[1];
        try {
            RoomName name = settings.caseMapping().room(parts[0].startsWith("#") ? parts[0].substring(1) : parts[0]);
            return session -> {
                Optional<RoomName> room = dialect.room();
                if (room.isPresent() && room.get().key().equals(name.key())) {
                    out.tell(session, "! you are in " + room.get() + " already");
                } else {
                    dialect.join(name, key);
                }
            };
        } catch (IllegalArgumentException e) {
            return out.error(e.getMessage() + ": type /join ROOM");
        }
    }

    Request part(String argument) {
        return session -> inRoom(session, (s, where) -> s.rooms().part(where, argument));
    }

    Request rooms(String argument) {
        return session -> session.queries()
                .rooms()
                .listRooms(found -> found.ifPresentOrElse(
                        listing -> lists.rooms(session, listing),
                        () -> out.tell(session, "! the list of rooms is not available just now: try again later")));
    }

    Request who(String argument) {
        return session -> inRoom(session, (s, where) -> s.queries().rooms().names(where, reply -> answered(s, reply)));
    }

    Request nick(String argument) {
        return argument.isEmpty()
                ? usage(PlainCommand.NICK)
                : session -> session.identity().claim(argument);
    }

    Request msg(String argument) {
        String[] parts = PlainText.firstWord(argument);
        return parts.length < 2
                ? usage(PlainCommand.MSG)
                : session -> session.queries()
                        .users()
                        .find(parts[0])
                        .ifPresentOrElse(
                                to -> session.rooms()
                                        .whisper(to, new OutgoingMessage(Kind.MESSAGE, parts[1]), dialect.outcome()),
                                () -> out.tell(
                                        session,
                                        "! there is nobody called " + parts[0] + ": type /who to see who is here"));
    }

    Request me(String argument) {
        return argument.isEmpty() ? usage(PlainCommand.ME) : say(Kind.ACTION, argument);
    }

    Request topic(String argument) {
        return argument.isEmpty()
                ? session -> inRoom(
                        session,
                        (s, where) ->
                                s.queries().rooms().describe(where, Optional.empty(), reply -> answered(s, reply)))
                : session -> inRoom(
                        session,
                        (s, where) ->
                                s.rooms().setTopic(where, argument.equals("-") ? "" : argument, dialect.outcome()));
    }

    Request history(String argument) {
        int lines = FEW_LINES;
        if (!argument.isEmpty()) {
            if (!Digits.are(argument, 4) || Integer.parseInt(argument) < 1) {
                return out.error("type /history and a number from 1 to " + MOST_LINES);
            }
            lines = Math.min(MOST_LINES, Integer.parseInt(argument));
        }
        int wanted = lines;
        return Request.costing(
                HISTORY_COST + lines / LINES_PER_COST,
                HISTORY_COST + lines / LINES_PER_WORK,
                session -> inRoom(
                        session,
                        (s, where) -> s.queries()
                                .rooms()
                                .history(
                                        where,
                                        HistoryRange.latest(wanted),
                                        EventType.ALL,
                                        reply -> answered(s, reply))));
    }

    private void answered(Session session, RoomReply reply) {
        if (reply instanceof RoomReply.NameList list) {
            lists.names(session, list);
        } else if (reply instanceof RoomReply.Description found) {
            out.topic(session, found.room(), found.topic());
        } else if (reply instanceof RoomReply.Past past) {
            history.past(session, past);
        } else if (reply instanceof RoomReply.Refused refused) {
            dialect.refused(refused);
        }
    }

    /** As AWAY at the IRC door, which shows others that somebody is away. */
    Request away(String argument) {
        if (argument.getBytes(StandardCharsets.UTF_8).length > MOST_AWAY_BYTES) {
            return out.error("that is too long: type /away and at most " + MOST_AWAY_BYTES + " bytes");
        }
        return session -> {
            session.identity().setAway(argument);
            out.tell(session, argument.isEmpty() ? "-- you are back" : "-- you are away: " + argument);
        };
    }

    Request register(String argument) {
        return session -> accounts.register(session, argument);
    }

    Request login(String argument) {
        return session -> accounts.login(session, argument);
    }

    Request password(String argument) {
        return session -> accounts.password(session, argument);
    }

    Request logout(String argument) {
        return accounts::logout;
    }

    Request alwaysOn(String argument) {
        return switch (argument.toLowerCase(Locale.ROOT)) {
            case "" -> session -> accounts.alwaysOn(session, Optional.empty());
            case "on" -> session -> accounts.alwaysOn(session, Optional.of(true));
            case "off" -> session -> accounts.alwaysOn(session, Optional.of(false));
            default -> usage(PlainCommand.ALWAYS_ON);
        };
    }

    Request search(String argument) {
        return argument.isEmpty()
                ? usage(PlainCommand.SEARCH)
                : session -> inRoom(session, (s, where) -> history.search(s, where, argument));
    }

    Request devices(String argument) {
        String[] words = PlainText.firstWord(argument);
        if (argument.isEmpty()) {
            return this::devices;
        } else if (words.length == 2 && words[0].equalsIgnoreCase("end")) {
            return session -> end(session, words[1]);
        } else if (words.length == 2 && words[0].equalsIgnoreCase("revoke")) {
            return session -> accounts.revoke(session, words[1]);
        }
        return usage(PlainCommand.DEVICES);
    }

    private void devices(Session session) {
        Devices.list(session.identity()).forEach(line -> out.tell(session, "-- " + line));
        accounts.tokens(session);
    }

    private void end(Session session, String number) {
        Optional<ConnectionInfo> found = Devices.find(session.identity(), number);
        if (found.isEmpty()) {
            out.tell(session, "! you have no connection of that number: type /devices");
        } else if (Devices.isThis(session.identity(), found.get())) {
            session.connection().quit("");
        } else {
            session.identity().endConnection(found.get(), Devices.ENDED);
            out.tell(session, "-- connection " + found.get().number() + " is ended");
        }
    }

    Request quit(String argument) {
        return session -> session.connection().quit(argument);
    }
}
