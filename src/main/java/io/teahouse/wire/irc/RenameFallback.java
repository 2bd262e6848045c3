package io.teahouse.wire.irc;

import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.Topic;
import java.util.Optional;

/** Shows a renamed channel to a client without the rename capability (IRCv3 channel-rename, "fallback"). */
final class RenameFallback {
    private RenameFallback() {}

    /** Sends the client its own PART and JOIN, then the lines that follow any JOIN. */
    static void show(Call call, Nick me, RoomEvent.RoomRenamed renamed) {
        Profile profile = call.session().identity().profile();
        RoomName from = renamed.room();
        RoomName to = renamed.to();
        tell(
                call,
                from,
                new RoomEvent.Left(
                        from, me, profile, Departure.PARTED, renamed.reason(), me, profile, 0, renamed.at()));
        tell(call, to, new RoomEvent.Joined(to, me, profile, renamed.at()));
        call.session().queries().rooms().describe(to, Optional.empty(), reply -> {
            Topic topic = reply instanceof RoomReply.Description found ? found.topic() : Topic.NONE;
            JoinReply.tell(call, to, topic);
        });
    }

    private static void tell(Call call, RoomName room, RoomEvent event) {
        event.accept(new EventWriter(call.client().capabilities(), IrcServer.channel(room), (unit, own) -> {
            if (own != EventWriter.Own.HIDDEN) {
                call.line(unit);
            }
        }));
    }
}
