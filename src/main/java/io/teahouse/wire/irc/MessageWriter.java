package io.teahouse.wire.irc;

import io.teahouse.room.Attributes;
import io.teahouse.room.Audience;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.wire.irc.EventWriter.Own;
import io.teahouse.wire.irc.EventWriter.Sink;
import java.time.Instant;
import java.util.List;

/**
 * Writes messages for clients with certain capabilities: PRIVMSG, NOTICE, TAGMSG. A long message takes several lines
 * (IRCv3 multiline).
 */
final class MessageWriter {
    /**
     * The attribute with the places where the sender split the text without a line break: offsets in ascending order,
     * separated by commas. No client can send an attribute of that name.
     */
    static final String SOFT_BREAKS = "soft-breaks";

    /** The tag of a line that continues the one before it (IRCv3 multiline). */
    static final String CONCAT = "draft/multiline-concat";

    static final String ACTION = "\u0001ACTION ";

    private final Capabilities to;
    private final String target;
    private final Sink sink;

    /** The parameters are those of {@link EventWriter}. */
    MessageWriter(Capabilities to, String target, Sink sink) {
        this.to = to;
        this.target = target;
        this.sink = sink;
    }

    void said(RoomEvent.Said said) {
        if (said.kind() == Kind.SIGNAL) {
            signalled(said.at(), said.id(), said.by(), said.profile(), said.attributes(), said.audience());
            return;
        }
        String clientTags = IrcTags.clientOnly(said.attributes().values());
        String verb = said.kind() == Kind.NOTICE ? "NOTICE " : "PRIVMSG ";
        String start = ":" + EventTags.source(said.by(), said.profile()) + " " + verb + marked(said.audience()) + " :";
        int most = LineBudget.MOST - IrcText.size(start) - (said.kind() == Kind.ACTION ? ACTION.length() + 1 : 0);
        List<LineSplit> pieces = LineSplit.of(said.text(), said.attributes().get(SOFT_BREAKS), most);
        if (pieces.size() > 1 && to.has(Capability.MULTILINE) && to.has(Capability.BATCH)) {
            batch(said, clientTags, start, pieces);
        } else {
            single(said, clientTags, start, pieces);
        }
    }

    /**
     * Writes separate lines for clients without multiline. Blank lines are left out, and only the first line has the id
     * (IRCv3 multiline, "fallback").
     */
    private void single(RoomEvent.Said said, String clientTags, String start, List<LineSplit> pieces) {
        String id = said.id();
        for (LineSplit piece : pieces) {
            if (!piece.text().isEmpty() || pieces.size() == 1) {
                StringBuilder out = new StringBuilder(128);
                EventTags.append(out, to, said.at(), id, said.profile(), clientTags);
                text(out.append(start), said.kind(), piece.text());
                sink.unit(out.toString(), Own.ECHOED);
                id = "";
            }
        }
    }

    private static void text(StringBuilder out, Kind kind, String piece) {
        String text = IrcText.oneLine(piece);
        if (kind == Kind.ACTION) {
            out.append(ACTION).append(text).append('\u0001');
        } else {
            out.append(text);
        }
        out.append("\r\n");
    }

    private void batch(RoomEvent.Said said, String clientTags, String start, List<LineSplit> pieces) {
        String batch = "m" + batchId(said.id());
        String source = ":" + EventTags.source(said.by(), said.profile());
        StringBuilder out = new StringBuilder();
        EventTags.append(out, to, said.at(), said.id(), said.profile(), clientTags);
        out.append(source).append(" BATCH +").append(batch).append(" draft/multiline ");
        out.append(marked(said.audience())).append("\r\n");
        for (LineSplit piece : pieces) {
            out.append("@batch=").append(batch).append(piece.goesOn() ? ";" + CONCAT : "");
            text(out.append(' ').append(start), said.kind(), piece.text());
        }
        out.append(source).append(" BATCH -").append(batch).append("\r\n");
        sink.unit(out.toString(), Own.ECHOED);
    }

    /** Replaces characters that a batch reference must not contain: an application may choose any ids. */
    private static String batchId(String id) {
        StringBuilder letters = new StringBuilder(id.length());
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            letters.append(plain ? c : '-');
        }
        return letters.toString();
    }

    private String marked(Audience audience) {
        return mark(audience) + target;
    }

    /** The prefix of the channel for messages to members of a certain rank (STATUSMSG). */
    private static String mark(Audience audience) {
        return switch (audience) {
            case ALL -> "";
            case VOICED -> "+";
            case HALF_OPERATORS -> "%";
            case OPERATORS -> "@";
        };
    }

    void signalled(RoomEvent.Signalled signalled) {
        signalled(
                signalled.at(),
                signalled.id(),
                signalled.by(),
                signalled.profile(),
                signalled.attributes(),
                signalled.audience());
    }

    private void signalled(Instant at, String id, Nick by, Profile profile, Attributes attributes, Audience audience) {
        if (to.has(Capability.MESSAGE_TAGS)) {
            StringBuilder out = new StringBuilder();
            EventTags.append(out, to, at, id, profile, IrcTags.clientOnly(attributes.values()));
            out.append(':').append(EventTags.source(by, profile));
            out.append(" TAGMSG ").append(marked(audience)).append("\r\n");
            sink.unit(out.toString(), Own.ECHOED);
        }
    }
}
