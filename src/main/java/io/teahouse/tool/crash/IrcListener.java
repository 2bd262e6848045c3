package io.teahouse.tool.crash;

import io.teahouse.tool.client.IrcLine;
import java.io.IOException;
import java.time.Duration;

/** A client of the IRC port that is in every room and only listens. */
final class IrcListener extends ReconnectingClient {
    private static final Duration POLL = Duration.ofMillis(200);

    IrcListener(String name, int number, CrashPlan plan, RunState state, MessageInterner interner) {
        super(name, number, plan, state, interner);
    }

    @Override
    void runConnection(ServerInstance server, Transcript transcript) throws IOException {
        try (IrcClient client = new IrcClient(name(), plan().allRooms(), server, plan(), interner())) {
            client.enter(transcript);
            entered();
            while (!state().isOver()) {
                client.read(POLL).ifPresent(line -> listen(client, transcript, line));
            }
        }
    }

    private static void listen(IrcClient client, Transcript transcript, IrcLine line) {
        client.message(line).ifPresent(transcript::shown);
        Presence.of(line).ifPresent(transcript::presence);
    }
}
