package io.teahouse.wire.irc;

import io.teahouse.room.RoomName;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Read markers as MARKREAD lines (IRCv3 draft/read-marker). */
public final class ReadMarkers {
    private ReadMarkers() {}

    /** The key of a target, equal for all its spellings. */
    public static String key(Call call, String target) {
        return call.room(target)
                .map(ReadMarkers::key)
                .or(() -> call.session().queries().users().key(target))
                .orElse(target.toLowerCase(Locale.ROOT));
    }

    private static String key(RoomName room) {
        return "#" + room.key();
    }

    /** Sends the read marker of a channel, then runs {@code then}. */
    static void tell(Call call, RoomName room, Runnable then) {
        call.session().queries().markers().get(key(room), found -> {
            say(call, IrcServer.channel(room), found.orElse(Optional.empty()));
            then.run();
        });
    }

    public static void say(Call call, String target, Optional<Instant> at) {
        call.sayAs(call.server().name(), "MARKREAD", target, time(at));
    }

    static String time(Optional<Instant> at) {
        return at.map(read -> "timestamp=" + IrcTime.format(read)).orElse("*");
    }
}
