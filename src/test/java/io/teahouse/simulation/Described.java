package io.teahouse.simulation;

import io.teahouse.room.Ranks;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomReply;
import java.util.Map;
import java.util.stream.Collectors;

/** Short texts for the trace. They contain nothing that differs from run to run. */
final class Described {
    private Described() {}

    static String of(RoomEvent event) {
        if (event instanceof RoomEvent.Said said) {
            return said.seq() + ": " + said.by() + ": " + said.text();
        } else if (event instanceof RoomEvent.Recorded recorded) {
            return recorded.seq() + ": " + recorded.by() + " " + recorded.type();
        } else if (event instanceof RoomEvent.Joined joined) {
            return "+" + joined.nick();
        } else if (event instanceof RoomEvent.Left left) {
            return "-" + left.nick() + " " + left.how();
        } else if (event instanceof RoomEvent.Welcome welcome) {
            return "welcome after " + welcome.seq() + " " + welcome.ranks().marks();
        } else if (event instanceof RoomEvent.Gap gap) {
            return "gap from " + gap.after() + " to " + gap.next();
        } else if (event instanceof RoomEvent.ModesChanged modes) {
            return modes.changes().toString();
        }
        return event.getClass().getSimpleName();
    }

    static String of(RoomReply reply) {
        if (reply instanceof RoomReply.Refused refused) {
            return "refused " + refused.clientId() + " " + refused.refusal().reason();
        } else if (reply instanceof RoomReply.Repeated repeated) {
            return "repeated " + repeated.clientId();
        } else if (reply instanceof RoomReply.InDoubt doubt) {
            return "in doubt " + doubt.clientId();
        }
        return reply.getClass().getSimpleName();
    }

    static String of(Map<String, Ranks> members) {
        return members.entrySet().stream()
                .map(each -> each.getValue().marks() + each.getKey())
                .collect(Collectors.joining(" "));
    }
}
