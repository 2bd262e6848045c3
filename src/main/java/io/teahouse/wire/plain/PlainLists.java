package io.teahouse.wire.plain;

import io.teahouse.client.Session;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomReply;
import io.teahouse.room.RoomSummary;
import java.util.ArrayList;
import java.util.List;

/** Writes the members of a room and the list of rooms in a few lines. */
final class PlainLists {
    private static final int MOST_LISTED = 100;

    /** The most characters of a topic in the list of rooms; /topic shows all of it. */
    private static final int MOST_OF_TOPIC = 80;

    private final PlainOutput out;

    PlainLists(PlainOutput out) {
        this.out = out;
    }

    void names(Session session, RoomReply.NameList list) {
        List<String> names = new ArrayList<>();
        list.members().stream()
                .limit(MOST_LISTED)
                .forEach(member -> names.add(member.ranks().highest() + member.nick()));
        int more = list.members().size() - names.size();
        String rest = more == 0 ? "" : " and " + more + " more";
        out.tell(session, "-- in " + list.room() + ": " + String.join(", ", names) + rest);
    }

    void rooms(Session session, RoomDirectory.Listing listing) {
        List<RoomSummary> rooms = listing.rooms().stream()
                .filter(each -> !each.secret() || session.rooms().isIn(each.room()))
                .toList();
        if (rooms.isEmpty()) {
            out.tell(session, "-- there is nobody in any room");
        }
        for (RoomSummary each : rooms.subList(0, Math.min(MOST_LISTED, rooms.size()))) {
            String topic = each.topic().isEmpty()
                    ? ""
                    : ": " + PlainText.clean(cut(each.topic().text()));
            out.tell(session, "-- " + each.room() + " (" + each.members() + ")" + topic);
        }
        int more = rooms.size() - MOST_LISTED;
        if (more > 0) {
            out.tell(session, "-- and " + more + " more");
        }
    }

    private static String cut(String topic) {
        return topic.codePointCount(0, topic.length()) <= MOST_OF_TOPIC
                ? topic
                : topic.substring(0, topic.offsetByCodePoints(0, MOST_OF_TOPIC)) + "…";
    }
}
