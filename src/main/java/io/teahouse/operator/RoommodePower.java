package io.teahouse.operator;

import io.teahouse.room.Mode;
import io.teahouse.room.ModeChange;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomOperation;
import io.teahouse.room.RoomReply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Changes modes of a room from outside. */
final class RoommodePower implements Power {
    private static final String MODES = "modes";

    /** In place of a key. */
    private static final String HIDDEN = "*";

    private static final PowerSpec SPEC = PowerSpec.changing(
            "roommode",
            Privilege.ROOMS,
            "Changes modes of a room.",
            RoomAnswers.ROOM,
            Parameter.required(MODES, Parameter.Kind.TEXT, "as MODE takes them: +im-k sesame, or +b bob!*@*"),
            Parameter.optional(PowerSpec.REASON, Parameter.Kind.WORD, "why, in one word"));

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        Optional<List<ModeChange>> changes = parse(use.get("modes"));
        return changes.isEmpty()
                ? CompletableFuture.completedFuture(
                        Answer.refused(
                                Answer.Reason.INVALID,
                                "those are no modes of rooms, or a value is missing; who owns a room is changed by transfer and release"))
                : RoomAnswers.with(
                        use,
                        room -> RoomAnswers.operate(
                                use, room, new RoomOperation.SetModes(changes.get()), RoommodePower::answer));
    }

    /** Without the key of the room. If words are no values of modes, one may be a key that was typed wrongly. */
    @Override
    public String logged(String parameter, String value) {
        if (!parameter.equals(MODES)) {
            return value;
        }
        List<String> words = words(value);
        List<String> shown = new ArrayList<>(words.subList(0, Math.min(1, words.size())));
        List<ModeChange> changes = parse(value).orElse(List.of()).stream()
                .filter(each -> !each.value().isEmpty())
                .toList();
        boolean fits = changes.size() == words.size() - 1; // else a word may be meant for another mode
        for (int i = 0; i < words.size() - 1; i++) {
            boolean isKey = !fits || changes.get(i).mode() == Mode.KEY;
            shown.add(isKey ? HIDDEN : changes.get(i).value());
        }
        return String.join(" ", shown);
    }

    static Answer answer(RoomReply reply) {
        RoomReply.ModesSet set = (RoomReply.ModesSet) reply;
        String refused = set.refusals().stream().map(Refusal::text).collect(Collectors.joining("; "));
        if (!set.changed()) {
            return set.refusals().isEmpty()
                    ? Answer.done("Nothing to change in " + set.room())
                    : RoomAnswers.refused(set.refusals().get(0));
        }
        return Answer.done("Changed in " + set.room() + (refused.isEmpty() ? "" : ", but: " + refused));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Empty: an unknown mode, or one whose value is missing. */
    private static Optional<List<ModeChange>> parse(String text) {
        Deque<String> words = new ArrayDeque<>(words(text));
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String letters = words.remove();
        List<ModeChange> changes = new ArrayList<>();
        boolean set = true;
        for (int i = 0; i < letters.length(); i++) {
            char c = letters.charAt(i);
            if (c == '+' || c == '-') {
                set = c == '+';
                continue;
            }
            Optional<Mode> mode = Mode.of(c).filter(each -> each != Mode.REGISTERED);
            if (mode.isEmpty()) {
                return Optional.empty();
            }
            boolean mayTakeValue = switch (mode.get().kind()) {
                case FLAG -> false;
                case LIMIT -> set;
                case KEY, LIST, RANK -> true;
            };
            boolean needsValue = mayTakeValue && (set || mode.get() != Mode.KEY);
            if (needsValue && words.isEmpty()) {
                return Optional.empty();
            }
            changes.add(new ModeChange(set, mode.get(), mayTakeValue && !words.isEmpty() ? words.remove() : ""));
        }
        return changes.isEmpty() ? Optional.empty() : Optional.of(changes);
    }
}
