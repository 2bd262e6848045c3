package io.teahouse.tool.crash;

import io.teahouse.tool.client.IrcLine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A client that sends messages to one room and keeps several in flight. After each reconnect it repeats, under
 * the same ids, the messages without a receipt. Now and then it closes its connection itself, abandons a
 * message, or repeats one that has its receipt, because a client cannot know whether its last message was lost.
 */
final class Sender extends ReconnectingClient {
    /** The connection is cut after one of so many receipts. */
    private static final int RECEIPTS_PER_CUT = 400;

    /** One of so many messages is abandoned at a reconnect. */
    private static final int OPEN_PER_ABANDONED = 20;
    /** A message with a receipt is repeated at one of so many reconnects. */
    private static final int RECONNECTS_PER_NEEDLESS_REPEAT = 2;

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration AFTER_REFUSAL = Duration.ofMillis(200);

    private final int number;
    private final Random random;
    private final List<PendingMessage> messages = new ArrayList<>();
    private final Map<String, PendingMessage> byId = new HashMap<>();
    private final Map<String, PendingMessage> open = new LinkedHashMap<>();
    private Optional<PendingMessage> newest = Optional.empty();
    private Deadline next = new Deadline(Duration.ZERO);
    private Optional<Deadline> again = Optional.empty();
    private Deadline answer = new Deadline(Duration.ZERO);
    private int cuts;

    Sender(int number, CrashPlan plan, RunState state, MessageInterner interner) {
        super(name(number), number, plan, state, interner);
        this.number = number;
        random = new Random(plan.seed() * 31 + number);
    }

    /** What the sender with that number, from 0, is called. */
    static String name(int number) {
        return "sender" + number;
    }

    @Override
    void runConnection(ServerInstance server, Transcript transcript) throws IOException {
        List<String> rooms = List.of(plan().room(number));
        try (IrcClient client = new IrcClient(name(), rooms, server, plan(), interner())) {
            client.enter(transcript);
            entered();
            again = Optional.empty();
            repeatOpen(client, transcript);
            while (!state().isOver()) {
                speak(client, transcript);
                Optional<IrcLine> line = client.read(POLL.compareTo(next.left()) < 0 ? POLL : next.left());
                if (line.isPresent()
                        && listen(client, transcript, line.get())
                        && random.nextInt(RECEIPTS_PER_CUT) == 0) {
                    cuts++;
                    client.reset();
                    return;
                }
            }
        }
    }

    /** Repeats, in order, what has no receipt, before anything else is sent. */
    private void repeatOpen(IrcClient client, Transcript transcript) throws IOException {
        for (PendingMessage message : List.copyOf(open.values())) {
            if (!state().isSettling() && random.nextInt(OPEN_PER_ABANDONED) == 0) {
                message.abandon();
                close(message, false);
            }
        }
        List<PendingMessage> repeats = new ArrayList<>(open.values());
        if (random.nextInt(RECONNECTS_PER_NEEDLESS_REPEAT) == 0) {
            newest.ifPresent(message -> repeats.add(0, message));
        }
        send(client, transcript, repeats);
    }

    private void speak(IrcClient client, Transcript transcript) throws IOException {
        if (!open.isEmpty() && answer.isOver()) {
            throw new IOException("no receipt in time");
        }
        if (again.filter(Deadline::isOver).isPresent()) {
            again = Optional.empty();
            send(client, transcript, List.copyOf(open.values()));
        }
        int free = plan().window() - open.size();
        if (free > 0 && next.isOver() && !state().isSettling()) {
            List<PendingMessage> burst = new ArrayList<>();
            for (int i = random.nextInt(free); i >= 0; i--) {
                burst.add(compose());
            }
            send(client, transcript, burst);
            next = new Deadline(plan().pace().multipliedBy(burst.size()));
        }
    }

    private PendingMessage compose() {
        PendingMessage message =
                new PendingMessage(plan().run() + '-' + number + '-' + messages.size(), plan().room(number));
        messages.add(message);
        byId.put(message.id(), message);
        open.put(message.id(), message);
        state().messageSent();
        return message;
    }

    private void send(IrcClient client, Transcript transcript, List<PendingMessage> some) throws IOException {
        if (!some.isEmpty()) {
            some.forEach(message -> transcript.sent(message.id(), message.markSent()));
            answer = new Deadline(plan().patience());
            client.send(some.stream().map(PendingMessage::line).toList());
        }
    }

    /** Returns whether the line was a receipt. */
    private boolean listen(IrcClient client, Transcript transcript, IrcLine line) {
        Optional<ShownMessage> shown = client.message(line);
        shown.ifPresent(transcript::shown);
        if (isRefusal(line)) {
            open.values().forEach(PendingMessage::mayBeLate); // the refusal does not say which message it means
            again = Optional.of(new Deadline(AFTER_REFUSAL));
        }
        Optional<PendingMessage> mine =
                shown.filter(message -> message.by().equals(name())).map(message -> byId.get(message.id()));
        mine.ifPresent(message -> receipt(message, shown.get().msgid()));
        return mine.isPresent();
    }

    private static boolean isRefusal(IrcLine line) {
        return line.is("404") || (line.is("FAIL") && line.param(0).equals("PRIVMSG"));
    }

    private void receipt(PendingMessage message, String msgid) {
        message.addReceipt(msgid);
        message.waited().ifPresent(state()::waited);
        newest = Optional.of(message);
        answer = new Deadline(plan().patience());
        close(message, true);
    }

    private void close(PendingMessage message, boolean receipt) {
        if (open.remove(message.id()) != null) {
            state().messageSettled(receipt);
        }
    }

    /** In the order in which they were first sent; to be read after its end. */
    List<PendingMessage> messages() {
        return messages;
    }

    /** How often it cut its connection itself. */
    int cuts() {
        return cuts;
    }
}
