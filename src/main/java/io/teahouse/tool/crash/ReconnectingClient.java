package io.teahouse.tool.crash;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A client that reconnects whenever it is disconnected, until the run is over. Runs on a thread of its own. */
abstract class ReconnectingClient implements Runnable {
    private static final Duration RECONNECT_DELAY = Duration.ofMillis(20);

    private final String name;
    private final int number;
    private final CrashPlan plan;
    private final RunState state;
    private final MessageInterner interner;
    private final List<Transcript> transcripts = new ArrayList<>();
    private volatile Optional<RuntimeException> failure = Optional.empty();
    private volatile boolean inside;

    /** @param number of the client, from 0: among several servers, it decides to which one the client connects */
    ReconnectingClient(String name, int number, CrashPlan plan, RunState state, MessageInterner interner) {
        this.name = name;
        this.number = number;
        this.plan = plan;
        this.state = state;
        this.interner = interner;
    }

    /** Connects once, and returns when the run is over or the client has cut the connection. */
    abstract void runConnection(ServerInstance server, Transcript transcript) throws IOException;

    @Override
    public final void run() {
        try {
            for (Optional<ServerInstance> server = state.awaitServer(number);
                    server.isPresent();
                    server = state.awaitServer(number)) {
                Transcript transcript = new Transcript(name, server.get().number());
                transcripts.add(transcript);
                try {
                    runConnection(server.get(), transcript);
                } catch (IOException e) {
                    state.pause(RECONNECT_DELAY); // disconnected, or not let in yet
                } finally {
                    inside = false;
                    transcript.close();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    /** The client is in its rooms. */
    void entered() {
        inside = true;
    }

    /** Whether it is connected and in its rooms. */
    boolean isInside() {
        return inside;
    }

    String name() {
        return name;
    }

    CrashPlan plan() {
        return plan;
    }

    RunState state() {
        return state;
    }

    MessageInterner interner() {
        return interner;
    }

    /** The error that ended the client itself. */
    Optional<RuntimeException> failure() {
        return failure;
    }

    /** One for each of its connections; to be read after its end. */
    List<Transcript> transcripts() {
        return transcripts;
    }
}
