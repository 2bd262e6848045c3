package io.teahouse.wire.irc;

import akka.util.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What is written to one connection. While a request is being followed, lines are gathered step by step, in order, so
 * that its answer can bear its label: alone on a single line, on a batch of several, on an ACK if there is none (IRCv3
 * labeled-response). A <em>unit</em> is one line or several that belong together; tags go on the first.
 */
final class Output {
    private static final AtomicLong BATCHES = new AtomicLong();

    /** {@code bytes} has no text: it is made already. */
    private record Unit(String text, ByteString bytes, boolean reply) {}

    private static final List<Unit> NONE = List.of();

    private Consumer<ByteString> session = nobody -> {};
    private final String server;
    private List<Unit> gathered = NONE;

    /** How many of them are part of the answer. */
    private int replies;

    private boolean following;
    private String label = "";
    private String batch = "";

    Output(String server) {
        this.server = server;
    }

    /** From now on there is somebody to write to. */
    void attach(Consumer<ByteString> connection) {
        session = connection;
    }

    /** True while what is written may have to bear a label. */
    boolean isLabelled() {
        return !label.isEmpty();
    }

    /**
     * A request begins whose lines are gathered until {@link #progress}.
     *
     * @param label empty: it has none
     */
    void begin(String label) {
        following = true;
        this.label = label;
    }

    /** Part of the answer to what the client asked for. */
    void reply(String unit) {
        if (following) {
            gather(new Unit(unit, ByteString.emptyByteString(), true));
            replies++;
        } else {
            session.accept(IrcText.encode(unit));
        }
    }

    /**
     * The answer is one batch, of which this is the first line; the rest follows by {@link #within}. So it bears the label
     * itself (IRCv3 labeled-response), and may be written bit by bit.
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

    /** More of what {@link #open} began; its last line is one more {@link #reply}. */
    void within(String lines) {
        push(lines);
    }

    /** A name for a batch. */
    static String nextBatch() {
        return Long.toString(BATCHES.incrementAndGet(), Character.MAX_RADIX);
    }

    /** Something else that the client is told. */
    void push(String unit) {
        push(IrcText.encode(unit));
    }

    /** The same, already made, for all who see it alike. */
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

    /** A step of the request is done; perhaps all of it. */
    void progress(boolean complete) {
        if (complete) {
            finish();
        } else if (label.isEmpty() || !batch.isEmpty() || replies != 1) { // the only one so far may be the only one
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
            session.accept(IrcText.encode(":" + server + " BATCH -" + batch + "\r\n"));
        }
        following = false;
        label = "";
        batch = "";
    }

    /** Writes what was gathered, more of which is to come. */
    private void flush() {
        if (!gathered.isEmpty()) {
            write("");
        }
    }

    /** @param tag of the only line of the answer, or empty */
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
                out = out.concat(IrcText.encode(text)).concat(unit.bytes);
                text.setLength(0);
            }
        }
        out = out.concat(IrcText.encode(text));
        gathered = NONE;
        replies = 0;
        if (out.nonEmpty()) {
            session.accept(out);
        }
    }

    /**
     * The unit, with one more tag on its first line; if it is a batch of its own, what it is a part of stands at its end
     * too (IRCv3 batch, "nested batches").
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

    /** At once and without more ado: the connection is about to be closed. */
    void lastLine(String line) {
        if (following) {
            finish();
        }
        session.accept(IrcText.encode(line));
    }
}
