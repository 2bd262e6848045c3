package io.teahouse.tool.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everybody who takes part in a run. */
final class Clients {
    private final Stage stage;
    private final List<Sender> senders = new ArrayList<>();
    private final List<Client> all = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    Clients(Plan plan, Stage stage, Sightings sightings) {
        this.stage = stage;
        for (int i = 0; i < plan.senders(); i++) {
            senders.add(new Sender(i, plan, stage, sightings));
        }
        all.addAll(senders);
        for (int i = 0; i < plan.listeners(); i++) {
            all.add(new IrcListener("listener" + i, plan, stage, sightings));
        }
        all.add(new PlainListener("terminal", plan, stage, sightings));
    }

    void start() {
        for (Client client : all) {
            Thread thread = new Thread(client, "crash-" + client.name());
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Ends the run for everybody, and waits until they have gone: then what they know may be read. */
    void end(Duration patience) throws InterruptedException {
        stage.over();
        for (Thread thread : threads) {
            thread.join(patience.toMillis());
            if (thread.isAlive()) {
                throw CrashFailure.cannotRun(thread.getName() + " does not end");
            }
        }
        check();
    }

    /** Throws what went wrong with one of them. */
    void check() {
        for (Client client : all) {
            Optional<RuntimeException> failure = client.failure();
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
    }

    List<Sender> senders() {
        return senders;
    }

    /** Of all connections; after the end. */
    List<Transcript> transcripts() {
        return all.stream().flatMap(client -> client.transcripts().stream()).toList();
    }

    /** Every message; after the end. */
    List<Said> said() {
        return senders.stream()
                .flatMap(sender -> sender.messages().stream().map(message -> message.said(sender.name())))
                .toList();
    }
}
