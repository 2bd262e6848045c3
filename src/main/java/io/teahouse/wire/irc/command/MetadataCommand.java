package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcText;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** METADATA (IRCv3 metadata). */
final class MetadataCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of(
                    "METADATA",
                    2,
                    "*|nick|#channel GET|LIST|SET|CLEAR|SUB|UNSUB|SUBS|SYNC [key [:value]]",
                    "Notes something about somebody or a channel, for programs.")
            .costing(2);

    private static final Pattern KEY = Pattern.compile("[a-z0-9_./-][a-z0-9_.:/-]{0,63}");
    private static final int MOST_IN_A_LINE = 300;

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        String what = call.param(1).toUpperCase(Locale.ROOT);
        switch (what) {
            case "SUB" -> subscribe(call, keys(call));
            case "UNSUB" -> {
                List<String> done = keys(call).stream()
                        .flatMap(typed -> key(call, typed).stream())
                        .toList();
                done.forEach(call.client().subscriptionsToChange()::remove);
                tell(call, Numeric.RPL_METADATAUNSUBOK, done);
            }
            case "SUBS" -> tell(call, Numeric.RPL_METADATASUBS, call.client().subscriptions());
            case "GET", "LIST", "SET", "CLEAR", "SYNC" -> about(call, what);
            default -> call.fail("SUBCOMMAND_INVALID", "There is no such subcommand", call.param(1));
        }
    }

    private static void about(Call call, String what) {
        Optional<MetadataTarget> found = MetadataTarget.of(call, call.param(0));
        if (found.isEmpty()) {
            call.fail("INVALID_TARGET", "There is nobody and no channel of that name", call.param(0));
            return;
        }
        MetadataTarget target = found.get();
        switch (what) {
            case "LIST" -> target.list();
            case "SYNC" -> target.sync();
            case "CLEAR" -> target.clear();
            case "GET" -> target.get(keys(call));
            default -> set(call, target);
        }
    }

    private static void set(Call call, MetadataTarget target) {
        if (!call.has(2)) {
            call.reply(Numeric.ERR_NEEDMOREPARAMS, SPEC.verb());
            return;
        }
        String value = call.param(3);
        key(call, call.param(2)).ifPresent(key -> {
            if (IrcText.size(value) > call.server().settings().metadataValueBytes()) {
                call.fail("INVALID_VALUE", "That is too long");
            } else {
                target.set(key, value);
            }
        });
    }

    private static List<String> keys(Call call) {
        List<String> params = call.message().params();
        return params.size() < 3 ? List.of() : params.subList(2, params.size());
    }

    /** As it counts: capitals are small letters. If it cannot be one, that has been said. */
    static Optional<String> key(Call call, String typed) {
        String key = typed.toLowerCase(Locale.ROOT);
        if (KEY.matcher(key).matches()) {
            return Optional.of(key);
        }
        call.fail("KEY_INVALID", "A key is of letters, digits, and _ . / : -", typed);
        return Optional.empty();
    }

    /** One after the other, as far as there is room: by the order the client sees what it has got. */
    private static void subscribe(Call call, List<String> typed) {
        Set<String> all = call.client().subscriptionsToChange();
        int most = call.server().settings().metadataSubscriptions();
        List<String> done = new ArrayList<>();
        for (String each : typed) {
            Optional<String> key = key(call, each);
            if (key.isPresent() && all.size() >= most && !all.contains(key.get())) {
                tell(call, Numeric.RPL_METADATASUBOK, done);
                call.fail("TOO_MANY_SUBS", "You asked to be told of too many keys", key.get());
                return;
            }
            key.ifPresent(all::add);
            key.ifPresent(done::add);
        }
        tell(call, Numeric.RPL_METADATASUBOK, done);
    }

    /** Several to a line. */
    private static void tell(Call call, Numeric numeric, Iterable<String> keys) {
        List<String> line = new ArrayList<>();
        int size = 0;
        for (String key : keys) {
            if (size + key.length() > MOST_IN_A_LINE) {
                call.replyPlain(numeric, line.toArray(new String[0]));
                line.clear();
                size = 0;
            }
            line.add(key);
            size += key.length() + 1;
        }
        if (!line.isEmpty()) {
            call.replyPlain(numeric, line.toArray(new String[0]));
        }
    }
}
