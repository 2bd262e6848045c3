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
 * A part of the past as one batch. A long one is written bit by bit, each when the client has read most of what came
 * before, so that it neither fills what may wait to be sent nor keeps others waiting.
 */
public final class StreamedBatch {
    private static final int BIT = 16 * 1024;

    private final Call call;
    private final boolean batched;
    private final String batch = Output.nextBatch();

    /** Lines, or several that belong together; written and counted as one. They come before {@link #events}. */
    private final ArrayDeque<String> units = new ArrayDeque<>();

    /** What is made into lines when its turn has come, so that others have theirs between. */
    private final ArrayDeque<Runnable> events = new ArrayDeque<>();

    /** Comes when all of it is written. */
    private Runnable then = () -> {};

    private StreamedBatch(Call call) {
        this.call = call;
        this.batched = call.client().has(Capability.BATCH);
    }

    /**
     * The answer to CHATHISTORY (IRCv3 batch types, "chathistory").
     *
     * @param asked the target, as it was asked for
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

    /** What was said in a channel into which the client has just come. */
    static void recall(Call call, RoomName room, List<? extends Recorded> events, Runnable then) {
        StreamedBatch reply = new StreamedBatch(call);
        reply.then = then;
        events.forEach(event -> reply.add(event, room));
        reply.write("", "chathistory " + IrcServer.channel(room));
    }

    /** The same, where there is nothing. */
    public static void nothing(Call call, String asked) {
        new StreamedBatch(call).write("", "chathistory " + asked);
    }

    /** The answer to CHATHISTORY TARGETS. */
    public static void targets(Call call, List<Archive.Latest> latest) {
        StreamedBatch reply = new StreamedBatch(call);
        for (Archive.Latest each : latest) {
            String target = Conversations.target(call.session(), each.room());
            reply.line("CHATHISTORY TARGETS " + target + " " + IrcTime.format(each.at()));
        }
        reply.write("", "draft/chathistory-targets");
    }

    /** What was looked for and found; who is not told that there may be more is left to believe that this is all. */
    public static void found(Call call, Archive.Found found) {
        if (!found.isComplete()) {
            call.note("INCOMPLETE", "Not all messages could be looked through in time: there may be more");
        }
        StreamedBatch reply = new StreamedBatch(call);
        found.said().forEach(said -> reply.add(said, said.room()));
        reply.write("", "soju.im/search");
    }

    /** What is noted, made into lines already (IRCv3 metadata). */
    public static void metadata(Call call, String asked, List<String> lines) {
        StreamedBatch reply = new StreamedBatch(call);
        reply.units.addAll(lines);
        reply.write("", "metadata " + asked);
    }

    /** The same, of what is made into lines as they are written: as far as it stands under those keys. */
    public static void metadata(Call call, String asked, Set<String> keys, List<MetadataSubscriptions.Noted> all) {
        StreamedBatch reply = new StreamedBatch(call);
        for (MetadataSubscriptions.Noted noted : all) {
            reply.events.add(() -> reply.units.addAll(noted.lines(call, keys)));
        }
        reply.write("", "metadata " + asked);
    }

    /** Of which keys the client is told, made into lines already (IRCv3 metadata). */
    public static void subscriptions(Call call, List<String> lines) {
        StreamedBatch reply = new StreamedBatch(call);
        reply.units.addAll(lines);
        reply.write("", "metadata-subs");
    }

    /** @param room as it is called now */
    private void add(Recorded event, RoomName room) {
        events.add(() -> show(event, room));
    }

    private void show(Recorded event, RoomName room) {
        EventWriter writer =
                new EventWriter(call.client().capabilities(), target(event, room), (unit, by, own) -> units.add(unit));
        event.accept(writer);
    }

    /** What one said himself went to the other one. */
    private String target(Recorded event, RoomName room) {
        boolean mine = Conversations.isMine(call.session(), event);
        return room.isConversation() && !mine ? call.nick() : Conversations.target(call.session(), room);
    }

    /** For people; what is for programs stands on the batch. */
    private void gap(RoomReply.Past past) {
        boolean some = !past.events().isEmpty();
        Instant at = some ? past.events().get(0).at() : Instant.now();
        String time = call.client().has(Capability.SERVER_TIME) ? "@time=" + IrcTime.format(at) + " " : "";
        String target = past.room().isConversation() ? call.nick() : IrcServer.channel(past.room());
        String text = some ? "Some of what was said is not among this" : "What was said is not kept any more";
        units.add(time + ":" + call.server().name() + " NOTICE " + target + " :" + text + "\r\n");
    }

    private void line(String line) {
        units.add(LineBudget.end(":" + call.server().name() + " " + line));
    }

    private void write(String tags, String type) {
        if (batched) {
            call.out().open(tags + ":" + call.server().name() + " BATCH +" + batch + " " + type + "\r\n");
        }
        call.session().whenRead(this::writeBit);
    }

    private void writeBit() {
        StringBuilder bit = new StringBuilder();
        int written = 0;
        for (String unit = next(); unit != null && written < BIT; unit = next()) {
            written += unit.length();
            if (batched) {
                Output.append(bit, "batch=" + batch, unit);
            } else {
                call.out().reply(unit);
            }
            units.removeFirst();
        }
        if (batched) {
            call.out().within(bit.toString());
        }
        if (next() != null) {
            call.session().whenRead(this::writeBit);
            return;
        } else if (batched) {
            call.out().reply(":" + call.server().name() + " BATCH -" + batch + "\r\n");
        }
        then.run();
    }

    /** What is written next, which stays where it is; null: there is nothing. */
    private @Nullable String next() {
        while (units.isEmpty() && !events.isEmpty()) {
            events.removeFirst().run();
        }
        return units.peekFirst();
    }
}
