package io.teahouse.wire.plain;

import io.teahouse.room.Mode;
import io.teahouse.room.ModeChange;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomEventVisitor;
import java.util.function.Predicate;

/**
 * Writes events as lines. Messages begin with their author's name, and no name contains white space or a colon, so that
 * no message can pass for a line from the server.
 */
final class PlainWriter implements RoomEventVisitor {
    private final StringBuilder out;
    private final String end;
    private final Predicate<RoomEvent.Said> mine;
    private final String partner;

    /**
     * A writer for one reader, or for all members of a room.
     *
     * @param end written after each line
     * @param mine tells the reader's own messages; used in conversations only, which look different to each side
     * @param partner the other user, in a conversation
     */
    PlainWriter(StringBuilder out, String end, Predicate<RoomEvent.Said> mine, String partner) {
        this.partner = partner;
        this.out = out;
        this.end = end;
        this.mine = mine;
    }

    /** Puts the name before each line of a message: otherwise its second line could pass for another user's. */
    @Override
    public void said(RoomEvent.Said said) {
        if (said.kind() == Kind.SIGNAL) {
            return;
        }
        boolean further = false;
        for (String line : said.text().split("\n", -1)) {
            if (!line.isEmpty() || !further) {
                out.append(further && end.isEmpty() ? "\n" : "");
                prefix(said);
                out.append(PlainText.clean(line)).append(end);
            }
            further = true;
        }
    }

    private void prefix(RoomEvent.Said said) {
        if (said.room().isConversation()) {
            boolean own = mine.test(said);
            out.append('[').append(own ? "you" : said.by().text()).append(" -> ");
            out.append(own ? partner : "you").append("] ");
            if (said.kind() == Kind.ACTION) {
                out.append("* ").append(said.by().text()).append(' ');
            }
        } else if (said.kind() == Kind.ACTION) {
            out.append("* ").append(said.by().text()).append(' ');
        } else {
            out.append(said.by().text()).append(": ");
        }
    }

    @Override
    public void joined(RoomEvent.Joined joined) {
        out.append(joined.nick().text()).append(" has joined the chat").append(end);
    }

    @Override
    public void left(RoomEvent.Left left) {
        out.append(left.nick().text()).append(" has left the chat...");
        if (left.how() == Departure.KICKED) {
            out.append(" (put out by ").append(left.by().text());
            out.append(left.text().isEmpty() ? ")" : ": " + PlainText.clean(left.text()) + ")");
        } else if (left.how() != Departure.LOST && !left.text().isEmpty()) {
            out.append(" (").append(PlainText.clean(left.text())).append(')');
        }
        out.append(end);
    }

    @Override
    public void renamed(RoomEvent.Renamed renamed) {
        out.append(renamed.from().text())
                .append(" is now called ")
                .append(renamed.to().text());
        out.append(end);
    }

    /** Not shown: changes of the away state or the real name would only disturb people at a terminal. */
    @Override
    public void profileChanged(RoomEvent.ProfileChanged changed) {}

    @Override
    public void modesChanged(RoomEvent.ModesChanged changed) {
        out.append("-- ").append(changed.by().text()).append(" sets the room");
        for (ModeChange change : changed.changes()) {
            out.append(change.set() ? " +" : " -").append(change.mode().letter());
            if (!change.value().isEmpty() && change.mode() != Mode.KEY) {
                out.append(' ').append(PlainText.clean(change.value()));
            }
        }
        out.append(end);
    }

    @Override
    public void roomRenamed(RoomEvent.RoomRenamed renamed) {
        out.append(renamed.by().text())
                .append(" has renamed the room to ")
                .append(renamed.to().text());
        out.append(renamed.reason().isEmpty() ? "" : " (" + PlainText.clean(renamed.reason()) + ")");
        out.append(end);
    }

    /** Not shown: the invited user is notified directly. */
    @Override
    public void invited(RoomEvent.Invited invited) {}

    /** Not shown: metadata is for programs. */
    @Override
    public void metadataChanged(RoomEvent.MetadataChanged changed) {}

    /** Not shown: signals are for programs. */
    @Override
    public void signalled(RoomEvent.Signalled signalled) {}

    /** Only announces the redaction: a line on a terminal cannot be removed. */
    @Override
    public void redacted(RoomEvent.Redacted redacted) {
        out.append("-- ").append(redacted.by().text()).append(" has taken a message back");
        if (!redacted.reason().isEmpty()) {
            out.append(": ").append(PlainText.clean(redacted.reason()));
        }
        out.append(end);
    }

    @Override
    public void topicChanged(RoomEvent.TopicChanged changed) {
        out.append(changed.by().text());
        if (changed.text().isEmpty()) {
            out.append(" has removed the topic");
        } else {
            out.append(" has set the topic: ").append(PlainText.clean(changed.text()));
        }
        out.append(end);
    }

    /** Not shown: new members see their own {@link RoomEvent.Joined}. */
    @Override
    public void welcome(RoomEvent.Welcome welcome) {}

    @Override
    public void gap(RoomEvent.Gap gap) {
        out.append("-- ")
                .append(gap.next() - gap.after() - 1)
                .append(" lines are missing here")
                .append(end);
    }
}
