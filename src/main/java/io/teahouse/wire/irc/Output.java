package io.teahouse.wire.irc;

import akka.util.ByteString;
import io.teahouse.client.LineForm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The lines written to one connection. While a request is followed, its lines are collected step by step, in order, so
 * that the reply can carry its label: on a single line, on a batch of several, or on an ACK if there are none (IRCv3
 * labeled-response). A <em>unit</em> is one line or several that belong together; tags go on the first.
 */
final class Output {
    private static final AtomicLong BATCHES = new AtomicLong();

    /** Either a text of a reply, or finished bytes of something else. */
    private record Unit(String text, ByteString bytes, boolean reply) {}

    private static final List<Unit> NONE = List.of();

    private Consumer<ByteString> session = nobody -> {};
    private final String server;
    private final LineForm form;
    private List<Unit> gathered = NONE;

    /** How many of {@link #gathered} are part of the reply. */
    private int replies;

    private boolean following;
    private String label = "";
    private String batch = "";

    Output(String server, LineForm form) {
        this.server = server;
        this.form = form;
    }

    /** Sets the connection to write to. */
    void attach(Consumer<ByteString> connection) {
        session = connection;
    }

    /** How lines become bytes. */
    LineForm form() {
        return form;
    }

    /** Whether a label is waiting for the reply. */
    boolean isLabelled() {
        return !label.isEmpty();
    }

    /**
     * Starts a request, whose lines are collected until {@link #progress}.
     *
     * @param label the label of the request, or empty
     */
    void begin(String label) {
        following = true;
        this.label = label;
    }

    /** Writes a unit of the reply to the client's request. */
    void reply(String unit) {
        if (following) {
            gather(new Unit(unit, ByteString.emptyByteString(), true));
            replies++;
        } else {
            session.accept(form.encode(unit));
        }
    }

    /**
     * Starts a reply that is one batch, with its first line; the rest follows by {@link #within}. The batch carries the
     * label itself (IRCv3 labeled-response), so it can be written in chunks.
     */
    void open(String line) {
        if (label.isEmpty() || !batch.isEmpty() || replies > 0) {
            reply(line);
            return;
        }
        StringBuilder labelled = new StringBuilder();
        append(labelled, "label=" + IrcTags.escape(label), line);
        label = "";
        push(labelled.toString());
    }

    /** Continues the batch that {@link #open} started. Its last line must be written by {@link #reply}. */
    void within(String lines) {
        push(lines);
    }

    /** A new batch reference, unique in this process. */
    static String nextBatch() {
        return Long.toString(BATCHES.incrementAndGet(), Character.MAX_RADIX);
    }

    /** Writes a unit that is not part of a reply. */
    void push(String unit) {
        push(form.encode(unit));
    }

    /** Writes encoded units that are not part of a reply, shared by all clients that see the same bytes. */
    void push(ByteString units) {
        if (following) {
            gather(new Unit("", units, false));
        } else {
            session.accept(units);
        }
    }

    private void gather(Unit unit) {
        if (gathered == NONE) {
            gathered = new ArrayList<>();
        }
        gathered.add(unit);
    }

    /** Ends a step of the request, or all of it if {@code complete}. */
    void progress(boolean complete) {
        if (complete) {
            finish();
        } else if (label.isEmpty() || !batch.isEmpty() || replies != 1) { // the first line may be the only one
            flush();
        }
    }

    private void finish() {
        if (!label.isEmpty() && batch.isEmpty() && replies == 0) {
            reply(":" + server + " ACK\r\n");
        }
        boolean alone = batch.isEmpty() && replies == 1;
        write(alone ? "label=" + IrcTags.escape(label) : "");
        if (!batch.isEmpty()) {
            session.accept(form.encode(":" + server + " BATCH -" + batch + "\r\n"));
        }
        following = false;
        label = "";
        batch = "";
    }

    /** Writes the collected units of a request that goes on. */
    private void flush() {
        if (!gathered.isEmpty()) {
            write("");
        }
    }

    /** @param tag the tag of a reply of one line, or empty */
    private void write(String tag) {
        StringBuilder text = new StringBuilder();
        ByteString out = ByteString.emptyByteString();
        boolean single = !label.isEmpty() && !tag.isEmpty();
        if (!label.isEmpty() && !single && batch.isEmpty() && replies > 0) {
            batch = nextBatch();
            text.append("@label=").append(IrcTags.escape(label)).append(" :").append(server);
            text.append(" BATCH +").append(batch).append(" labeled-response\r\n");
        }
        for (Unit unit : gathered) {
            if (unit.reply) {
                append(text, label.isEmpty() ? "" : single ? tag : "batch=" + batch, unit.text);
            } else {
                out = out.concat(form.encode(text)).concat(unit.bytes);
                text.setLength(0);
            }
        }
        out = out.concat(form.encode(text));
        gathered = NONE;
        replies = 0;
        if (out.nonEmpty()) {
            session.accept(out);
        }
    }

    /**
     * Appends a unit with one more tag on its first line. If the unit is itself a batch, a batch tag goes on its last
     * line too (IRCv3 batch, "nested batches").
     */
    static void append(StringBuilder out, String tag, String unit) {
        int last = unit.lastIndexOf('\n', unit.length() - 2) + 1;
        if (last > 0 && tag.startsWith("batch=")) {
            line(out, tag, unit.substring(0, last));
            line(out, tag, unit.substring(last));
        } else {
            line(out, tag, unit);
        }
    }

    private static void line(StringBuilder out, String tag, String line) {
        if (tag.isEmpty()) {
            out.append(line);
        } else if (line.charAt(0) == '@') {
            out.append('@').append(tag).append(';').append(line, 1, line.length());
        } else {
            out.append('@').append(tag).append(' ').append(line);
        }
    }

    /** Writes the final line at once: the connection is about to be closed. */
    void lastLine(String line) {
        if (following) {
            finish();
        }
        session.accept(form.encode(line));
    }
}
