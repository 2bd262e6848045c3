package io.teahouse.hook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.teahouse.room.Mode;
import io.teahouse.room.ModeChange;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Recorded;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes events as receivers read them: {@code {"type": …, "timestamp": …, "data": {…}}}; doc/webhooks.md lists the fields. Pure. */
final class EventJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private EventJson() {}

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /** Its type; empty: hooks are not told of such events. */
    static Optional<HookEvent> type(RoomEvent event) {
        if (event instanceof RoomEvent.Said said) {
            return said.kind() == RoomEvent.Kind.SIGNAL ? Optional.empty() : Optional.of(HookEvent.MESSAGE);
        } else if (event instanceof RoomEvent.TopicChanged) {
            return Optional.of(HookEvent.TOPIC);
        } else if (event instanceof RoomEvent.Redacted) {
            return Optional.of(HookEvent.REDACTION);
        } else if (event instanceof RoomEvent.Joined) {
            return Optional.of(HookEvent.JOIN);
        } else if (event instanceof RoomEvent.Left) {
            return Optional.of(HookEvent.LEAVE);
        } else if (event instanceof RoomEvent.Renamed) {
            return Optional.of(HookEvent.NICK);
        } else if (event instanceof RoomEvent.ModesChanged) {
            return Optional.of(HookEvent.MODE);
        } else if (event instanceof RoomEvent.RoomRenamed) {
            return Optional.of(HookEvent.RENAME);
        }
        return Optional.empty();
    }

    /** An event of the log. */
    static String recorded(Recorded event) {
        return write(event, event.at(), json -> {
            json.writeStringField("id", event.id());
            json.writeNumberField("seq", event.seq());
            user(json, event.by(), event.profile());
            if (event instanceof RoomEvent.Said said) {
                json.writeStringField("kind", said.kind().name().toLowerCase(Locale.ROOT));
                json.writeStringField("text", said.text());
            } else if (event instanceof RoomEvent.TopicChanged topic) {
                json.writeStringField("text", topic.text());
            } else if (event instanceof RoomEvent.Redacted redacted) {
                json.writeStringField("target", redacted.target());
                json.writeStringField("reason", redacted.reason());
            }
        });
    }

    /** An event that is in no log, and of a {@link #type}. */
    static String unrecorded(RoomEvent event) {
        if (event instanceof RoomEvent.Joined joined) {
            return write(event, joined.at(), json -> user(json, joined.nick(), joined.profile()));
        } else if (event instanceof RoomEvent.Left left) {
            return write(event, left.at(), json -> {
                user(json, left.nick(), left.profile());
                json.writeStringField("how", left.how().name().toLowerCase(Locale.ROOT));
                json.writeStringField("by", left.by().text());
                json.writeStringField("reason", left.text());
            });
        } else if (event instanceof RoomEvent.Renamed renamed) {
            return write(event, renamed.at(), json -> {
                user(json, renamed.to(), renamed.profile());
                json.writeStringField("from", renamed.from().text());
            });
        } else if (event instanceof RoomEvent.ModesChanged modes) {
            return write(event, modes.at(), json -> {
                user(json, modes.by(), modes.profile());
                changes(json, modes.changes());
            });
        } else if (event instanceof RoomEvent.RoomRenamed renamed) {
            return write(event, renamed.at(), json -> {
                user(json, renamed.by(), renamed.profile());
                json.writeStringField("to", renamed.to().text());
                json.writeStringField("reason", renamed.reason());
            });
        }
        throw new IllegalArgumentException(
                "hooks are not told of " + event.getClass().getSimpleName());
    }

    private static void user(JsonGenerator json, Nick nick, Profile profile) throws IOException {
        json.writeStringField("nick", nick.text());
        json.writeStringField("account", profile.account());
        json.writeBooleanField("bot", profile.bot());
    }

    private static void changes(JsonGenerator json, List<ModeChange> changes) throws IOException {
        json.writeArrayFieldStart("changes");
        for (ModeChange change : changes) {
            json.writeStartObject();
            json.writeStringField("mode", String.valueOf(change.mode().letter()));
            json.writeBooleanField("set", change.set());
            json.writeStringField("value", change.mode() == Mode.KEY ? "" : change.value()); // it admits its reader
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String write(RoomEvent event, Instant at, Fields data) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("type", type(event).map(HookEvent::text).orElse(""));
            json.writeStringField("timestamp", at.toString());
            json.writeObjectFieldStart("data");
            json.writeStringField("room", event.room().text());
            data.write(json);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return text.toString();
    }
}
