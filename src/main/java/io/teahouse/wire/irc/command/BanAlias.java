package io.teahouse.wire.irc.command;

import io.teahouse.operator.Durations;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names by which operators of other servers know BAN and UNBAN: {@code KLINE [duration] target [force] [:reason]}. A number alone is minutes. */
final class BanAlias implements IrcCommand {
    private final Spec spec;
    private final String power;

    private BanAlias(Spec spec, String power) {
        this.spec = spec.forOperators().costing(2);
        this.power = power;
    }

    static BanAlias ban(String verb) {
        return new BanAlias(Spec.of(verb, 1, "[duration] target [force] [:reason]", "The same as BAN."), "ban");
    }

    static BanAlias unban(String verb) {
        return new BanAlias(Spec.of(verb, 1, "target [:reason]", "The same as UNBAN."), "unban");
    }

    @Override
    public Spec spec() {
        return spec;
    }

    @Override
    public void run(Call call) {
        List<String> words = new ArrayList<>(call.message().params());
        Map<String, String> arguments = new LinkedHashMap<>();
        if (power.equals("ban") && words.size() > 1) {
            String duration = isNumber(words.get(0)) ? words.get(0) + "m" : words.get(0);
            if (words.get(0).equals("0") || Durations.parse(duration).isPresent()) {
                arguments.put("duration", words.get(0).equals("0") ? "forever" : duration);
                words.remove(0);
            }
        }
        arguments.put("target", words.remove(0));
        if (power.equals("ban") && words.size() > 0 && words.get(0).equals("force")) {
            arguments.put(words.remove(0), "true");
        }
        arguments.put("reason", String.join(" ", words));
        OperatorCalls.use(call, power, arguments, OperatorCalls.Reply.TEXT);
    }

    private static boolean isNumber(String word) {
        return !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
