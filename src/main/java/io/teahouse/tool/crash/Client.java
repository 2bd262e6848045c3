package io.teahouse.tool.crash;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Somebody who comes in again whenever he was cut off, until the run is over. Runs on a thread of his own. */
abstract class Client implements Runnable {
    private static final Duration BEFORE_AGAIN = Duration.ofMillis(20);

    private final String name;
    private final Plan plan;
    private final Stage stage;
    private final Sightings sightings;
    private final List<Transcript> transcripts = new ArrayList<>();
    private volatile Optional<RuntimeException> failure = Optional.empty();

    Client(String name, Plan plan, Stage stage, Sightings sightings) {
        this.name = name;
        this.plan = plan;
        this.stage = stage;
        this.sightings = sightings;
    }

    /** One connection, from its beginning to its end. */
    abstract void live(Life life, Transcript transcript) throws IOException;

    @Override
    public final void run() {
        try {
            for (Optional<Life> life = stage.awaitLife(); life.isPresent(); life = stage.awaitLife()) {
                Transcript transcript = new Transcript(name, life.get().number());
                transcripts.add(transcript);
                try {
                    live(life.get(), transcript);
                } catch (IOException e) {
                    stage.pause(BEFORE_AGAIN); // cut off, or not let in yet
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    String name() {
        return name;
    }

    Plan plan() {
        return plan;
    }

    Stage stage() {
        return stage;
    }

    Sightings sightings() {
        return sightings;
    }

    /** What went wrong with the client itself. */
    Optional<RuntimeException> failure() {
        return failure;
    }

    /** Of all its connections; after its end. */
    List<Transcript> transcripts() {
        return transcripts;
    }
}
