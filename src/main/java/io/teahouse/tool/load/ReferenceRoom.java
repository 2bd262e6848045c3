package io.teahouse.tool.load;

import io.teahouse.tool.client.LineBuffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A room of the reference server: its members, and what was said in it this round. */
final class ReferenceRoom {
    static final byte[] JOIN = "/join ".getBytes(StandardCharsets.US_ASCII);
    /** Where a member is before its name is known; nothing is ever said there. */
    static final ReferenceRoom NOWHERE = new ReferenceRoom();

    private static final int FIRST_SIZE = 4096;

    private final List<ReferenceMember> members = new ArrayList<>();
    private ByteBuffer said = ByteBuffer.allocateDirect(0);

    /** Adds a member; returns its place. */
    int add(ReferenceMember member) {
        members.add(member);
        return members.size() - 1;
    }

    /** The last one takes the place of the one that goes, so that leaving costs the same in any room. */
    void remove(int place) {
        ReferenceMember last = members.remove(members.size() - 1);
        if (place < members.size()) {
            members.set(place, last);
            last.movedTo(place);
        }
    }

    /** Adds what {@code speaker} said, the current line; true if it is the first of this round. */
    boolean add(ReferenceMember speaker, LineBuffer line) {
        boolean first = said.position() == 0;
        int length = line.end() - line.begin();
        if (said.remaining() < speaker.prefix().length + length + 1) {
            int size = Math.max(FIRST_SIZE, (said.position() + speaker.prefix().length + length + 1) * 2);
            said = ByteBuffer.allocateDirect(size).put(said.flip());
        }
        said.put(speaker.prefix());
        said.put(said.position(), line.bytes(), line.begin(), length);
        said.position(said.position() + length).put((byte) '\n');
        return first;
    }

    /** One write for each member, the last to join coming last: chatload's observer, who must not be served first. */
    void deliver() {
        said.flip();
        int place = 0;
        while (place < members.size()) {
            ReferenceMember member = members.get(place);
            said.rewind();
            member.send(said);
            // If its connection failed, another has taken its place.
            place += place < members.size() && members.get(place) == member ? 1 : 0;
        }
        said.clear();
    }
}
