package io.teahouse.wire.plain;

import io.teahouse.client.Request;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;

/** The commands of the plain dialect, one line each. {@code /help} and the usage errors are made from this table. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are method references
enum PlainCommand {
    HELP("/help", "lists the commands", 2, 1, PlainCommands::help),
    JOIN("/join ROOM", "goes to another room", 1, 2, PlainCommands::join),
    PART("/part", "leaves the room", 1, 0, PlainCommands::part),
    ROOMS("/rooms", "lists the rooms", 3, 10, PlainCommands::rooms),
    WHO("/who", "says who is in the room", 3, 4, PlainCommands::who),
    NICK("/nick NAME", "changes your name", 2, 0, PlainCommands::nick),
    MSG("/msg NAME TEXT", "sends a private message", 1, 0, PlainCommands::msg),
    ME("/me TEXT", "describes what you do", 1, 0, PlainCommands::me),
    TOPIC("/topic [TEXT]", "shows or sets what the room is about (/topic - removes it)", 2, 0, PlainCommands::topic),
    HISTORY("/history [LINES]", "shows the latest messages", 4, 0, PlainCommands::history),
    AWAY("/away [TEXT]", "says that you are away, and why; /away alone: you are back", 2, 0, PlainCommands::away),
    REGISTER("/register PASSWORD", "registers your name", 5, 0, PlainCommands::register),
    LOGIN("/login [NAME] PASSWORD", "logs in to a registered name", 5, 0, PlainCommands::login),
    PASSWORD("/password OLD NEW", "changes your password", 5, 0, PlainCommands::password),
    LOGOUT("/logout", "logs out", 2, 0, PlainCommands::logout),
    ALWAYS_ON("/always-on [on|off]", "stays in the room when you disconnect", 3, 0, PlainCommands::alwaysOn),
    DEVICES(
            "/devices [end NUMBER|revoke NUMBER]",
            "lists your connections and logged-in devices, or ends one",
            2,
            0,
            PlainCommands::devices),
    SEARCH("/search WORDS", "searches the messages in the room", 8, 40, PlainCommands::search),
    QUIT("/quit", "leaves, as does {quit}", 1, 0, PlainCommands::quit);

    final String usage;
    final String help;
    private final int cost;
    private final int work;
    private final BiFunction<PlainCommands, String, Request> read;

    /**
     * A command.
     *
     * @param cost see {@link Request#cost}
     * @param work see {@link Request#work}
     */
    PlainCommand(String usage, String help, int cost, int work, BiFunction<PlainCommands, String, Request> read) {
        this.usage = usage;
        this.help = help;
        this.cost = cost;
        this.work = work;
        this.read = read;
    }

    /** Whether users without a name can use it. */
    boolean isAlways() {
        return this == HELP || this == REGISTER || this == LOGIN || this == PASSWORD || this == QUIT;
    }

    /** The request for this command, with the rest of the line as its argument. */
    Request read(PlainCommands commands, String argument) {
        Request request = read.apply(commands, argument);
        return request.isPipelined() || this == HISTORY ? request : Request.costing(cost, work, request::run);
    }

    /** @param word as typed, with its slash, in any case */
    static Optional<PlainCommand> named(String word) {
        return Arrays.stream(values())
                .filter(command ->
                        word.substring(1).equalsIgnoreCase(command.name().replace('_', '-')))
                .findFirst();
    }
}
