package io.teahouse.operator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reloads the settings. */
final class ReloadPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.changing(
                    "reload", Privilege.RELOAD, "Reloads the settings that a running server can change.")
            .answering(
                    Column.of("changed", Column.Type.TEXTS, "settings that have taken effect"),
                    Column.of(
                            "needRestart", Column.Type.TEXTS, "settings that take effect when the server is restarted"),
                    Column.of("unknown", Column.Type.TEXTS, "names that are no settings, ignored"));

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        return CompletableFuture.supplyAsync(
                () -> reload(use.services().reload()), use.services().blocking());
    }

    private static Answer reload(Reload settings) {
        try {
            Reload.Result result = settings.run();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("changed", result.changed());
            row.put("needRestart", result.needRestart());
            row.put("unknown", result.unknown());
            return Answer.done(result.text(), List.of(row));
        } catch (Reload.Unusable e) {
            return Answer.refused(Answer.Reason.INVALID, "Nothing has changed: " + e.getMessage());
        }
    }
}
