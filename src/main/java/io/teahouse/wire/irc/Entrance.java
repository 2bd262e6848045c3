package io.teahouse.wire.irc;

import io.teahouse.room.RoomName;
import io.teahouse.room.Topic;
import java.util.List;

/** What a client is told that has seen itself come into a channel (RFC 2812 §3.2.1; IRCv3 read-marker, metadata). */
final class Entrance {
    private Entrance() {}

    /** @param unasked tells what belongs to no answer */
    static void tell(Call call, Call unasked, RoomName room, Topic topic) {
        Channels.topic(call, room, topic, false);
        if (call.client().has(Capability.READ_MARKER)) {
            ReadMarks.tell(call, room, () -> rest(call, unasked, room));
        } else {
            rest(call, unasked, room);
        }
    }

    private static void rest(Call call, Call unasked, RoomName room) {
        if (!call.client().has(Capability.NO_IMPLICIT_NAMES)) {
            Channels.names(call, List.of(room), IrcServer.channel(room));
        }
        Metadata.entered(unasked, room);
    }
}
