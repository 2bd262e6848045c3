package io.teahouse.tool.operate;

import io.teahouse.operator.Parameter;
import io.teahouse.operator.PowerSpec;
import io.teahouse.operator.Powers;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The powers of operators as commands, made from their table: required parameters are positional, the others are options. */
public final class PowerTools {
    /** Where a server listens by default. */
    public static final String DEFAULT_URL = "http://127.0.0.1:8081";

    private PowerTools() {}

    /**
     * One command for each power.
     *
     * @param url where the server is, if the command does not say
     */
    public static List<CommandSpec> all(Supplier<String> url) {
        return Powers.all().stream().map(power -> command(power, url)).toList();
    }

    private static CommandSpec command(PowerSpec power, Supplier<String> url) {
        CommandSpec spec =
                CommandSpec.forAnnotatedObject(new PowerTool(power, url)).name(power.name());
        spec.usageMessage().description(power.help() + " Asks the running server by its admin port.");
        spec.parser()
                .unmatchedOptionsArePositionalParams(
                        power.parameter("modes").isPresent()); // they may begin with a minus
        int index = 0;
        for (Parameter each : power.parameters()) {
            if (each.isRequired()) {
                spec.addPositional(positional(each, index));
                index++;
            } else {
                spec.addOption(option(each));
            }
        }
        return spec;
    }

    /** A text may be typed without quotes. */
    private static PositionalParamSpec positional(Parameter parameter, int index) {
        boolean isText = parameter.kind() == Parameter.Kind.TEXT;
        return PositionalParamSpec.builder()
                .index(isText ? index + "..*" : Integer.toString(index))
                .arity(isText ? "1..*" : "1")
                .paramLabel(label(parameter))
                .type(String[].class)
                .auxiliaryTypes(String.class)
                .description(parameter.help())
                .required(true)
                .build();
    }

    private static OptionSpec option(Parameter parameter) {
        boolean isFlag = parameter.kind() == Parameter.Kind.FLAG;
        OptionSpec.Builder option = OptionSpec.builder("--" + parameter.name())
                .type(isFlag ? boolean.class : String.class)
                .arity(isFlag ? "0" : "1")
                .description(parameter.help());
        return isFlag ? option.build() : option.paramLabel(label(parameter)).build();
    }

    private static String label(Parameter parameter) {
        return parameter.name().toUpperCase(Locale.ROOT);
    }
}
