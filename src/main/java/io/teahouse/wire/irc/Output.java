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

    private record Unit(String text, boolean reply) {}

    private Consumer<ByteString> session = nobody -> {};
    private final String server;
    private List<Unit> gathered = List.of();
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
        add(unit, true);
    }

    /** Something else that the client is told. */
    void push(String unit) {
        add(unit, false);
    }

    private void add(String unit, boolean reply) {
        if (!following) {
            session.accept(IrcText.encode(unit));
            return;
        }
        if (gathered.isEmpty()) {
            gathered = new ArrayList<>();
        }
        gathered.add(new Unit(unit, reply));
    }

    /** The same, already made, for all who see it alike. */
    void push(ByteString units) {
        if (following) {
            flush(false);
        }
        session.accept(units);
    }

    /** A step of the request is done; perhaps all of it. */
    void progress(boolean complete) {
        flush(complete);
        if (complete) {
            if (!batch.isEmpty()) {
                session.accept(IrcText.encode(":" + server + " BATCH -" + batch + "\r\n"));
            }
            following = false;
            label = "";
            batch = "";
        }
    }

    /** Writes what was gathered. {@code all}: no more of the answer will come. */
    private void flush(boolean all) {
        long replies = gathered.stream().filter(Unit::reply).count();
        boolean labelled = !label.isEmpty() && batch.isEmpty();
        StringBuilder out = new StringBuilder();
        if (labelled && all && replies == 0) {
            gathered = with(new Unit(":" + server + " ACK\r\n", true));
            replies = 1;
        }
        boolean single = labelled && all && replies == 1;
        if (labelled && !single && replies > 0) {
            batch = Long.toString(BATCHES.incrementAndGet(), Character.MAX_RADIX);
            out.append("@label=").append(IrcTags.escape(label)).append(" :").append(server);
            out.append(" BATCH +").append(batch).append(" labeled-response\r\n");
        }
        for (Unit unit : gathered) {
            String tag =
                    !unit.reply || label.isEmpty() ? "" : single ? "label=" + IrcTags.escape(label) : "batch=" + batch;
            append(out, tag, unit.text);
        }
        gathered = List.of();
        if (!out.isEmpty()) {
            session.accept(IrcText.encode(out));
        }
    }

    private List<Unit> with(Unit one) {
        List<Unit> all = new ArrayList<>(gathered);
        all.add(one);
        return all;
    }

    private static void append(StringBuilder out, String tag, String unit) {
        if (tag.isEmpty()) {
            out.append(unit);
        } else if (unit.charAt(0) == '@') {
            out.append('@').append(tag).append(';').append(unit, 1, unit.length());
        } else {
            out.append('@').append(tag).append(' ').append(unit);
        }
    }

    /** At once and without more ado: the connection is about to be closed. */
    void lastLine(String line) {
        flush(true);
        session.accept(IrcText.encode(line));
    }
}
