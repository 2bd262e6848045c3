package io.teahouse.testkit;

import io.teahouse.room.ModeChange;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEventVisitor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Received events, one short line each. */
public final class Transcript implements RoomEventVisitor {
    private final List<String> lines = new ArrayList<>();

    private Transcript() {}

    /** One line for each event. */
    public static List<String> of(Collection<? extends RoomEvent> events) {
        Transcript transcript = new Transcript();
        events.forEach(event -> event.accept(transcript));
        return transcript.lines;
    }

    @Override
    public void welcome(RoomEvent.Welcome welcome) {
        lines.add("welcome " + welcome.nick() + " after " + welcome.seq());
    }

    @Override
    public void gap(RoomEvent.Gap gap) {
        lines.add("gap after " + gap.after() + " next " + gap.next());
    }

    @Override
    public void joined(RoomEvent.Joined joined) {
        lines.add("+" + joined.nick());
    }

    @Override
    public void left(RoomEvent.Left left) {
        lines.add("-" + left.nick() + " " + left.how());
    }

    @Override
    public void renamed(RoomEvent.Renamed renamed) {
        lines.add(renamed.from() + " > " + renamed.to());
    }

    @Override
    public void profileChanged(RoomEvent.ProfileChanged changed) {
        lines.add(changed.nick() + " has another profile");
    }

    @Override
    public void modesChanged(RoomEvent.ModesChanged changed) {
        StringBuilder line = new StringBuilder(changed.by() + " sets");
        for (ModeChange change : changed.changes()) {
            line.append(change.set() ? " +" : " -").append(change.mode().letter());
            line.append(change.value().isEmpty() ? "" : " " + change.value());
        }
        lines.add(line.toString());
    }

    @Override
    public void roomRenamed(RoomEvent.RoomRenamed renamed) {
        lines.add(renamed.by() + " calls " + renamed.room() + " " + renamed.to());
    }

    @Override
    public void invited(RoomEvent.Invited invited) {
        lines.add(invited.by() + " invites " + invited.target());
    }

    @Override
    public void metadataChanged(RoomEvent.MetadataChanged changed) {
        lines.add(changed.by() + " notes " + (changed.personal() ? "of themselves " : "") + changed.changes());
    }

    @Override
    public void signalled(RoomEvent.Signalled signalled) {
        lines.add(signalled.by() + " signals " + signalled.attributes().values());
    }

    @Override
    public void said(RoomEvent.Said said) {
        lines.add(said.seq() + " " + said.by() + ": " + said.text());
    }

    @Override
    public void topicChanged(RoomEvent.TopicChanged changed) {
        lines.add(changed.seq() + " " + changed.by() + " topic " + changed.text());
    }

    @Override
    public void redacted(RoomEvent.Redacted redacted) {
        lines.add(redacted.seq() + " " + redacted.by() + " redacts " + redacted.targetSeq());
    }
}
