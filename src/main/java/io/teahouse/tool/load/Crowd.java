package io.teahouse.tool.load;

import io.teahouse.tool.client.Connection;
import io.teahouse.tool.client.LineBuffer;
import io.teahouse.tool.client.RefusedException;
import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** All clients of a run: who there is, how far they have come, and who has something to send. One thread only. */
final class Crowd implements AutoCloseable {
    private static final int LOSSES_TOLD = 3;

    private final Target target;
    private final RunClock clock = new RunClock();
    private final MessageFormat format;
    private final Dialer dialer;
    private final Selector selector = Selector.open();
    private final List<Client> clients = new ArrayList<>();
    private final List<Client> due = new ArrayList<>();
    private Traffic traffic = Traffic.NONE;
    private int opening;
    private int lost;

    Crowd(Target target) throws IOException {
        this.target = target;
        format = new MessageFormat(
                new Header(new Random()), target.bytes(), target.dialect().lineEnd());
        dialer = new Dialer(target.server(), target.sources(), selector);
    }

    /** Opens the connection of one more client; {@code small}: with a small receive buffer. */
    void open(int room, boolean small) throws IOException {
        int id = clients.size();
        byte[] prefix = target.dialect().messagePrefix(room).getBytes(StandardCharsets.US_ASCII);
        Connection connection = dialer.dial(id, small);
        Client client = new Client(id, room, prefix, target.dialect().session(id, room), connection);
        connection.attach(client);
        clients.add(client);
        opening++;
    }

    void connected(Client client) throws IOException {
        if (client.connection().finishConnect()) {
            client.state = Client.State.REGISTERING;
            say(client, client.session().start());
            checkEntered(client);
        }
    }

    /** The current line of {@code lines} arrived, which is no message of this run. */
    void heard(Client client, LineBuffer lines) {
        boolean watched = traffic.watchesQuits(client);
        if (!client.isOpening() && !watched && target.dialect().needsNoAnswer(lines)) {
            return;
        }
        String line = lines.text();
        if (watched && target.dialect().isQuit(line)) {
            traffic.quitSeen(now());
        }
        try {
            say(client, client.session().answer(line));
            checkEntered(client);
        } catch (RefusedException e) {
            lost(client, String.valueOf(e.getMessage()));
        }
    }

    private void checkEntered(Client client) {
        if (client.isOpening() && client.session().hasEntered()) {
            client.state = Client.State.READY;
            opening--;
        }
    }

    void lost(Client client, String why) {
        if (client.isLost()) {
            return;
        }
        if (lost < LOSSES_TOLD) {
            System.err.println("load: client " + client.id() + " lost while " + client.state + ": " + why);
        }
        opening -= client.isOpening() ? 1 : 0;
        client.state = Client.State.LOST;
        lost++;
        client.connection().close();
    }

    private void say(Client client, String text) {
        if (!text.isEmpty()) {
            client.connection().outbox().put(text.getBytes(StandardCharsets.UTF_8));
            schedule(client);
        }
    }

    /** Composes a message whose latency counts from {@code nanos}. */
    void message(Client client, char kind, long nanos) {
        format.compose(client, kind, nanos);
        schedule(client);
    }

    /** Composes what its window has room for; returns how many messages. */
    int fill(Client client, int window, char kind) {
        int room = Math.max(0, window - client.inFlight);
        long now = now();
        for (int i = 0; i < room; i++) {
            message(client, kind, now);
        }
        client.inFlight += room;
        return room;
    }

    /** Has {@code client} flushed, its window refilled first, in the round under way. */
    void schedule(Client client) {
        if (!client.due) {
            client.due = true;
            due.add(client);
        }
    }

    /** One write for each client that has something to send. */
    void flush() {
        for (int i = 0; i < due.size(); i++) {
            Client client = due.get(i);
            if (!client.isLost()) {
                traffic.refill(client);
                try {
                    client.connection().flush();
                } catch (IOException e) {
                    lost(client, e.toString());
                }
            }
            client.due = false; // not before: what the refill adds needs no second turn
        }
        due.clear();
    }

    /** From now on, messages are the business of {@code next}. */
    void carry(Traffic next) {
        traffic = next;
    }

    Traffic traffic() {
        return traffic;
    }

    Target target() {
        return target;
    }

    MessageFormat format() {
        return format;
    }

    Selector selector() {
        return selector;
    }

    List<Client> clients() {
        return clients;
    }

    int opening() {
        return opening;
    }

    int lost() {
        return lost;
    }

    long now() {
        return clock.now();
    }

    @Override
    public void close() throws IOException {
        clients.forEach(client -> client.connection().close());
        selector.close();
    }
}
