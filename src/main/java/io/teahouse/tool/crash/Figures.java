package io.teahouse.tool.crash;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Prints the figures of a run. */
final class Figures {
    private final String kills;
    private final List<Double> starts;
    private final List<Sender> senders;
    private final Evidence evidence;
    private final Map<String, Instant> stored = new HashMap<>();

    /**
     * The figures of a run that is over.
     *
     * @param kills how many there were, and when
     * @param starts in ms, of each server that became ready
     */
    Figures(String kills, List<Double> starts, List<Sender> senders, Evidence evidence) {
        this.kills = kills;
        this.starts = starts.stream().sorted().toList();
        this.senders = senders;
        this.evidence = evidence;
        evidence.history().values().forEach(events -> events.forEach(event -> stored.put(event.id(), event.at())));
    }

    void print(PrintWriter out) {
        List<PendingMessage> messages =
                senders.stream().flatMap(sender -> sender.messages().stream()).toList();
        List<PendingMessage> repeated = messages.stream()
                .filter(message -> message.repeated().isPresent())
                .toList();
        List<PendingMessage> abandoned =
                messages.stream().filter(PendingMessage::isAbandoned).toList();
        row(out, "kills", kills);
        row(out, "messages", messages.size());
        row(
                out,
                "  with a receipt",
                messages.stream().filter(PendingMessage::hasReceipt).count());
        row(
                out,
                "  abandoned without",
                abandoned.size() + " ("
                        + abandoned.stream().filter(this::isStored).count() + " of them stored)");
        row(
                out,
                "  repeated",
                repeated.size() + " ("
                        + repeated.stream().filter(this::isRecognised).count()
                        + " of them were stored already, and recognized)");
        row(
                out,
                "in the history",
                evidence.history().values().stream().mapToInt(List::size).sum());
        row(
                out,
                "shown",
                evidence.transcripts().stream()
                        .mapToInt(each -> each.shown().size())
                        .sum());
        row(
                out,
                "connections",
                evidence.transcripts().size() + " ("
                        + senders.stream().mapToInt(Sender::cuts).sum() + " closed by the client)");
        row(
                out,
                "start to ready, ms",
                String.format(
                        Locale.ROOT,
                        "%.0f minimum, %.0f median, %.0f maximum",
                        starts.get(0),
                        starts.get(starts.size() / 2),
                        starts.get(starts.size() - 1)));
        out.flush();
    }

    private boolean isStored(PendingMessage message) {
        return stored.containsKey(message.id());
    }

    /** Whether it was stored before it was sent again. */
    private boolean isRecognised(PendingMessage message) {
        Optional<Instant> at = Optional.ofNullable(stored.get(message.id()));
        return at.isPresent() && message.repeated().filter(at.get()::isBefore).isPresent();
    }

    private static void row(PrintWriter out, String name, Object value) {
        out.printf(Locale.ROOT, "  %-26s %s%n", name, value);
    }
}
