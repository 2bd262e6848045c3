package io.teahouse.wire.irc;

import io.teahouse.room.Archive;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A long reply that is one batch, such as history. It is written in chunks, each when the client has read most of the
 * one before, so that it neither fills the send queue nor blocks other work.
 */
public final class StreamedBatch {
    private static final int CHUNK_BYTES = 16 * 1024;

    private final Call call;
    private final boolean batched;
    private final String batch = Output.nextBatch();

    /** Units of one or more lines that belong together, written before {@link #events}. */
    private final ArrayDeque<String> units = new ArrayDeque<>();

    /** Makes further units, each when its turn comes, so that other work can run in between. */
    private final ArrayDeque<Runnable> events = new ArrayDeque<>();

    /** Runs after the last line. */
    private Runnable then = () -> {};

    private StreamedBatch(Call call) {
        this.call = call;
        this.batched = call.client().has(Capability.BATCH);
    }

    /**
     * Replies to CHATHISTORY (IRCv3 batch types, "chathistory").
     *
     * @param asked the target as the client wrote it
     */
    public static void history(Call call, String asked, RoomReply.Past past) {
        StreamedBatch reply = new StreamedBatch(call);
        if (past.gap()) {
            reply.gap(past);
        }
        past.events().forEach(event -> reply.add(event, past.room()));
        boolean marked = past.gap() && call.client().has(Capability.MESSAGE_TAGS);
        reply.write(marked ? "@teahouse/gap " : "", "chathistory " + asked);
    }

    /** Shows the history of a channel that the client has just joined. */
    static void joinHistory(Call call, RoomName room, List<? extends Recorded> events, Runnable then) {
        StreamedBatch reply = new StreamedBatch(call);
        reply.then = then;
        events.forEach(event -> reply.add(event, room));
        reply.write("", "chathistory " + IrcServer.channel(room));
    }

    /** Replies to CHATHISTORY with an empty batch. */
    public static void nothing(Call call, String asked) {
        new StreamedBatch(call).write("", "chathistory " + asked);
    }

    /** Replies to CHATHISTORY TARGETS. */
    public static void targets(Call call, List<Archive.Latest> latest) {
        StreamedBatch reply = new StreamedBatch(call);
        for (Archive.Latest each : latest) {
            String target = Conversations.target(call.session(), each.room());
            reply.line("CHATHISTORY TARGETS " + target + " " + IrcTime.format(each.at()));
        }
        reply.write("", "draft/chathistory-targets");
    }

    /** Replies to SEARCH. If the search was cut short, a note to the client precedes the results. */
    public static void found(Call call, Archive.Found found) {
        if (!found.isComplete()) {
            call.note("INCOMPLETE", "Not all messages could be looked through in time: there may be more");
        }
        StreamedBatch reply = new StreamedBatch(call);
        found.said().forEach(said -> reply.add(said, said.room()));
        reply.write("", "soju.im/search");
    }

    /** Replies to METADATA with finished lines (IRCv3 metadata). */
    public static void metadata(Call call, String asked, List<String> lines) {
        StreamedBatch reply = new StreamedBatch(call);
        reply.units.addAll(lines);
        reply.write("", "metadata " + asked);
    }

    /** Replies to METADATA with the values of {@code keys}, made into lines as they are written. */
    public static void metadata(
            Call call, String asked, Set<String> keys, List<MetadataSubscriptions.TargetMetadata> all) {
        StreamedBatch reply = new StreamedBatch(call);
        for (MetadataSubscriptions.TargetMetadata metadata : all) {
            reply.events.add(() -> reply.units.addAll(metadata.lines(call, keys)));
        }
        reply.write("", "metadata " + asked);
    }

    /** Replies to METADATA SUBS with finished lines (IRCv3 metadata). */
    public static void subscriptions(Call call, List<String> lines) {
        StreamedBatch reply = new StreamedBatch(call);
        reply.units.addAll(lines);
        reply.write("", "metadata-subs");
    }

    /** @param room the room under its current name */
    private void add(Recorded event, RoomName room) {
        events.add(() -> show(event, room));
    }

    private void show(Recorded event, RoomName room) {
        EventWriter writer =
                new EventWriter(call.client().capabilities(), target(event, room), (unit, own) -> units.add(unit));
        event.accept(writer);
    }

    /** In a conversation, the target of the client's own messages is the other user. */
    private String target(Recorded event, RoomName room) {
        boolean mine = Conversations.isMine(call.session(), event);
        return room.isConversation() && !mine ? call.nick() : Conversations.target(call.session(), room);
    }

    /** Adds a notice for people; programs see a tag on the batch. */
    private void gap(RoomReply.Past past) {
        boolean some = !past.events().isEmpty();
        Instant at = some ? past.events().get(0).at() : Instant.now();
        String time = call.client().has(Capability.SERVER_TIME) ? "@time=" + IrcTime.format(at) + " " : "";
        String target = past.room().isConversation() ? call.nick() : IrcServer.channel(past.room());
        String text = some ? "Some messages are missing here" : "These messages are no longer stored";
        units.add(time + ":" + call.server().name() + " NOTICE " + target + " :" + text + "\r\n");
    }

    private void line(String line) {
        units.add(LineBudget.end(":" + call.server().name() + " " + line));
    }

    private void write(String tags, String type) {
        if (batched) {
            call.out().open(tags + ":" + call.server().name() + " BATCH +" + batch + " " + type + "\r\n");
        }
        call.session().connection().whenRead(this::writeChunk);
    }

    private void writeChunk() {
        StringBuilder chunk = new StringBuilder();
        int written = 0;
        for (String unit = next(); unit != null && written < CHUNK_BYTES; unit = next()) {
            written += unit.length();
            if (batched) {
                Output.append(chunk, "batch=" + batch, unit);
            } else {
                call.out().reply(unit);
            }
            units.removeFirst();
        }
        if (batched) {
            call.out().within(chunk.toString());
        }
        if (next() != null) {
            call.session().connection().whenRead(this::writeChunk);
            return;
        } else if (batched) {
            call.out().reply(":" + call.server().name() + " BATCH -" + batch + "\r\n");
        }
        then.run();
    }

    /** Returns the next unit, which stays in the queue; null if nothing is left. */
    private @Nullable String next() {
        while (units.isEmpty() && !events.isEmpty()) {
            events.removeFirst().run();
        }
        return units.peekFirst();
    }
}
