package io.teahouse.wire.irc.command;

import io.teahouse.room.Metadata;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.UserSnapshot;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.MetadataSubscriptions;
import io.teahouse.wire.irc.StreamedBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The target of a METADATA command: a user who is online, or a channel. Both are empty for the client itself before
 * registration.
 *
 * @param asked the target as typed, which the reply repeats; the client's nick for {@code *}
 */
record MetadataTarget(Call call, String asked, Optional<UserSnapshot> person, Optional<RoomName> room) {
    private static final String NO = "That is not yours to change";

    /** The client itself. */
    private static final String MYSELF = "*";

    /** Finds a target; empty if there is none. */
    static Optional<MetadataTarget> of(Call call, String asked) {
        if (!call.client().isRegistered()) {
            return asked.equals(MYSELF)
                    ? Optional.of(new MetadataTarget(call, call.nick(), Optional.empty(), Optional.empty()))
                    : Optional.empty();
        } else if (asked.startsWith("#")) {
            return call.room(asked).map(room -> new MetadataTarget(call, asked, Optional.empty(), Optional.of(room)));
        }
        Optional<UserSnapshot> who = asked.equals(MYSELF)
                ? Optional.of(call.me())
                : call.session().queries().users().find(asked);
        String name = asked.equals(MYSELF) ? call.nick() : asked;
        return who.map(found -> new MetadataTarget(call, name, who, Optional.empty()));
    }

    void list() {
        read(metadata -> answer(MetadataSubscriptions.lines(call, asked, metadata)));
    }

    void get(List<String> typed) {
        read(metadata -> answer(typed.stream()
                .map(key -> MetadataCommand.isKey(key)
                        ? MetadataSubscriptions.line(call, asked, key, metadata.getOrDefault(key, ""))
                        : MetadataSubscriptions.noKey(call, key))
                .toList()));
    }

    /** Sends the subscribed keys of the target; for a channel, also those of its members. */
    void sync() {
        Set<String> keys = call.client().subscriptions();
        if (room.isPresent()) {
            Set<String> wanted = Set.copyOf(keys);
            MetadataSubscriptions.of(
                    call, room.get(), found -> StreamedBatch.metadata(call, asked, wanted, found), this::unknown);
        } else {
            Map<String, String> wanted = new LinkedHashMap<>(metadata());
            wanted.keySet().retainAll(keys);
            answer(MetadataSubscriptions.lines(call, asked, wanted));
        }
    }

    void set(String key, String value) {
        if (room.isEmpty()) {
            setOwn(key, value);
            return;
        }
        call.session().queries().rooms().setMetadata(room.get(), key, value, reply -> {
            if (reply instanceof RoomReply.Metadata) {
                call.lines(List.of(MetadataSubscriptions.line(call, asked, key, value)));
            } else {
                refuse(reply, key);
            }
        });
    }

    private void setOwn(String key, String value) {
        if (!isMyself()) {
            refuse(key);
        } else if (!value.isEmpty()
                && !metadata().containsKey(key)
                && metadata().size() >= call.server().settings().metadata().keys()) {
            full();
        } else {
            if (!metadata().getOrDefault(key, "").equals(value)) {
                change(Map.of(key, value));
            }
            call.lines(List.of(MetadataSubscriptions.line(call, asked, key, value)));
        }
    }

    void clear() {
        if (room.isPresent()) {
            call.session().queries().rooms().clearMetadata(room.get(), reply -> {
                if (reply instanceof RoomReply.Metadata cleared) {
                    answer(MetadataSubscriptions.lines(call, asked, cleared.entries()));
                } else {
                    refuse(reply, "*");
                }
            });
        } else if (isMyself()) {
            Map<String, String> removed = new LinkedHashMap<>();
            metadata().keySet().forEach(key -> removed.put(key, ""));
            if (!removed.isEmpty()) {
                change(removed);
            }
            answer(MetadataSubscriptions.lines(call, asked, removed));
        } else {
            refuse("*");
        }
    }

    /** Whether the target is the client itself. */
    boolean isMyself() {
        return room.isEmpty() && (person.isEmpty() || call.me().isSameUser(person.get()));
    }

    /** The current metadata of the user. */
    private Map<String, String> metadata() {
        return person.map(UserSnapshot::metadata).orElseGet(call.client()::pendingMetadata);
    }

    private void change(Map<String, String> changes) {
        if (person.isPresent()) {
            call.session().identity().changeMetadata(changes);
        } else {
            call.client().pendingMetadata(Metadata.changed(call.client().pendingMetadata(), changes));
        }
    }

    private void read(Consumer<Map<String, String>> then) {
        if (room.isEmpty()) {
            then.accept(metadata());
            return;
        }
        call.session().queries().rooms().metadata(room.get(), reply -> {
            if (reply instanceof RoomReply.Metadata found) {
                then.accept(found.entries());
            } else {
                unknown();
            }
        });
    }

    private void answer(List<String> lines) {
        StreamedBatch.metadata(call, asked, lines);
    }

    private void unknown() {
        call.fail("INVALID_TARGET", "There is no user and no channel of that name", asked);
    }

    private void full() {
        String most = Integer.toString(call.server().settings().metadata().keys());
        call.fail("LIMIT_REACHED", "Too many keys are set", call.param(1), asked, most);
    }

    private void refuse(String key) {
        call.fail("KEY_NO_PERMISSION", NO, asked, key);
    }

    private void refuse(RoomReply reply, String key) {
        Reason why =
                reply instanceof RoomReply.Refused refused ? refused.refusal().reason() : Reason.NO_SUCH_ROOM;
        switch (why) {
            case NOT_OPERATOR -> refuse(key);
            case NOT_A_MEMBER -> read(metadata -> refuse(key));
            case LIST_FULL -> full();
            default -> unknown();
        }
    }
}
