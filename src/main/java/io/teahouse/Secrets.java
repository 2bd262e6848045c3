package io.teahouse;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Keeps passwords out of everything that shows settings: errors, the log, answers to operators. */
final class Secrets {
    private static final String HIDDEN = "(not shown)";
    private static final String LEFT_OUT = "…";

    /** Lists of which only the names are shown. */
    private static final Set<String> NAMED =
            Set.of("irc.operators", "admin.tokens", "webhooks.incoming", "webhooks.outgoing");

    private Secrets() {}

    /**
     * The value of a setting as it may be shown.
     *
     * @param path without {@code teahouse.}
     */
    static String shown(String path, ConfigValue value) {
        if (NAMED.contains(path)) {
            return render(withoutOperators(value));
        }
        return isSecret(path) || path.equals("store.url") ? HIDDEN : render(withoutSecrets(value));
    }

    /** The parser's message without its quotations of the file, which may contain a password. */
    static String withoutQuotes(String message) {
        int first = message.length();
        int last = -1;
        for (int at = 0; at < message.length(); at++) {
            if (isQuote(message.charAt(at))) {
                first = Math.min(first, at);
                last = at;
            }
        }
        boolean oneCharacter = last - first <= 2; // such as a missing brace
        return last < 0 || oneCharacter
                ? message
                : message.substring(0, first) + LEFT_OUT + message.substring(last + 1);
    }

    private static boolean isQuote(char character) {
        return character == '\'' || character == '"';
    }

    private static boolean isSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return lower.endsWith("password") || lower.endsWith("token") || lower.endsWith("secret");
    }

    /** Shows only the names of operators, tokens and hooks, whatever the shape of the list. */
    private static ConfigValue withoutOperators(ConfigValue value) {
        if (value instanceof ConfigList list) {
            return ConfigValueFactory.fromIterable(
                    list.stream().map(Secrets::withoutOperators).toList());
        }
        if (value instanceof ConfigObject object) {
            Map<String, ConfigValue> shown = new TreeMap<>();
            object.forEach((key, each) ->
                    shown.put(key, key.equals("name") || key.equals("id") ? each : withoutOperators(each)));
            return ConfigValueFactory.fromMap(shown);
        }
        return hidden();
    }

    private static ConfigValue withoutSecrets(ConfigValue value) {
        if (value instanceof ConfigList list) {
            return ConfigValueFactory.fromIterable(
                    list.stream().map(Secrets::withoutSecrets).toList());
        }
        if (value instanceof ConfigObject object) {
            Map<String, ConfigValue> shown = new TreeMap<>();
            object.forEach((key, each) -> shown.put(key, isSecret(key) ? hidden() : withoutSecrets(each)));
            return ConfigValueFactory.fromMap(shown);
        }
        return value.unwrapped() instanceof String text ? ConfigValueFactory.fromAnyRef(withoutSecrets(text)) : value;
    }

    private static ConfigValue hidden() {
        return ConfigValueFactory.fromAnyRef(LEFT_OUT);
    }

    /** A URL in an unexpected place: only its scheme is shown. */
    private static String withoutSecrets(String text) {
        int url = text.indexOf("//");
        if (url >= 0 || text.startsWith("jdbc:")) {
            return text.substring(0, Math.max(url, 0)) + LEFT_OUT;
        }
        int password = text.toLowerCase(Locale.ROOT).indexOf("password=");
        return password >= 0 ? text.substring(0, password) + LEFT_OUT : text;
    }

    private static String render(ConfigValue value) {
        return value.render(ConfigRenderOptions.concise());
    }
}
