package io.teahouse.wire.irc.command;

import io.teahouse.client.Presence;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Metadata;
import io.teahouse.wire.irc.Playback;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * About whom or what METADATA is: somebody who is here, or a channel.
 *
 * @param asked as it was typed, which is how it is called in the answer
 */
record MetadataTarget(Call call, String asked, Optional<Presence> person, Optional<RoomName> room) {
    private static final String NO = "That is not yours to change";

    /** Empty: there is no such thing. */
    static Optional<MetadataTarget> of(Call call, String asked) {
        if (asked.startsWith("#")) {
            return call.room(asked).map(room -> new MetadataTarget(call, asked, Optional.empty(), Optional.of(room)));
        }
        Optional<Presence> who = asked.equals("*")
                ? Optional.of(call.me())
                : call.session().people().find(asked);
        return who.map(found -> new MetadataTarget(call, asked, who, Optional.empty()));
    }

    void list() {
        read(notes -> answer(Metadata.lines(call, asked, notes)));
    }

    /** A key that cannot be one is refused outside of the answer. */
    void get(List<String> typed) {
        List<String> keys = typed.stream()
                .flatMap(each -> MetadataCommand.key(call, each).stream())
                .toList();
        read(notes -> answer(keys.stream()
                .map(key -> Metadata.line(call, asked, key, notes.getOrDefault(key, "")))
                .toList()));
    }

    /** What the client has subscribed to; of a channel, also about who is there. */
    void sync() {
        person.ifPresent(who -> answer(Metadata.of(call, who, asked)));
        room.ifPresent(where -> Metadata.of(call, where, this::answer, this::unknown));
    }

    void set(String key, String value) {
        if (person.isPresent()) {
            setOwn(key, value);
        }
        room.ifPresent(where -> call.session().ask().setMetadata(where, key, value, reply -> {
            if (reply instanceof RoomReply.Metadata) {
                call.lines(List.of(Metadata.line(call, asked, key, value)));
            } else {
                refuse(reply, key);
            }
        }));
    }

    private void setOwn(String key, String value) {
        Map<String, String> notes = call.me().metadata();
        if (!isMyself()) {
            refuse(key);
        } else if (!value.isEmpty()
                && !notes.containsKey(key)
                && notes.size() >= call.server().settings().metadataKeys()) {
            call.fail("LIMIT_REACHED", "As much is noted as may be", asked);
        } else {
            if (!notes.getOrDefault(key, "").equals(value)) {
                call.session().changeMetadata(Map.of(key, value));
            }
            call.lines(List.of(Metadata.line(call, asked, key, value)));
        }
    }

    void clear() {
        if (person.isPresent() && isMyself()) {
            Map<String, String> removed = new LinkedHashMap<>();
            call.me().metadata().keySet().forEach(key -> removed.put(key, ""));
            if (!removed.isEmpty()) {
                call.session().changeMetadata(removed);
            }
            answer(Metadata.lines(call, asked, removed));
        } else if (person.isPresent()) {
            refuse("*");
        }
        room.ifPresent(where -> call.session().ask().clearMetadata(where, reply -> {
            if (reply instanceof RoomReply.Metadata cleared) {
                answer(Metadata.lines(call, asked, cleared.entries()));
            } else {
                refuse(reply, "*");
            }
        }));
    }

    private boolean isMyself() {
        return person.filter(call.me()::equals).isPresent();
    }

    private void read(Consumer<Map<String, String>> then) {
        person.ifPresent(who -> then.accept(who.metadata()));
        room.ifPresent(where -> call.session().ask().metadata(where, reply -> {
            if (reply instanceof RoomReply.Metadata found) {
                then.accept(found.entries());
            } else {
                unknown();
            }
        }));
    }

    private void answer(List<String> lines) {
        Playback.metadata(call, asked, lines);
    }

    private void unknown() {
        call.fail("INVALID_TARGET", "There is nobody and no channel of that name", asked);
    }

    private void refuse(String key) {
        call.fail("KEY_NO_PERMISSION", NO, asked, key);
    }

    private void refuse(RoomReply reply, String key) {
        Reason why =
                reply instanceof RoomReply.Refused refused ? refused.refusal().reason() : Reason.NO_SUCH_ROOM;
        switch (why) {
            case NOT_A_MEMBER, NOT_OPERATOR -> refuse(key);
            case LIST_FULL -> call.fail("LIMIT_REACHED", "As much is noted as may be", asked);
            default -> unknown();
        }
    }
}
