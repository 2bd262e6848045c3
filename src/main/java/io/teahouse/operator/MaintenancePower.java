package io.teahouse.operator;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Switches maintenance on or off: while it is on, nobody new can come in or register an account. */
final class MaintenancePower implements Power {
    private static final String STATE = "state";
    private static final String STATUS = "status";
    private static final String DEFAULT = "the server is being worked on";

    private static final PowerSpec SPEC = PowerSpec.changing(
                    "maintenance",
                    Privilege.MAINTENANCE,
                    "Lets nobody new come in or register, until it is switched off. Users who are online stay, and operators with an"
                            + " account of the settings can come.",
                    Parameter.required(STATE, Parameter.Kind.WORD, "on, off, or status, which shows it"),
                    Parameter.optional("text", Parameter.Kind.TEXT, "what those who try are told"))
            .answering(
                    Column.of("text", Column.Type.TEXT, "what those who try are told"),
                    Column.of("by", Column.Type.TEXT, "the operator"),
                    Column.of("at", Column.Type.TIME, "since when"));

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public boolean changes(Map<String, String> arguments) {
        return !STATUS.equals(arguments.get(STATE));
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        Maintenance maintenance = use.services().maintenance();
        return switch (use.get(STATE)) {
            case "on" -> {
                MaintenanceStore.Notice notice = new MaintenanceStore.Notice(
                        use.find("text").orElse(DEFAULT),
                        use.by().name(),
                        use.services().clock().instant().truncatedTo(ChronoUnit.MILLIS));
                yield maintenance.set(Optional.of(notice)).thenApply(done -> state(maintenance));
            }
            case "off" -> maintenance.set(Optional.empty()).thenApply(done -> state(maintenance));
            case STATUS -> CompletableFuture.completedFuture(state(maintenance));
            default ->
                CompletableFuture.completedFuture(
                        Answer.refused(Answer.Reason.INVALID, "state must be on, off or status"));
        };
    }

    private static Answer state(Maintenance maintenance) {
        Optional<MaintenanceStore.Notice> notice = maintenance.notice();
        return Answer.done(
                notice.isPresent() ? "Maintenance is on: nobody new can come in" : "Maintenance is off",
                notice.map(MaintenancePower::row).stream().toList());
    }

    private static Map<String, Object> row(MaintenanceStore.Notice notice) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("text", notice.text());
        row.put("by", notice.by());
        row.put("at", notice.at());
        return row;
    }
}
