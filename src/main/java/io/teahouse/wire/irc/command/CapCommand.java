package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Capabilities;
import io.teahouse.wire.irc.Capability;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** CAP (IRCv3 capability-negotiation). */
final class CapCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of(
                    "CAP", 1, "LS|LIST|REQ|END [:capabilities]", "Agrees on what goes beyond the old protocol.")
            .always();

    private static final int MOST_IN_A_LINE = 350;

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        switch (call.param(0).toUpperCase(Locale.ROOT)) {
            case "LS" -> list(call);
            case "LIST" -> answer(call, "LIST", enabled(call));
            case "REQ" -> request(call);
            case "END" -> {
                call.client().negotiating(false);
                call.register();
            }
            default -> call.reply(Numeric.ERR_INVALIDCAPCMD, call.param(0));
        }
    }

    private static void answer(Call call, String what, String capabilities) {
        call.say("CAP", call.nick(), what, capabilities);
    }

    private static void list(Call call) {
        call.client().negotiating(true);
        if (!call.param(1).isEmpty() && !call.param(1).equals("301")) {
            call.client().modern();
        }
        boolean values = call.client().isModern();
        answer(
                call,
                "LS",
                Stream.concat(
                                Arrays.stream(Capability.values()).map(each -> shown(call, each, values)),
                                values
                                        ? call
                                                .server()
                                                .strictTransport(call.session().isSecure())
                                                .stream()
                                        : Stream.empty())
                        .collect(Collectors.joining(" ")));
    }

    private static String shown(Call call, Capability one, boolean values) {
        String value = values ? call.server().value(one) : "";
        return value.isEmpty() ? one.text() : one.text() + "=" + value;
    }

    private static String enabled(Call call) {
        return Arrays.stream(Capability.values())
                .filter(call.client()::has)
                .map(Capability::text)
                .collect(Collectors.joining(" "));
    }

    /** In as many lines as it takes: the answer has a longer beginning than the request. */
    private static void acknowledge(Call call, String asked) {
        StringBuilder line = new StringBuilder();
        for (String word : asked.split(" ", -1)) {
            if (line.length() + word.length() > MOST_IN_A_LINE) {
                answer(call, "ACK", line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        answer(call, "ACK", line.toString());
    }

    /** All of it or nothing. */
    private static void request(Call call) {
        call.client().negotiating(true);
        Capabilities result = call.client().capabilities();
        String asked = String.join(
                " ", call.message().params().subList(1, call.message().params().size()));
        for (String word : asked.split(" ", -1)) {
            boolean off = word.startsWith("-");
            Optional<Capability> one = Capability.named(off ? word.substring(1) : word);
            if (one.isPresent()
                    && !(off
                            && one.get() == Capability.CAP_NOTIFY
                            && call.client().isModern())) {
                result = off ? result.without(one.get()) : result.with(one.get());
            } else if (!word.isEmpty()) {
                answer(call, "NAK", asked);
                return;
            }
        }
        acknowledge(call, asked);
        call.client().capabilities(result);
    }
}
