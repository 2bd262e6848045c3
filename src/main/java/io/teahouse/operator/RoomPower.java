package io.teahouse.operator;

import io.teahouse.room.ModeChange;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomOperation;
import io.teahouse.room.RoomReply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Shows one room and its members. */
final class RoomPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.reading(
                    "room", Privilege.ROOMS, "Shows a room and who is in it.", RoomAnswers.ROOM)
            .answering(
                    Column.of("nick", Column.Type.TEXT, "of a member"),
                    Column.of("account", Column.Type.TEXT, "that they are logged in to"),
                    Column.of("ranks", Column.Type.TEXT, "@ operator, % half operator, + voice"));

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        return RoomAnswers.with(
                use,
                room -> use.services()
                        .rooms()
                        .operate(room, new RoomOperation.Show())
                        .thenCombine(
                                use.services().rooms().names(room),
                                (details, names) -> RoomAnswers.answer(details, shown -> answer(shown, names))));
    }

    private static Answer answer(RoomReply shown, RoomReply names) {
        List<Map<String, Object>> rows = names instanceof RoomReply.NameList list
                ? list.members().stream().map(RoomPower::row).toList()
                : List.of();
        return Answer.done(text((RoomReply.Details) shown), rows);
    }

    private static Map<String, Object> row(RoomReply.Participant member) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("nick", member.nick().text());
        row.put("account", member.profile().account());
        row.put("ranks", member.ranks().marks());
        return row;
    }

    private static String text(RoomReply.Details room) {
        RoomName name = room.room();
        String modes = room.settings().stream()
                .map(ModeChange::mode)
                .map(mode -> String.valueOf(mode.letter()))
                .collect(Collectors.joining());
        return name + ", " + room.members() + " members, "
                + (room.owner().isEmpty() ? "not registered" : "belongs to " + room.owner())
                + (modes.isEmpty() ? "" : ", modes +" + modes)
                + ", created " + room.created() + ", messages so far: " + room.seq();
    }
}
