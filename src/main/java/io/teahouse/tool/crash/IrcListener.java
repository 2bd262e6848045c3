package io.teahouse.tool.crash;

import java.io.IOException;
import java.time.Duration;

/** Is in every room by the IRC door, and only listens. */
final class IrcListener extends Client {
    private static final Duration LOOK_UP = Duration.ofMillis(200);

    IrcListener(String name, Plan plan, Stage stage, Sightings sightings) {
        super(name, plan, stage, sightings);
    }

    @Override
    void live(Life life, Transcript transcript) throws IOException {
        try (IrcClient client = new IrcClient(name(), plan().allRooms(), life, plan(), sightings())) {
            client.enter(transcript);
            while (!stage().isOver()) {
                client.read(LOOK_UP).flatMap(client::message).ifPresent(transcript::shown);
            }
        }
    }
}
