package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcText;
import io.teahouse.wire.irc.MetadataSubscriptions;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import io.teahouse.wire.irc.StreamedBatch;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** METADATA (IRCv3 metadata). */
final class MetadataCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of(
                    "METADATA",
                    2,
                    "*|nick|#channel GET|LIST|SET|CLEAR|SUB|UNSUB|SUBS|SYNC [key [:value]]",
                    "Reads or sets metadata of a user or a channel, for programs.")
            .always()
            .costing(2);

    /** The most work for the lines of SYNC: as much as for 5,000. */
    private static final int MOST_WORK = 200;

    private static final String KEY_SIGNS = "_./-";

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public int work(Call call) {
        return switch (call.param(1).toUpperCase(Locale.ROOT)) {
            case "LIST", "SUBS" -> WorkCost.list(0);
            case "SYNC" -> sync(call);
            default -> 0;
        };
    }

    /** The work of SYNC for all targets: it grows with the number of users and of keys. */
    private static int sync(Call call) {
        if (!call.param(0).equals(MetadataSubscriptions.EVERYTHING)) {
            return WorkCost.list(0);
        }
        int people = call.session().queries().users().count();
        return WorkCost.list(people)
                + Math.min(
                        MOST_WORK, WorkCost.lines(call.client().subscriptions().size() * people));
    }

    @Override
    public void run(Call call) {
        String what = call.param(1).toUpperCase(Locale.ROOT);
        switch (what) {
            case "LIST", "CLEAR", "SYNC" -> about(call, what);
            case "GET", "SET" -> {
                if (hasKeys(call)) {
                    about(call, what);
                }
            }
            case "SUB", "UNSUB" -> {
                if (isOwn(call) && hasKeys(call)) {
                    subscriptions(call, what);
                }
            }
            case "SUBS" -> {
                if (isOwn(call)) {
                    List<String> lines = call.wordLines(
                            Numeric.RPL_METADATASUBS, call.client().subscriptions());
                    StreamedBatch.subscriptions(call, lines);
                }
            }
            default -> invalid(call, "There is no such subcommand");
        }
    }

    private static void invalid(Call call, String why) {
        String what = call.param(1);
        call.fail("INVALID_PARAMS", why, what.startsWith(":") || what.contains(" ") ? "*" : what);
    }

    private static boolean hasKeys(Call call) {
        if (!call.has(2)) {
            invalid(call, "Not enough parameters");
        }
        return call.has(2);
    }

    /** Whether the target is the client itself; if not, a failure has been sent. */
    private static boolean isOwn(Call call) {
        String target = call.param(0);
        boolean own =
                MetadataTarget.of(call, target).filter(MetadataTarget::isMyself).isPresent();
        if (!own) {
            call.fail("INVALID_TARGET", "Only one's own subscriptions can be changed", target);
        }
        return own;
    }

    private static void about(Call call, String what) {
        if (what.equals("SYNC")
                && call.param(0).equals(MetadataSubscriptions.EVERYTHING)
                && call.client().isRegistered()) {
            Set<String> keys = Set.copyOf(call.client().subscriptions());
            MetadataSubscriptions.ofAll(
                    call, found -> StreamedBatch.metadata(call, MetadataSubscriptions.EVERYTHING, keys, found));
            return;
        }
        Optional<MetadataTarget> found = MetadataTarget.of(call, call.param(0));
        if (found.isEmpty()) {
            call.fail("INVALID_TARGET", "There is no user and no channel of that name", call.param(0));
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
        String key = call.param(2);
        String value = call.param(3);
        if (!isKey(key)) {
            call.fail("INVALID_KEY", "A key consists of lower-case letters, digits, and _ . / -", key);
        } else if (IrcText.size(value) > call.server().limits().metadataValue()) {
            call.fail("INVALID_VALUE", "That is too long", key);
        } else {
            target.set(key, value);
        }
    }

    private static List<String> keys(Call call) {
        return call.message().params().stream().skip(2).distinct().toList();
    }

    static boolean isKey(String typed) {
        return !typed.isEmpty()
                && typed.length() <= MetadataSubscriptions.LONGEST_KEY
                && typed.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || KEY_SIGNS.indexOf(c) >= 0);
    }

    private static void subscriptions(Call call, String what) {
        List<String> possible = new ArrayList<>();
        for (String typed : keys(call)) {
            if (isKey(typed)) {
                possible.add(typed);
            } else {
                call.lines(List.of(MetadataSubscriptions.noKey(call, typed)));
            }
        }
        if (what.equals("SUB")) {
            subscribe(call, possible);
        } else {
            possible.forEach(call.client().subscriptionsToChange()::remove);
            call.lines(call.wordLines(Numeric.RPL_METADATAUNSUBOK, possible));
        }
    }

    /** Subscribes to keys in order until the limit is reached; the reply shows the client how far that was. */
    private static void subscribe(Call call, List<String> keys) {
        Set<String> all = call.client().subscriptionsToChange();
        int most = call.server().settings().metadata().subscriptions();
        Set<String> done = new LinkedHashSet<>();
        Set<String> fresh = new LinkedHashSet<>();
        Optional<String> tooMany = Optional.empty();
        for (String key : keys) {
            if (all.size() >= most && !all.contains(key)) {
                tooMany = Optional.of(key);
                break;
            } else if (all.add(key)) {
                fresh.add(key);
            }
            done.add(key);
        }
        call.lines(call.wordLines(Numeric.RPL_METADATASUBOK, done));
        tooMany.ifPresent(key -> call.fail(
                "LIMIT_REACHED", "You have subscribed to too many keys", call.param(1), key, Integer.toString(most)));
        MetadataSubscriptions.subscribed(call, fresh);
    }
}
