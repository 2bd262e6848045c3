package io.teahouse.tool.load;

import io.teahouse.tool.client.LineBuffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A room of the reference server: its members, and the messages of the current round. */
final class ReferenceRoom {
    static final byte[] JOIN = "/join ".getBytes(StandardCharsets.US_ASCII);
    /** The room of a member whose name is not known yet. */
    static final ReferenceRoom NOWHERE = new ReferenceRoom();

    private static final int FIRST_SIZE = 4096;

    private final List<ReferenceMember> members = new ArrayList<>();
    private ByteBuffer said = ByteBuffer.allocateDirect(0);

    /** Adds a member; returns its index. */
    int add(ReferenceMember member) {
        members.add(member);
        return members.size() - 1;
    }

    /** Moves the last member to the free index, so that leaving costs the same in any room. */
    void remove(int index) {
        ReferenceMember last = members.remove(members.size() - 1);
        if (index < members.size()) {
            members.set(index, last);
            last.movedTo(index);
        }
    }

    /** Adds the current line, which {@code speaker} sent; returns whether it is the first of this round. */
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

    /** One write for each member, the last to join comes last: the observer of a load must not be served first. */
    void deliver() {
        said.flip();
        int index = 0;
        while (index < members.size()) {
            ReferenceMember member = members.get(index);
            said.rewind();
            member.send(said);
            // If its connection failed, another has taken its index.
            index += index < members.size() && members.get(index) == member ? 1 : 0;
        }
        said.clear();
    }
}
