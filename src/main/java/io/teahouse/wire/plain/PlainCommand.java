package io.teahouse.wire.plain;

import io.teahouse.client.Request;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;

/** The commands of the plain dialect: one line each; {@code /help} and the errors are made from this table. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are method references
enum PlainCommand {
    HELP("/help", "lists the commands", PlainDialect::help),
    JOIN("/join ROOM", "goes to another room", PlainDialect::join),
    PART("/part", "leaves the room", PlainDialect::part),
    ROOMS("/rooms", "lists the rooms", PlainDialect::rooms),
    WHO("/who", "says who is in the room", PlainDialect::who),
    NICK("/nick NAME", "changes your name", PlainDialect::nick),
    MSG("/msg NAME TEXT", "says something to one person alone", PlainDialect::msg),
    ME("/me TEXT", "says what you do", PlainDialect::me),
    TOPIC("/topic TEXT", "sets what the room is about (/topic - removes it)", PlainDialect::topic),
    HISTORY("/history [LINES]", "shows what was said last", PlainDialect::history),
    REGISTER("/register PASSWORD", "makes your name yours alone", PlainDialect::register),
    LOGIN("/login [NAME] PASSWORD", "shows that a name is yours", PlainDialect::login),
    LOGOUT("/logout", "ends what /login began", PlainDialect::logout),
    SEARCH("/search WORDS", "finds what was said in the room", PlainDialect::search),
    QUIT("/quit", "leaves, as does {quit}", PlainDialect::quit);

    final String usage;
    final String help;
    private final BiFunction<PlainDialect, String, Request> read;

    PlainCommand(String usage, String help, BiFunction<PlainDialect, String, Request> read) {
        this.usage = usage;
        this.help = help;
        this.read = read;
    }

    /** Whether it can be used by who has no name yet. */
    boolean isAlways() {
        return this == HELP || this == REGISTER || this == LOGIN || this == QUIT;
    }

    /** What the command asks for, with the rest of the line as its argument. */
    Request read(PlainDialect dialect, String argument) {
        return read.apply(dialect, argument);
    }

    /** @param word as typed, with its slash, in any case */
    static Optional<PlainCommand> named(String word) {
        return Arrays.stream(values())
                .filter(command -> word.substring(1).equalsIgnoreCase(command.name()))
                .findFirst();
    }
}
