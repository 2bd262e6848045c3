package io.teahouse.tool.crash;

import java.io.IOException;
import java.time.Duration;

/** Is in every room by the IRC door, and only listens. */
final class IrcListener extends Client {
    private static final Duration LOOK_UP = Duration.ofMillis(200);

    private final Plan plan;
    private final Sightings sightings;

    IrcListener(String name, Plan plan, Stage stage, Sightings sightings) {
        super(name, stage);
        this.plan = plan;
        this.sightings = sightings;
    }

    @Override
    void live(Life life, Transcript transcript) throws IOException {
        try (Connection connection = new Connection(life.ircPort(), plan.patience())) {
            IrcSession session = new IrcSession(connection, plan.run(), sightings);
            session.register(name(), plan.patience());
            session.join(plan.allRooms(), transcript, plan.patience());
            while (!stage().isOver()) {
                session.read(LOOK_UP).flatMap(session::message).ifPresent(transcript::shown);
            }
        }
    }
}
