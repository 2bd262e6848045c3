package io.teahouse.tool.crash;

import io.teahouse.tool.client.BlockingConnection;
import io.teahouse.tool.client.PlainSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Sits at the plain door, in the room in which everybody starts there, and only listens. */
final class PlainListener extends Client {
    private static final Duration LOOK_UP = Duration.ofMillis(200);
    private static final String SAYS = ": ";

    PlainListener(String name, Plan plan, Stage stage, Sightings sightings) {
        super(name, plan, stage, sightings);
    }

    @Override
    void live(Life life, Transcript transcript) throws IOException {
        try (BlockingConnection connection = BlockingConnection.open(life.plainPort(), plan().patience())) {
            connection.send(new PlainSession(name(), "", "").start());
            while (!stage().isOver()) {
                connection.read(LOOK_UP).flatMap(this::message).ifPresent(transcript::shown);
            }
        }
    }

    private Optional<Shown> message(String line) {
        int end = line.indexOf(SAYS);
        String text = end < 0 ? "" : line.substring(end + SAYS.length());
        String by =
                line.substring(line.lastIndexOf(' ', end - 1) + 1, Math.max(end, 0)); // after the time, of what is past
        return Wording.id(plan().run(), text)
                .map(id ->
                        sightings().one(new Shown(plan().room(0), id, by, "", Instant.EPOCH, Wording.isWhole(text))));
    }
}
