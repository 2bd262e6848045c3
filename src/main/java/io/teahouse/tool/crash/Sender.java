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
 * Speaks in one room, several messages under way at a time, and says again under the same id what has no receipt,
 * whenever it was cut off. Now and then it cuts its connection itself, gives a message up, or repeats one that has its
 * receipt: a client cannot know what became of the last one.
 */
final class Sender extends Client {
    /** One in so many. */
    private static final int CUTS = 400;

    private static final int ABANDONS = 20;
    private static final int NEEDLESS = 2;
    private static final Duration LOOK_UP = Duration.ofMillis(100);
    private static final Duration AFTER_REFUSAL = Duration.ofMillis(200);

    private final int number;
    private final Random random;
    private final List<Message> messages = new ArrayList<>();
    private final Map<String, Message> byId = new HashMap<>();
    private final Map<String, Message> open = new LinkedHashMap<>();
    private Optional<Message> newest = Optional.empty();
    private Deadline next = new Deadline(Duration.ZERO);
    private Optional<Deadline> again = Optional.empty();
    private Deadline answer = new Deadline(Duration.ZERO);
    private int cuts;

    Sender(int number, Plan plan, Stage stage, Sightings sightings) {
        super("sender" + number, plan, stage, sightings);
        this.number = number;
        random = new Random(plan.seed() * 31 + number);
    }

    @Override
    void live(Life life, Transcript transcript) throws IOException {
        List<String> rooms = List.of(plan().room(number));
        try (IrcClient client = new IrcClient(name(), rooms, life, plan(), sightings())) {
            client.enter(transcript);
            again = Optional.empty();
            comeBack(client, transcript);
            while (!stage().isOver()) {
                speak(client, transcript);
                Optional<IrcLine> line = client.read(LOOK_UP.compareTo(next.left()) < 0 ? LOOK_UP : next.left());
                if (line.isPresent() && listen(client, transcript, line.get()) && random.nextInt(CUTS) == 0) {
                    cuts++;
                    client.reset();
                    return;
                }
            }
        }
    }

    /** What is without receipt is said again, in order, before anything else. */
    private void comeBack(IrcClient client, Transcript transcript) throws IOException {
        for (Message message : List.copyOf(open.values())) {
            if (!stage().isSettling() && random.nextInt(ABANDONS) == 0) {
                message.abandon();
                close(message, false);
            }
        }
        List<Message> repeats = new ArrayList<>(open.values());
        if (random.nextInt(NEEDLESS) == 0) {
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
        if (free > 0 && next.isOver() && !stage().isSettling()) {
            List<Message> burst = new ArrayList<>();
            for (int i = random.nextInt(free); i >= 0; i--) {
                burst.add(compose());
            }
            send(client, transcript, burst);
            next = new Deadline(plan().pace().multipliedBy(burst.size()));
        }
    }

    private Message compose() {
        Message message = new Message(plan().run() + '-' + number + '-' + messages.size(), plan().room(number));
        messages.add(message);
        byId.put(message.id(), message);
        open.put(message.id(), message);
        stage().opened();
        return message;
    }

    private void send(IrcClient client, Transcript transcript, List<Message> some) throws IOException {
        if (!some.isEmpty()) {
            some.forEach(message -> transcript.sent(message.id(), message.send()));
            answer = new Deadline(plan().patience());
            client.send(some.stream().map(Message::line).toList());
        }
    }

    /** Returns whether it was a receipt. */
    private boolean listen(IrcClient client, Transcript transcript, IrcLine line) {
        Optional<Shown> shown = client.message(line);
        shown.ifPresent(transcript::shown);
        if (isRefusal(line)) {
            open.values().forEach(Message::mayBeLate); // which one it was, it does not say
            again = Optional.of(new Deadline(AFTER_REFUSAL));
        }
        Optional<Message> mine =
                shown.filter(message -> message.by().equals(name())).map(message -> byId.get(message.id()));
        mine.ifPresent(message -> receipt(message, shown.get().msgid()));
        return mine.isPresent();
    }

    private static boolean isRefusal(IrcLine line) {
        return line.is("404") || (line.is("FAIL") && line.param(0).equals("PRIVMSG"));
    }

    private void receipt(Message message, String msgid) {
        message.receipt(msgid);
        newest = Optional.of(message);
        answer = new Deadline(plan().patience());
        close(message, true);
    }

    private void close(Message message, boolean receipt) {
        if (open.remove(message.id()) != null) {
            stage().settled(receipt);
        }
    }

    /** In the order in which they were said; after its end. */
    List<Message> messages() {
        return messages;
    }

    /** How often it cut its connection itself. */
    int cuts() {
        return cuts;
    }
}
