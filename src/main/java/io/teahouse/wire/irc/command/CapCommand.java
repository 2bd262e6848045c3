package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Capabilities;
import io.teahouse.wire.irc.Capability;
import io.teahouse.wire.irc.CapabilityValues;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.LineBudget;
import io.teahouse.wire.irc.LoginReplies;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** CAP (IRCv3 capability-negotiation). */
final class CapCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("CAP", 1, "LS|LIST|REQ|END [:capabilities]", "Negotiates capabilities.")
            .always();

    private static final String DRAFT = "draft/";

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        switch (call.param(0).toUpperCase(Locale.ROOT)) {
            case "LS" -> list(call);
            case "LIST" -> inLines(call, "LIST", enabled(call));
            case "REQ" -> request(call);
            case "END" -> {
                if (!call.client().isRegistered() && call.client().sasl().isPresent()) {
                    LoginReplies.abort(call);
                }
                call.client().negotiating(false);
                LoginReplies.claimPostponedNick(call);
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
            call.client().cap302();
        }
        boolean cap302 = call.client().supportsCap302();
        Stream<String> words = Arrays.stream(Capability.values())
                .filter(each -> CapabilityValues.has(call, each))
                .map(each -> shown(call, each, cap302));
        Stream<String> policy =
                call.server().strictTransport(call.session().identity().isSecure()).stream();
        inLines(
                call,
                "LS",
                cap302 ? Stream.concat(policy, words).toList() : forOneLine(words.toList(), space(call, "LS")));
    }

    /** How many bytes of capabilities fit into a line. */
    private static int space(Call call, String... what) {
        return call.left("CAP", call.nick(), String.join(" ", what));
    }

    /**
     * Shortens a list for clients without version 302, which expect a single line. Drafts are left out, from the end,
     * until the rest fits: they are of little use to an old client.
     */
    static List<String> forOneLine(List<String> words, int space) {
        List<String> left = new ArrayList<>(words);
        for (int i = left.size() - 1; i >= 0 && String.join(" ", left).length() > space; i--) {
            if (left.get(i).startsWith(DRAFT)) {
                left.remove(i);
            }
        }
        return left;
    }

    /** Sends a list in several lines. Clients with version 302 see by a {@code *} that another line follows. */
    private static void inLines(Call call, String what, List<String> words) {
        List<String> lines = LineBudget.pieces(words, " ", space(call, what, "*"));
        for (int i = 0; i < lines.size() - 1; i++) {
            if (call.client().supportsCap302()) {
                call.say("CAP", call.nick(), what, "*", lines.get(i));
            } else {
                answer(call, what, lines.get(i));
            }
        }
        answer(call, what, lines.isEmpty() ? "" : lines.get(lines.size() - 1));
    }

    private static String shown(Call call, Capability one, boolean values) {
        String value = values ? CapabilityValues.value(call, one) : "";
        return value.isEmpty() ? one.text() : one.text() + "=" + value;
    }

    private static List<String> enabled(Call call) {
        return Arrays.stream(Capability.values())
                .filter(call.client()::has)
                .map(Capability::text)
                .toList();
    }

    /**
     * Repeats the requested capabilities, in several lines if needed: the reply has a longer prefix than the request.
     */
    private static void repeat(Call call, String what, String asked) {
        List<String> lines = LineBudget.pieces(List.of(asked.split(" ", -1)), " ", space(call, what));
        lines.forEach(line -> answer(call, what, line));
    }

    /** Accepts all requested capabilities or none. */
    private static void request(Call call) {
        call.client().negotiating(true);
        Capabilities result = call.client().capabilities();
        String asked = String.join(
                " ", call.message().params().subList(1, call.message().params().size()));
        for (String word : asked.split(" ", -1)) {
            boolean off = word.startsWith("-");
            Optional<Capability> one =
                    Capability.named(off ? word.substring(1) : word).filter(each -> CapabilityValues.has(call, each));
            if (one.isPresent()
                    && !(off
                            && one.get() == Capability.CAP_NOTIFY
                            && call.client().supportsCap302())) {
                result = off ? result.without(one.get()) : result.with(one.get());
            } else if (!word.isEmpty()) {
                repeat(call, "NAK", asked);
                return;
            }
        }
        repeat(call, "ACK", asked);
        call.client().capabilities(result);
    }
}
