package io.teahouse.tool.operate;

import io.teahouse.room.Audience;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Redacted;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomEvent.TopicChanged;
import io.teahouse.room.RoomName;
import io.teahouse.room.UserId;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** How {@code export} writes what happened in a room: one line of JSON each; {@code doc/operating.md} lists the fields. */
final class ExportFormat {
    private ExportFormat() {}

    static void write(Recorded event, Appendable out) throws IOException {
        JsonLine line = new JsonLine();
        place(event.room(), line);
        line.number("seq", event.seq())
                .text("id", event.id())
                .text("at", event.at().toString())
                .text("type", type(event));
        what(event, line);
        who(event, line);
        line.text("client_id", event.clientId()).writeTo(out);
    }

    private static void place(RoomName room, JsonLine line) {
        if (room.isConversation()) {
            String one = room.partner("");
            line.texts("conversation", List.of(identity(one), identity(room.partner(one))));
        } else {
            line.text("room", room.text());
        }
    }

    /** {@code account:ann}; {@code guest:} and one connection of a guest; or {@code nick:ann}, of a guest, in older stores. */
    private static String identity(String identity) {
        UserId user = new UserId(identity);
        if (user.isGuest()) {
            return "guest:" + user.guest();
        }
        return (user.isAccount() ? "account:" : "nick:") + user.name();
    }

    private static String type(Recorded event) {
        if (event instanceof Said said) {
            return said.kind().name().toLowerCase(Locale.ROOT);
        }
        return event instanceof TopicChanged ? "topic" : "redaction";
    }

    private static void what(Recorded event, JsonLine line) {
        if (event instanceof Said said) {
            line.text("text", said.text())
                    .object("attributes", said.attributes().values());
        } else if (event instanceof TopicChanged topic) {
            line.text("text", topic.text());
        } else if (event instanceof Redacted redacted) {
            line.text("target", redacted.target()).text("text", redacted.reason());
        }
        if (event.audience() != Audience.ALL) {
            line.text("audience", event.audience().name().toLowerCase(Locale.ROOT));
        }
    }

    private static void who(Recorded event, JsonLine line) {
        Profile profile = event.profile();
        line.text("nick", event.by().text())
                .text("account", profile.account())
                .text("user", profile.user())
                .text("host", profile.host())
                .text("real_name", profile.realName())
                .flag("bot", profile.bot());
    }
}
