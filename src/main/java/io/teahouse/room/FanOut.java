package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.util.ArrayList;
import java.util.List;

/**
 * One round of telling: gathers events in order, then tells each member, as one batch, the part that concerns him. A
 * newcomer is told what follows his arrival, a leaver what came up to his exit. Whoever did something in the batch
 * is told last, when everybody else has it in the mailbox.
 */
final class FanOut {
    private record Leaver(Member member, int to) {}

    private final Room room;

    /** What the room is called in this round. */
    private final RoomName name;

    private final List<RoomEvent> events = new ArrayList<>();
    private final List<Leaver> leavers = new ArrayList<>(0);
    private final List<Member> newcomers = new ArrayList<>(0);

    FanOut(Room room) {
        this.room = room;
        this.name = room.name();
    }

    void add(Member by, RoomEvent event) {
        events.add(event);
        by.spoke = true;
    }

    void arrives(Member member) {
        member.from = events.size();
        newcomers.add(member);
        room.show(member);
    }

    /** To be called after the event of his leaving was added: it is the last one that he is told. */
    void leaves(Member member) {
        room.hide(member);
        leavers.add(new Leaver(member, events.size()));
    }

    /** True when whoever is behind that reference left in this round: he is told so before he comes in again. */
    boolean hasLeft(ActorRef<RoomEvent> ref) {
        return leavers.stream().anyMatch(leaver -> leaver.member().ref().equals(ref));
    }

    void send() {
        if (!events.isEmpty()) {
            EventBatch all = new EventBatch(name, events);
            int speakers = tellListeners(all);
            tellLeavers(all, false);
            tellSpeakers(all, speakers);
            tellLeavers(all, true);
        }
        newcomers.forEach(member -> member.from = 0);
    }

    /** Returns how many are left to be told. */
    private int tellListeners(EventBatch all) {
        int speakers = 0;
        for (int i = 0; i < room.shownCount(); i++) {
            Member member = room.shown(i);
            if (member.spoke) {
                speakers++;
            } else {
                tell(member, all, events.size());
            }
        }
        return speakers;
    }

    private void tellSpeakers(EventBatch all, int speakers) {
        int left = speakers;
        for (int i = 0; left > 0; i++) {
            Member member = room.shown(i);
            if (member.spoke) {
                member.spoke = false;
                left--;
                tell(member, all, events.size());
            }
        }
    }

    private void tellLeavers(EventBatch all, boolean whoSpoke) {
        for (Leaver leaver : leavers) {
            if (leaver.member.spoke == whoSpoke) {
                tell(leaver.member, all, leaver.to);
            }
        }
    }

    private void tell(Member member, EventBatch all, int to) {
        if (all.isRestricted()) {
            List<RoomEvent> visible = events.subList(Math.min(member.from, to), to).stream()
                    .filter(member.visibility(room.past()))
                    .toList();
            if (!visible.isEmpty()) {
                member.tell(new EventBatch(name, visible));
            }
        } else if (member.from == 0 && to == events.size()) {
            member.tell(all);
        } else if (member.from < to) {
            member.tell(new EventBatch(name, events.subList(member.from, to)));
        }
    }
}
