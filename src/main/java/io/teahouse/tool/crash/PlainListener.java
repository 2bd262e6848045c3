package io.teahouse.tool.crash;

import io.teahouse.tool.client.BlockingConnection;
import io.teahouse.tool.client.PlainSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A client of the plain port that stays in its first room and only listens. */
final class PlainListener extends ReconnectingClient {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ENTRY = Duration.ofSeconds(10);
    private static final String SEPARATOR = ": ";

    PlainListener(String name, int number, CrashPlan plan, RunState state, MessageInterner interner) {
        super(name, number, plan, state, interner);
    }

    @Override
    void runConnection(ServerInstance server, Transcript transcript) throws IOException {
        try (BlockingConnection connection = BlockingConnection.open(server.plainPort(), plan().patience())) {
            PlainSession session = new PlainSession(name(), "/who", "-- in " + plan().room(0));
            connection.send(session.start());
            Deadline deadline = new Deadline(ENTRY);
            while (!state().isOver()) {
                Optional<String> line = connection.read(POLL);
                line.flatMap(this::message).ifPresent(transcript::shown);
                line.ifPresent(session::answer);
                if (session.hasEntered()) {
                    entered();
                } else if (deadline.isOver()) {
                    throw new IOException("not let in"); // perhaps its name is still in use
                }
            }
        }
    }

    private Optional<ShownMessage> message(String line) {
        int end = line.indexOf(SEPARATOR);
        String text = end < 0 ? "" : line.substring(end + SEPARATOR.length());
        // A line of the history begins with its time.
        String by = line.substring(line.lastIndexOf(' ', end - 1) + 1, Math.max(end, 0));
        return MessageText.id(plan().run(), text)
                .map(id -> interner()
                        .intern(new ShownMessage(
                                plan().room(0), id, by, "", Instant.EPOCH, MessageText.isWhole(text))));
    }
}
