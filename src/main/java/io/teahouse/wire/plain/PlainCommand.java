package io.teahouse.wire.plain;

import io.teahouse.client.Request;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;

/** The commands of the plain dialect: one line each; {@code /help} and the errors are made from this table. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are method references
enum PlainCommand {
    HELP("/help", "lists the commands", PlainCommands::help),
    JOIN("/join ROOM", "goes to another room", PlainCommands::join),
    PART("/part", "leaves the room", PlainCommands::part),
    ROOMS("/rooms", "lists the rooms", PlainCommands::rooms),
    WHO("/who", "says who is in the room", PlainCommands::who),
    NICK("/nick NAME", "changes your name", PlainCommands::nick),
    MSG("/msg NAME TEXT", "says something to one person alone", PlainCommands::msg),
    ME("/me TEXT", "says what you do", PlainCommands::me),
    TOPIC("/topic [TEXT]", "shows or sets what the room is about (/topic - removes it)", PlainCommands::topic),
    HISTORY("/history [LINES]", "shows what was said last", PlainCommands::history),
    REGISTER("/register PASSWORD", "makes your name yours alone", PlainCommands::register),
    LOGIN("/login [NAME] PASSWORD", "shows that a name is yours", PlainCommands::login),
    PASSWORD("/password OLD NEW", "changes your password", PlainCommands::password),
    LOGOUT("/logout", "ends what /login began", PlainCommands::logout),
    SEARCH("/search WORDS", "finds what was said in the room", PlainCommands::search),
    QUIT("/quit", "leaves, as does {quit}", PlainCommands::quit);

    final String usage;
    final String help;
    private final BiFunction<PlainCommands, String, Request> read;

    PlainCommand(String usage, String help, BiFunction<PlainCommands, String, Request> read) {
        this.usage = usage;
        this.help = help;
        this.read = read;
    }

    /** Whether it can be used by who has no name yet. */
    boolean isAlways() {
        return this == HELP || this == REGISTER || this == LOGIN || this == PASSWORD || this == QUIT;
    }

    /** What the command asks for, with the rest of the line as its argument. */
    Request read(PlainCommands commands, String argument) {
        return read.apply(commands, argument);
    }

    /** @param word as typed, with its slash, in any case */
    static Optional<PlainCommand> named(String word) {
        return Arrays.stream(values())
                .filter(command -> word.substring(1).equalsIgnoreCase(command.name()))
                .findFirst();
    }
}
