package io.teahouse.operator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Shows the settings in effect. */
final class SettingsPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.reading(
                    "settings",
                    Privilege.RELOAD,
                    "Shows the settings in effect, without secrets.",
                    Parameter.optional("prefix", Parameter.Kind.WORD, "only those whose names begin like that"))
            .answering(
                    Column.of("name", Column.Type.TEXT, "of the setting"),
                    Column.of("value", Column.Type.TEXT, "as a settings file has it"))
            .paged();

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        return CompletableFuture.supplyAsync(
                () -> page(new TreeMap<>(use.services().reload().settings()), use),
                use.services().blocking());
    }

    private static Answer page(NavigableMap<String, String> all, Use use) {
        String prefix = use.find("prefix").orElse("");
        int limit = use.limit();
        List<String> found = all.tailMap(use.find(PowerSpec.AFTER).orElse(""), false).keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .limit(limit + 1L)
                .toList();
        List<String> page = found.subList(0, Math.min(limit, found.size()));
        Optional<String> next = found.size() > limit ? Optional.of(page.get(page.size() - 1)) : Optional.empty();
        return new Answer.Done(
                Answer.count(page.size(), "setting", "settings"),
                page.stream().map(name -> row(name, all.getOrDefault(name, ""))).toList(),
                next);
    }

    private static Map<String, Object> row(String name, String value) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("value", value);
        return row;
    }
}
