package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.JarCommand;
import io.teahouse.TestServer;
import io.teahouse.operator.Parameter;
import io.teahouse.operator.PowerSpec;
import io.teahouse.operator.Powers;
import io.teahouse.operator.Way;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A server whose operators use powers by each way, and the three ways. */
final class OperatorWays implements AutoCloseable {
    private static final String BOSS = "the token of boss";
    private static final String GUEST = "the token of guest";

    final TestServer server;
    private final AdminClient admin;
    private final Peer root;

    OperatorWays(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "teahouse.admin { enabled = on, token = \"" + BOSS + "\", tokens = [" + " { name = guest, token = \""
                        + GUEST + "\", privileges = [] } ] }",
                "teahouse.irc.operators = [ { name = root, password = secret } ]"));
        all.addAll(List.of(settings));
        server = TestServer.start(all.toArray(String[]::new));
        admin = new AdminClient(server.port("admin"));
        root = Peer.irc("dan", server.port("irc"));
        root.say("OPER root secret");
        root.until(" 381 ");
    }

    /** Uses a power, which must succeed; its required arguments in their order, optional ones as {@code name=value}. Returns the whole answer. */
    String use(Way way, String power, String... arguments) {
        return switch (way) {
            case IRC -> byIrc(power, arguments);
            case API -> {
                HttpResponse<String> answer = byApi(BOSS, power, arguments);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                yield answer.body();
            }
            case COMMAND -> byCommand(power, arguments);
            case SIGNAL -> throw new IllegalArgumentException("a signal has no arguments");
        };
    }

    private String byIrc(String power, String... arguments) {
        List<String> words = new ArrayList<>();
        String text = "";
        for (Map.Entry<String, String> each : named(power, arguments).entrySet()) {
            Parameter parameter = spec(power).parameter(each.getKey()).orElseThrow();
            if (parameter.kind() == Parameter.Kind.TEXT) {
                text = " :" + each.getValue();
            } else if (parameter.isRequired()) {
                words.add(each.getValue());
            } else {
                words.add(each.getKey() + "=" + each.getValue());
            }
        }
        root.say(power.toUpperCase(Locale.ROOT) + " " + String.join(" ", words) + text + "\nPING :" + power);
        List<String> lines = root.untilAll("PONG");
        String told = lines.stream()
                .filter(line -> line.contains(" NOTICE dan :") && !line.contains(" :*** "))
                .collect(Collectors.joining("\n"));
        assertThat(told).as("%s", lines).isNotEmpty();
        return told;
    }

    private String byCommand(String power, String... arguments) {
        List<String> words = new ArrayList<>(List.of(power));
        named(power, arguments).forEach((name, value) -> {
            if (spec(power).parameter(name).orElseThrow().isRequired()) {
                words.add(value);
            } else {
                boolean isFlag = spec(power).parameter(name).orElseThrow().kind() == Parameter.Kind.FLAG;
                words.addAll(isFlag ? List.of("--" + name) : List.of("--" + name, value));
            }
        });
        words.addAll(List.of("--token", BOSS, "--url", "http://127.0.0.1:" + server.port("admin")));
        JarCommand.Outcome outcome = JarCommand.run(words.toArray(String[]::new));
        assertThat(outcome.code()).as("%s", outcome).isZero();
        return outcome.out();
    }

    private HttpResponse<String> byApi(String token, String power, String... arguments) {
        Map<String, String> named = named(power, arguments);
        if (spec(power).reads()) {
            String query = named.entrySet().stream()
                    .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                    .collect(Collectors.joining("&"));
            return admin.send("GET", spec(power).path() + "?" + query, token);
        }
        String body = named.entrySet().stream()
                .map(each -> "\"" + each.getKey() + "\":\"" + each.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        return admin.post(spec(power).path(), token, body);
    }

    /** The status of a request by a token that has all privileges. */
    int status(String power, String... arguments) {
        return byApi(BOSS, power, arguments).statusCode();
    }

    /** The same by a token without privileges. */
    HttpResponse<String> byGuest(String power, String... arguments) {
        return byApi(GUEST, power, arguments);
    }

    private static Map<String, String> named(String power, String... arguments) {
        List<Parameter> required =
                spec(power).parameters().stream().filter(Parameter::isRequired).toList();
        Map<String, String> named = new LinkedHashMap<>();
        for (String each : arguments) {
            int end = each.indexOf('=');
            if (named.size() < required.size()) {
                named.put(required.get(named.size()).name(), each);
            } else {
                named.put(each.substring(0, end), each.substring(end + 1));
            }
        }
        return named;
    }

    static PowerSpec spec(String power) {
        return Powers.find(power).orElseThrow();
    }

    String audit() {
        return byApi(BOSS, "audit").body();
    }

    /** A connection that has logged in to an account, which is registered if need be. */
    Peer user(String name) {
        Peer peer = Peer.connect(name, server.port("irc"));
        peer.say(
                "CAP REQ :draft/account-registration message-tags server-time standard-replies draft/message-redaction\nNICK "
                        + name + "\nUSER " + name + " 0 * :x\nCAP END");
        peer.until(" 376 ");
        peer.say("REGISTER " + name + " * sesame-" + name);
        peer.until(" 900 ");
        return peer;
    }

    @Override
    public void close() {
        root.close();
        server.close();
    }
}
