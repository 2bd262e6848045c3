package io.teahouse.wire.irc.command;

import io.teahouse.user.UserSnapshot;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.MetadataSubscriptions;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** MONITOR (IRCv3 monitor). */
final class MonitorCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("MONITOR", 1, "+|-|C|L|S [nick[,nick]]", "Notifies you when users connect and disconnect.");

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public int work(Call call) {
        return call.param(0).equalsIgnoreCase("S") || call.param(0).equalsIgnoreCase("L") ? WorkCost.list(0) : 0;
    }

    @Override
    public void run(Call call) {
        Map<String, String> watched = call.client().monitoredToChange();
        switch (call.param(0).toUpperCase(Locale.ROOT)) {
            case "+" -> add(call, watched, names(call));
            case "-" -> names(call).forEach(name -> remove(call, watched, name));
            case "C" -> List.copyOf(watched.values()).forEach(name -> remove(call, watched, name));
            case "L" -> {
                call.replyWords(Numeric.RPL_MONLIST, List.of(), watched.values(), ",");
                call.reply(Numeric.RPL_ENDOFMONLIST);
            }
            case "S" -> tell(call, watched.values());
            default -> call.reply(Numeric.ERR_NEEDMOREPARAMS, SPEC.verb());
        }
    }

    /** The nicks as typed, the last spelling of each. If there are none, ERR_NEEDMOREPARAMS has been sent. */
    private static List<String> names(Call call) {
        List<String> names = Targets.of(call.param(1));
        if (names.isEmpty()) {
            call.reply(Numeric.ERR_NEEDMOREPARAMS, SPEC.verb());
        }
        return names;
    }

    private static void add(Call call, Map<String, String> watched, List<String> names) {
        Map<String, String> added = new LinkedHashMap<>();
        int most = call.server().settings().quotas().monitored();
        for (int i = 0; i < names.size(); i++) {
            Optional<String> key = call.session().queries().users().key(names.get(i));
            if (key.isEmpty()) {
                continue; // not a valid nick, so nobody can take it
            } else if (watched.size() >= most && !watched.containsKey(key.get())) {
                tell(call, added.values());
                call.replyEach(Numeric.ERR_MONLISTFULL, Integer.toString(most), names.subList(i, names.size()));
                return;
            }
            call.session().identity().watch(key.get());
            watched.put(key.get(), names.get(i));
            added.putIfAbsent(key.get(), names.get(i));
        }
        tell(call, added.values());
    }

    private static void remove(Call call, Map<String, String> watched, String name) {
        call.session()
                .queries()
                .users()
                .key(name)
                .filter(key -> watched.remove(key) != null)
                .ifPresent(call.session().identity()::unwatch);
    }

    private static void tell(Call call, Collection<String> names) {
        List<UserSnapshot> online = new ArrayList<>();
        List<String> offline = new ArrayList<>();
        for (String name : names) {
            Optional<UserSnapshot> who = call.session().queries().users().find(name);
            who.ifPresentOrElse(online::add, () -> offline.add(name));
        }
        List<String> sources = online.stream().map(UserSnapshot::source).toList();
        call.replyWords(Numeric.RPL_MONONLINE, List.of(), sources, ",");
        call.replyWords(Numeric.RPL_MONOFFLINE, List.of(), offline, ",");
        online.forEach(who -> MetadataSubscriptions.online(call, who));
    }
}
