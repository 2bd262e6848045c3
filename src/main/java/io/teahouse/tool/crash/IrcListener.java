package io.teahouse.tool.crash;

import java.io.IOException;
import java.time.Duration;

/** A client of the IRC port that is in every room and only listens. */
final class IrcListener extends ReconnectingClient {
    private static final Duration POLL = Duration.ofMillis(200);

    IrcListener(String name, CrashPlan plan, RunState state, MessageInterner interner) {
        super(name, plan, state, interner);
    }

    @Override
    void runConnection(ServerInstance server, Transcript transcript) throws IOException {
        try (IrcClient client = new IrcClient(name(), plan().allRooms(), server, plan(), interner())) {
            client.enter(transcript);
            while (!state().isOver()) {
                client.read(POLL).flatMap(client::message).ifPresent(transcript::shown);
            }
        }
    }
}
