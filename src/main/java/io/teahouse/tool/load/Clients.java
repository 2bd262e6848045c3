package io.teahouse.tool.load;

import io.teahouse.tool.client.Connection;
import io.teahouse.tool.client.LineBuffer;
import io.teahouse.tool.client.Outbox;
import io.teahouse.tool.client.RefusedException;
import io.teahouse.tool.client.WebSocketSession;
import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** All simulated clients of a run: their states, and which of them have something to send. For one thread. */
final class Clients implements AutoCloseable {
    private static final int MAX_LOSSES_PRINTED = 3;
    private static final byte[] NOTHING = {};

    private final Target target;
    private final RunClock clock = new RunClock();
    private final MessageFormat format;
    private final Dialer dialer;
    private final Selector selector = Selector.open();
    private final List<Client> all = new ArrayList<>();
    private final List<Client> due = new ArrayList<>();
    private Traffic traffic = Traffic.NONE;
    private int opening;
    private int lost;

    Clients(Target target) throws IOException {
        this.target = target;
        format = new MessageFormat(
                new MessageHeader(new Random()),
                target.bytes(),
                target.dialect().lineEnd());
        dialer = new Dialer(target.servers(), target.sources(), selector);
    }

    /** Opens the connection of one more client; {@code small}: with a small receive buffer. */
    void open(int room, boolean small) throws IOException {
        int id = all.size();
        byte[] prefix = target.dialect().messagePrefix(room).getBytes(StandardCharsets.US_ASCII);
        Connection connection = dialer.dial(id, small);
        Client client = new Client(id, room, prefix, target.dialect().session(id, room), connection);
        connection.attach(client);
        all.add(client);
        opening++;
    }

    /** The selector reports that {@code client} is connected. */
    void connected(Client client) throws IOException {
        if (client.connection().finishConnect()) {
            client.state = Client.State.REGISTERING;
            send(client, client.session().start());
            checkEntered(client);
        }
    }

    /** Handles the current line of {@code lines}, which is no message of this run. */
    void handleLine(Client client, LineBuffer lines) {
        if (lines.isControl()) {
            if (lines.isPing()) {
                byte[] payload = new byte[lines.end() - lines.begin()];
                lines.bytes().get(lines.begin(), payload);
                client.connection().outbox().putFrame(WebSocketSession.PONG, payload, NOTHING);
                scheduleFlush(client);
            }
            return; // after a close, the server ends the connection
        }
        boolean watched = traffic.watchesLines(client);
        if (!client.isOpening() && !watched && target.dialect().needsNoAnswer(lines)) {
            return;
        }
        String line = lines.text();
        if (watched) {
            traffic.lineArrived(client, line, now());
            if (client.isGone()) {
                return;
            }
        }
        try {
            String answer = client.session().answer(line);
            if (client.session().isFramed()) {
                client.connection().beginFrames();
            }
            send(client, answer);
            checkEntered(client);
        } catch (RefusedException e) {
            lose(client, String.valueOf(e.getMessage()));
        }
    }

    private void checkEntered(Client client) {
        if (client.isOpening() && client.session().hasEntered()) {
            client.state = Client.State.READY;
            opening--;
        }
    }

    /** Gives up {@code client} because its connection failed, or was closed: that is a loss unless the client has asked for it. */
    void lose(Client client, String why) {
        if (client.isGone()) {
            return;
        }
        if (client.state == Client.State.LEAVING) {
            reset(client);
            return;
        }
        if (lost < MAX_LOSSES_PRINTED) {
            System.err.println("load: client " + client.id() + " lost while " + client.state + ": " + why);
        }
        opening -= client.isOpening() ? 1 : 0;
        client.state = Client.State.LOST;
        lost++;
        client.connection().close();
    }

    /** Sends {@code goodbye}, after which the server closes the connection. */
    void leave(Client client, String goodbye) {
        client.state = Client.State.LEAVING;
        send(client, goodbye);
    }

    /** Closes the connection at once, by a TCP reset ({@link Dialer}); what it has not sent or read yet is lost. */
    void reset(Client client) {
        client.state = Client.State.LEFT;
        client.connection().close();
    }

    /** Sends {@code text}, which ends with a line end or is empty. */
    void send(Client client, String text) {
        if (!text.isEmpty()) {
            Outbox outbox = client.connection().outbox();
            if (client.connection().isFramed()) {
                text.lines()
                        .forEach(line ->
                                outbox.putFrame(WebSocketSession.TEXT, line.getBytes(StandardCharsets.UTF_8), NOTHING));
            } else {
                outbox.put(text.getBytes(StandardCharsets.UTF_8));
            }
            scheduleFlush(client);
        }
    }

    /** Sends a message whose latency counts from {@code nanos}. */
    void sendMessage(Client client, char kind, long nanos) {
        format.compose(client, kind, nanos);
        scheduleFlush(client);
    }

    /** Sends as many messages as the client's window has room for; returns how many. */
    int fillWindow(Client client, int window, char kind) {
        int count = Math.max(0, window - client.inFlight);
        long now = now();
        for (int i = 0; i < count; i++) {
            sendMessage(client, kind, now);
        }
        client.inFlight += count;
        return count;
    }

    /** Has {@code client} flushed in the current round, after {@link Traffic#refill}. */
    void scheduleFlush(Client client) {
        if (!client.due) {
            client.due = true;
            due.add(client);
        }
    }

    /** One write for each client that has something to send. */
    void flush() {
        for (int i = 0; i < due.size(); i++) {
            Client client = due.get(i);
            if (!client.isGone()) {
                traffic.refill(client);
                try {
                    client.connection().flush();
                } catch (IOException e) {
                    lose(client, e.toString());
                }
            }
            client.due = false; // not before: what the refill adds needs no second turn
        }
        due.clear();
    }

    /** Passes the messages that arrive from now on to {@code next}. */
    void setTraffic(Traffic next) {
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

    /** In the order of their numbers. */
    List<Client> all() {
        return all;
    }

    Client get(int id) {
        return all.get(id);
    }

    int openingCount() {
        return opening;
    }

    int lostCount() {
        return lost;
    }

    long now() {
        return clock.now();
    }

    @Override
    public void close() throws IOException {
        all.forEach(client -> client.connection().close());
        selector.close();
    }
}
