package io.teahouse.wire.irc.command;

import io.teahouse.operator.Parameter;
import io.teahouse.operator.PowerSpec;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A power as a command. Its parameters stand in their order; a word that cannot be the value of an optional one is that of the next. Optional ones
 * may also be given as {@code name=value}, and flags by their names alone. A text is the rest of the line.
 */
final class PowerCommand implements IrcCommand {
    private static final int COST = 2;

    /** What an operator reads at a glance. */
    private static final String ROWS = "20";

    private final PowerSpec power;
    private final Spec spec;

    PowerCommand(PowerSpec power) {
        this.power = power;
        this.spec = Spec.of(
                        power.name().toUpperCase(Locale.ROOT),
                        (int) power.parameters().stream()
                                .filter(Parameter::isRequired)
                                .count(),
                        power.parameters().stream().map(PowerCommand::usage).collect(Collectors.joining(" ")),
                        power.help())
                .forOperators()
                .costing(COST);
    }

    private static String usage(Parameter parameter) {
        String name = parameter.kind() == Parameter.Kind.TEXT ? ":" + parameter.name() : parameter.name();
        return parameter.isRequired() ? name : "[" + name + "]";
    }

    @Override
    public Spec spec() {
        return spec;
    }

    @Override
    public void run(Call call) {
        OperatorCalls.use(call, power.name(), arguments(call.message().params()), OperatorCalls.Reply.ROWS_AND_TEXT);
    }

    private Map<String, String> arguments(List<String> words) {
        Map<String, String> arguments = new LinkedHashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            Optional<Parameter> next = next(word, arguments);
            if (isNamed(word)) {
                int end = word.indexOf('=');
                arguments.put(word.substring(0, end), word.substring(end + 1));
            } else if (isFlag(word)) {
                arguments.put(word, "true");
            } else if (next.isPresent() && next.get().kind() == Parameter.Kind.TEXT) {
                arguments.put(next.get().name(), String.join(" ", words.subList(i, words.size())));
                break;
            } else {
                arguments.put(next.map(Parameter::name).orElse(word), word);
            }
        }
        if (power.parameter(PowerSpec.LIMIT).isPresent()) {
            arguments.putIfAbsent(PowerSpec.LIMIT, ROWS);
        }
        return arguments;
    }

    /** The first parameter without a value that may have this one. */
    private Optional<Parameter> next(String word, Map<String, String> arguments) {
        return power.parameters().stream()
                .filter(each -> !arguments.containsKey(each.name()))
                .filter(each -> each.kind() != Parameter.Kind.FLAG)
                .filter(each -> each.isRequired() || each.kind().accepts(word))
                .findFirst();
    }

    private boolean isNamed(String word) {
        int end = word.indexOf('=');
        return end > 0
                && power.parameter(word.substring(0, end))
                        .filter(each -> !each.isRequired())
                        .isPresent();
    }

    private boolean isFlag(String word) {
        return power.parameter(word)
                .filter(each -> each.kind() == Parameter.Kind.FLAG)
                .isPresent();
    }
}
