package io.teahouse.tool.operate;

import io.teahouse.operator.Column;
import io.teahouse.operator.Parameter;
import io.teahouse.operator.PowerSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One power as a command: asks the running server, and prints its answer. */
@Command(
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:success",
            "1:the server cannot be reached, or it failed",
            "2:nothing was done: the arguments are wrong, or the server refused it"
        })
final class PowerTool implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int REFUSED = 2;
    private static final String TOKEN_VARIABLE = "TEAHOUSE_ADMIN_TOKEN";

    private final PowerSpec power;
    private final Supplier<String> defaultUrl;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "the admin port; by default as the settings here have it")
    private @Nullable String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "a token of teahouse.admin; other users of the machine can see it, unlike in "
                    + TOKEN_VARIABLE + " or a file")
    private @Nullable String token;

    @Option(names = "--token-file", paramLabel = "FILE", description = "a file with the token")
    private @Nullable Path tokenFile;

    @Option(names = "--json", description = "prints the answer as JSON, as the server sends it")
    private boolean json;

    PowerTool(PowerSpec power, Supplier<String> defaultUrl) {
        this.power = power;
        this.defaultUrl = defaultUrl;
    }

    @Override
    public Integer call() {
        Optional<String> secret;
        try {
            secret = secret();
        } catch (IOException e) {
            return error("the token cannot be read: " + e, REFUSED);
        }
        if (secret.isEmpty()) {
            return error("a token is needed: --token-file, --token, or " + TOKEN_VARIABLE, REFUSED);
        }
        String where = url == null ? defaultUrl.get() : url;
        try {
            ServerReply reply = ServerReply.ask(where, power, arguments(), secret.get());
            if (!reply.isSuccess()) {
                return error(reply.error(), reply.isRefusal() ? REFUSED : FAILED);
            }
            print(reply);
            return 0;
        } catch (IllegalArgumentException e) {
            return error(where + " is not the address of a server: " + e.getMessage(), REFUSED);
        } catch (IOException e) {
            return error(
                    "the server cannot be reached at " + where + ": " + e + "; is teahouse.admin.enabled on?", FAILED);
        }
    }

    private Optional<String> secret() throws IOException {
        if (token != null) {
            return Optional.of(token);
        } else if (tokenFile != null) {
            return Optional.of(Files.readString(tokenFile).strip());
        }
        return Optional.ofNullable(System.getenv(TOKEN_VARIABLE)).filter(each -> !each.isEmpty());
    }

    private Map<String, String> arguments() {
        Map<String, String> arguments = new LinkedHashMap<>();
        int index = 0;
        for (Parameter each : power.parameters()) {
            if (each.isRequired()) {
                String[] words = spec.positionalParameters().get(index).getValue();
                arguments.put(each.name(), String.join(" ", words));
                index++;
            } else {
                Object value = spec.findOption("--" + each.name()).getValue();
                if (value != null && !value.equals(false)) {
                    arguments.put(each.name(), value.toString());
                }
            }
        }
        return arguments;
    }

    private void print(ServerReply reply) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(reply.body());
        } else {
            List<List<String>> table = new ArrayList<>();
            table.add(power.columns().stream().map(Column::name).toList());
            reply.rows()
                    .forEach(row -> table.add(power.columns().stream()
                            .map(column -> text(row.get(column.name())))
                            .toList()));
            if (table.size() > 1) {
                table.forEach(row -> out.println(
                        row.stream().collect(Collectors.joining("\t")).stripTrailing()));
            }
            out.println(reply.text("text")
                    + (reply.text("next").isEmpty() ? "" : "; for more: --after " + reply.text("next")));
        }
        out.flush();
    }

    private static String text(@Nullable Object value) {
        return value instanceof List<?> some
                ? some.stream().map(String::valueOf).collect(Collectors.joining(","))
                : value == null ? "" : String.valueOf(value);
    }

    private int error(String text, int code) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("teahouse: " + text);
        err.flush();
        return code;
    }
}
