package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the commands of both services share. */
final class ServiceCalls {
    private static final String CTCP = "\u0001";

    private ServiceCalls() {}

    /** The words that a client has said to a service; empty: nothing that needs an answer, such as a query to programs. */
    static List<String> words(Call call) {
        String text = String.join(" ", call.message().params()).strip();
        return text.startsWith(CTCP)
                ? List.of()
                : Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    /** The word at that place in capitals; empty: there is none. */
    static String verb(List<String> words, int at) {
        return at < words.size() ? words.get(at).toUpperCase(Locale.ROOT) : "";
    }

    /** The words from that place on. */
    static String rest(List<String> words, int from) {
        return String.join(" ", words.subList(Math.min(from, words.size()), words.size()));
    }

    static void help(Call call, Service service, List<String> lines) {
        lines.forEach(line -> service.tell(call, line));
    }

    /** Does not repeat what was typed: it may be a password. */
    static void unknown(Call call, Service service) {
        service.tell(call, "I do not know that command, or something is missing: /msg " + service.nick() + " HELP");
    }
}
