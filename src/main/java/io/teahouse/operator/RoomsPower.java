package io.teahouse.operator;

import io.teahouse.room.Mode;
import io.teahouse.room.Names;
import io.teahouse.room.RoomSummary;
import io.teahouse.room.support.Glob;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Lists the rooms that have members. */
final class RoomsPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.reading(
                    "rooms",
                    Privilege.ROOMS,
                    "Lists the rooms that have members, secret ones too.",
                    Parameter.optional(
                            "pattern", Parameter.Kind.WORD, "only these names; * is any text, ? a character"))
            .answering(
                    Column.of("room", Column.Type.TEXT, "its name"),
                    Column.of("members", Column.Type.NUMBER, "how many there are"),
                    Column.of("owner", Column.Type.TEXT, "the account that it is registered to, if any"),
                    Column.of("modes", Column.Type.TEXT, "its flags"),
                    Column.of("created", Column.Type.TIME, "when its first member joined"),
                    Column.of("topic", Column.Type.TEXT, "what it is about"))
            .paged();

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        Glob pattern = Glob.of(Names.fold(use.find("pattern").orElse("*")), UnaryOperator.identity());
        String after = use.find(PowerSpec.AFTER).orElse("");
        int limit = use.limit();
        return use.services().rooms().all().thenApply(all -> {
            List<RoomSummary> found = all.stream()
                    .filter(each -> pattern.fits(each.room().key()))
                    .filter(each -> each.room().key().compareTo(after) > 0)
                    .sorted(Comparator.comparing(each -> each.room().key()))
                    .limit(limit + 1L)
                    .toList();
            List<RoomSummary> page = found.subList(0, Math.min(limit, found.size()));
            Optional<String> next = found.size() > limit
                    ? Optional.of(page.get(page.size() - 1).room().key())
                    : Optional.empty();
            return new Answer.Done(
                    Answer.count(page.size(), "room", "rooms"),
                    page.stream().map(RoomsPower::row).toList(),
                    next);
        });
    }

    private static Map<String, Object> row(RoomSummary room) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("room", room.room().text());
        row.put("members", room.members());
        row.put("owner", room.state().founder());
        row.put(
                "modes",
                room.modes().flags().stream()
                        .map(Mode::letter)
                        .sorted()
                        .map(String::valueOf)
                        .collect(Collectors.joining()));
        row.put("created", room.created());
        row.put("topic", room.topic().text());
        return row;
    }
}
