package io.teahouse.wire.irc;

import io.teahouse.room.Attributes;
import io.teahouse.room.RoomEvent.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A message of several lines, while its lines come in (IRCv3 multiline). */
public final class Multiline {
    /**
     * Why it cannot be sent.
     *
     * @param code of the standard reply
     * @param context its parameters, with spaces between, or empty
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
     * It begins.
     *
     * @param opening bears the tags of the whole
     * @param label that the answer to the whole is to bear (IRCv3 labeled-response), or empty
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

    /** A batch that cannot be taken: what belongs to it is dropped without a word. Its label has been answered. */
    public static Multiline refused(String id, IrcMessage opening, IrcSettings.MultilineLimits limits) {
        Multiline batch = new Multiline(id, "", opening, "", limits);
        batch.fail();
        return batch;
    }

    /** The label, as long as nothing was answered that bore it. */
    public String label() {
        return label;
    }

    /** The same; it is answered now. */
    public String answered() {
        String before = label;
        label = "";
        return before;
    }

    public void fail() {
        failed = true;
    }

    /** One more line; after the first problem the rest is dropped without a word. */
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

    /** About how many bytes have been gathered. */
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

    /** What is attached to it, {@link MessageWriter#SOFT_BREAKS} included. */
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
