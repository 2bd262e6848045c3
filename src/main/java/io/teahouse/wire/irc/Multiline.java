package io.teahouse.wire.irc;

import io.teahouse.room.Attributes;
import io.teahouse.room.RoomEvent.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A multiline message that a client is sending, while its lines arrive (IRCv3 multiline). */
public final class Multiline {
    /**
     * The reason why a multiline message is rejected.
     *
     * @param code of the standard reply
     * @param context the parameters of the standard reply, separated by spaces, or empty
     */
    public record Problem(String code, String context, String text) {}

    private final String id;
    private final String target;
    private final IrcMessage opening;
    private final int maxBytes;
    private final int maxLines;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder softBreaks = new StringBuilder();
    private Optional<Kind> kind = Optional.empty();
    private int bytes;
    private int lines;
    private boolean failed;
    private String label;

    /**
     * Opens a batch.
     *
     * @param opening the BATCH command, whose tags are those of the message
     * @param label the label for the reply to the whole (IRCv3 labeled-response), or empty
     */
    public Multiline(String id, String target, IrcMessage opening, String label, IrcSettings.MultilineLimits limits) {
        this.id = id;
        this.target = target;
        this.opening = opening;
        this.label = label;
        this.maxBytes = limits.bytes();
        this.maxLines = limits.lines();
    }

    public String id() {
        return id;
    }

    public String target() {
        return target;
    }

    public IrcMessage opening() {
        return opening;
    }

    /** A batch that was refused: its lines are dropped silently. The reply with its label has been sent. */
    public static Multiline refused(String id, IrcMessage opening, IrcSettings.MultilineLimits limits) {
        Multiline batch = new Multiline(id, "", opening, "", limits);
        batch.fail();
        return batch;
    }

    /** The label; empty once a reply has used it. */
    public String label() {
        return label;
    }

    /** Takes the label for a reply: later calls return an empty one. */
    public String answered() {
        String before = label;
        label = "";
        return before;
    }

    public void fail() {
        failed = true;
    }

    /** Adds a line. After the first problem, further lines are dropped silently. */
    public Optional<Problem> add(Kind as, IrcMessage line) {
        Optional<Problem> problem = failed ? Optional.empty() : problem(as, line);
        failed |= problem.isPresent();
        if (!failed) {
            append(line.param(1), line.tags().containsKey(MessageWriter.CONCAT));
        }
        return problem;
    }

    private Optional<Problem> problem(Kind as, IrcMessage line) {
        String said = line.param(1);
        boolean goesOn = line.tags().containsKey(MessageWriter.CONCAT);
        bytes += IrcText.size(said) + (goesOn || lines == 0 ? 0 : 1);
        lines++;
        if (!line.param(0).equals(target)) {
            String context = target + " " + line.param(0);
            return Optional.of(new Problem("MULTILINE_INVALID_TARGET", context, "All lines need the same target"));
        } else if (as != kind.orElse(as)) {
            return Optional.of(new Problem("MULTILINE_INVALID", "", "All lines need the same command"));
        } else if (goesOn && said.isEmpty()) {
            return Optional.of(new Problem("MULTILINE_INVALID", "", "A blank line cannot go on"));
        } else if (lines > maxLines) {
            return Optional.of(new Problem("MULTILINE_MAX_LINES", "" + maxLines, "Too many lines"));
        } else if (bytes > maxBytes) {
            return Optional.of(new Problem("MULTILINE_MAX_BYTES", "" + maxBytes, "Too many bytes"));
        }
        kind = Optional.of(as);
        return Optional.empty();
    }

    private void append(String said, boolean goesOn) {
        if (goesOn && lines > 1) {
            softBreaks.append(softBreaks.isEmpty() ? "" : ",").append(text.length());
        } else if (lines > 1) {
            text.append('\n');
        }
        text.append(said);
    }

    /** The approximate size of the collected text, in bytes. */
    int size() {
        return text.length() + softBreaks.length();
    }

    public boolean hasFailed() {
        return failed;
    }

    public Kind kind() {
        return kind.orElse(Kind.MESSAGE);
    }

    public String text() {
        return text.toString();
    }

    /** The attributes of the message, with {@link MessageWriter#SOFT_BREAKS}. */
    public Attributes attributes() {
        Attributes clients = opening.clientAttributes();
        if (softBreaks.isEmpty()) {
            return clients;
        }
        Map<String, String> all = new LinkedHashMap<>(clients.values());
        all.put(MessageWriter.SOFT_BREAKS, softBreaks.toString());
        return Attributes.of(all);
    }
}
