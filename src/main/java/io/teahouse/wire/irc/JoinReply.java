package io.teahouse.wire.irc;

import io.teahouse.room.RoomName;
import io.teahouse.room.Topic;

/**
 * The lines after a client's own JOIN: topic, read marker, members, metadata (RFC 2812 §3.2.1; IRCv3 read-marker,
 * metadata).
 */
final class JoinReply {
    private JoinReply() {}

    static void tell(Call call, RoomName room, Topic topic) {
        Channels.topic(call, room, topic, false);
        if (call.client().has(Capability.READ_MARKER)) {
            ReadMarkers.tell(call, room, () -> rest(call, room));
        } else {
            rest(call, room);
        }
    }

    private static void rest(Call call, RoomName room) {
        if (!call.client().has(Capability.NO_IMPLICIT_NAMES)) {
            Channels.names(call, IrcServer.channel(room), () -> metadata(call, room));
        } else {
            metadata(call, room);
        }
    }

    private static void metadata(Call call, RoomName room) {
        MetadataSubscriptions.entered(call.unasked(), room); // not part of the labelled reply
    }
}
