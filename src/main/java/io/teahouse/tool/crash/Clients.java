package io.teahouse.tool.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** All clients of a run, and their threads. */
final class Clients {
    private static final String TERMINAL = "terminal";

    private final CrashPlan plan;
    private final RunState state;
    private final List<Sender> senders = new ArrayList<>();
    private final List<ReconnectingClient> all = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    Clients(CrashPlan plan, RunState state, MessageInterner interner) {
        this.plan = plan;
        this.state = state;
        for (int i = 0; i < plan.senders(); i++) {
            senders.add(new Sender(i, plan, state, interner));
        }
        all.addAll(senders);
        for (int i = 0; i < plan.listeners(); i++) {
            all.add(new IrcListener(listener(i), i, plan, state, interner));
        }
        all.add(new PlainListener(TERMINAL, 0, plan, state, interner));
    }

    void start() {
        for (ReconnectingClient client : all) {
            Thread thread = new Thread(client, "crash-" + client.name());
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Ends the run and waits for the threads of all clients; after that, their messages and transcripts may be read. */
    void end(Duration patience) throws InterruptedException {
        state.end();
        for (Thread thread : threads) {
            thread.join(patience.toMillis());
            if (thread.isAlive()) {
                throw CrashFailure.cannotRun(thread.getName() + " does not finish");
            }
        }
        check();
    }

    /** Throws the error that ended a client, if there is one. */
    void check() {
        for (ReconnectingClient client : all) {
            Optional<RuntimeException> failure = client.failure();
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
    }

    private static String listener(int number) {
        return "listener" + number;
    }

    /** Who is in which room when all are connected. */
    Map<String, Set<String>> members() {
        List<String> listeners =
                IntStream.range(0, plan.listeners()).mapToObj(Clients::listener).toList();
        return MemberLists.expected(plan, listeners, TERMINAL);
    }

    /** Who is not in their rooms now. */
    List<String> outside() {
        return all.stream()
                .filter(client -> !client.isInside())
                .map(ReconnectingClient::name)
                .toList();
    }

    List<Sender> senders() {
        return senders;
    }

    /** Of all connections; to be read after {@link #end}. */
    List<Transcript> transcripts() {
        return all.stream().flatMap(client -> client.transcripts().stream()).toList();
    }

    /** Every message; to be read after {@link #end}. */
    List<SentMessage> said() {
        return senders.stream()
                .flatMap(sender -> sender.messages().stream().map(message -> message.said(sender.name())))
                .toList();
    }
}
