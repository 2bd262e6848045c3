package io.teahouse.wire.irc.command;

import io.teahouse.room.Anchor;
import io.teahouse.room.RoomName;
import io.teahouse.room.support.Digits;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Capability;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcTime;
import io.teahouse.wire.irc.Spec;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** CHATHISTORY (IRCv3 draft/chathistory). */
final class ChathistoryCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of(
                    "CHATHISTORY",
                    0,
                    "LATEST|BEFORE|AFTER|AROUND|BETWEEN|TARGETS target reference … limit",
                    "Returns earlier messages.")
            .costing(4);

    private static final String TIMESTAMP = "timestamp=";
    private static final String MSGID = "msgid=";

    /** The number of parameters of each subcommand, itself included. */
    private static final Map<String, Integer> SUBCOMMANDS =
            Map.of("LATEST", 4, "BEFORE", 4, "AFTER", 4, "AROUND", 4, "BETWEEN", 5, "TARGETS", 4);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public int work(Call call) {
        return call.param(0).equalsIgnoreCase("TARGETS")
                ? WorkCost.STORE
                : WorkCost.lines(limit(call, call.param(0).equalsIgnoreCase("BETWEEN") ? 4 : 3));
    }

    @Override
    public void run(Call call) {
        String subcommand = call.param(0).toUpperCase(Locale.ROOT);
        int params = SUBCOMMANDS.getOrDefault(subcommand, 0);
        if (!call.hasAskedFor(Capability.CHATHISTORY)) {
            return;
        } else if (!call.has(0)) {
            call.fail("NEED_MORE_PARAMS", "Missing parameters");
        } else if (params == 0) {
            invalid(call, "Unknown command", call.param(0));
        } else if (!call.has(params - 1)) {
            invalid(call, "Insufficient parameters", subcommand);
        } else if (call.has(params)) {
            invalid(call, "Too many parameters", subcommand);
        } else if (limit(call, params - 1) < 1) {
            invalid(call, "Invalid limit", subcommand, call.param(params - 1));
        } else if (subcommand.equals("TARGETS")) {
            targets(call, limit(call, params - 1));
        } else {
            history(call, subcommand, limit(call, params - 1));
        }
    }

    static void invalid(Call call, String why, String... context) {
        call.fail("INVALID_PARAMS", why, context);
    }

    /** The limit in parameter {@code index}; 0 if it is invalid. */
    private static int limit(Call call, int index) {
        return Math.min(
                Digits.parse(call.param(index)).orElse(0),
                call.server().settings().quotas().history());
    }

    private static void targets(Call call, int limit) {
        Optional<Instant> one = time(call.param(1));
        Optional<Instant> other = time(call.param(2));
        if (one.isPresent() && other.isPresent()) {
            ChathistoryTargets.list(call, one.get(), other.get(), limit);
        } else {
            invalid(call, "Invalid timestamp", "TARGETS", call.param(one.isEmpty() ? 1 : 2));
        }
    }

    private static void history(Call call, String subcommand, int limit) {
        boolean latest = subcommand.equals("LATEST") && call.param(2).equals("*");
        int last = subcommand.equals("BETWEEN") ? 3 : 2;
        for (int i = 2; i <= last && !latest; i++) {
            if (anchor(call.param(i)).isEmpty()) {
                invalid(call, "Invalid message reference", subcommand, call.param(i));
                return;
            }
        }
        HistoryQuery history =
                new HistoryQuery(call, subcommand, anchor(call.param(2)), anchor(call.param(last)), limit);
        Optional<RoomName> channel = call.room(call.param(1));
        if (channel.isPresent() && call.session().rooms().isIn(channel.get())) {
            history.of(channel.get());
        } else if (channel.isPresent()
                || call.session().queries().users().key(call.param(1)).isEmpty()) {
            history.noTarget();
        } else {
            call.session()
                    .queries()
                    .past()
                    .conversation(call.param(1), found -> found.ifPresentOrElse(history::of, history::nothing));
        }
    }

    /** Parses a message reference; empty if it is invalid. */
    private static Optional<Anchor> anchor(String reference) {
        return reference.startsWith(MSGID) && reference.length() > MSGID.length()
                ? Optional.of(new Anchor.AtId(reference.substring(MSGID.length())))
                : time(reference).map(Anchor.AtTime::new);
    }

    private static Optional<Instant> time(String reference) {
        return reference.startsWith(TIMESTAMP)
                ? IrcTime.parse(reference.substring(TIMESTAMP.length()))
                : Optional.empty();
    }
}
