package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Service;
import io.teahouse.wire.irc.Spec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the commands of both services share: {@code /msg NickServ COMMAND …} is {@code NICKSERV COMMAND …}. */
abstract class ServiceCommand implements IrcCommand {
    private static final String CTCP = "\u0001";

    private final Service service;
    private final Spec spec;
    private final List<String> help;

    /** @param help a line for each command */
    ServiceCommand(Service service, Spec spec, List<String> help) {
        this.service = service;
        this.spec = spec;
        this.help = help;
    }

    @Override
    public final Spec spec() {
        return spec;
    }

    @Override
    public final void run(Call call) {
        String text = String.join(" ", call.message().params()).strip();
        List<String> words =
                Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
        if (words.isEmpty() || text.startsWith(CTCP)) { // a query to programs needs no answer
            return;
        }
        String verb = verb(words, 0);
        if (verb.equals("HELP")) {
            help.forEach(line -> service.tell(call, line));
        } else {
            run(call, verb, words);
        }
    }

    /**
     * Runs one command.
     *
     * @param verb the first word, in capitals
     * @param words all of them
     */
    abstract void run(Call call, String verb, List<String> words);

    /** The word at that place in capitals; empty: there is none. */
    static String verb(List<String> words, int at) {
        return at < words.size() ? words.get(at).toUpperCase(Locale.ROOT) : "";
    }

    /** The words from that place on. */
    static String rest(List<String> words, int from) {
        return String.join(" ", words.subList(Math.min(from, words.size()), words.size()));
    }

    /** Does not repeat what was typed: it may be a password. */
    static void unknown(Call call, Service service) {
        service.tell(call, "I do not know that command, or something is missing: /msg " + service.nick() + " HELP");
    }
}
