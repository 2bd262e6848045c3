package io.teahouse.tool.load;

import io.teahouse.tool.client.IrcLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The traffic of a soak: clients in rooms send in turn at fixed times, some leave, half of them by QUIT and half by a
 * reset, and each is replaced in the same room. Everything that arrives is checked ({@link RoomOrder}).
 */
final class SoakTraffic implements Traffic {
    private static final char KIND = 's';
    private static final long STEP = RunClock.SECOND / 100;
    private static final String PING = "PING soak\r\n";
    private static final String QUIT = "QUIT :soak\r\n";

    private final RunContext run;
    private final Clients clients;
    private final SoakPlan plan;
    private final Violations violations;
    private final Random random = new Random();
    private final List<RoomOrder> rooms;
    private final List<Member> members = new ArrayList<>();
    private final List<Member> staying = new ArrayList<>();
    private final List<Member> leaving = new ArrayList<>();
    private Counts counts = new Counts();
    private int turn;
    private boolean resetNext;

    /** A client and its place in its room. */
    private record Member(Client client, RoomOrder.Reader reader) {}

    /** What has happened since the last interval began. */
    static final class Counts {
        final Histogram latency = new Histogram();
        long sent;
        long leaves;
        long delivered;
        long quits;
        long resets;
    }

    SoakTraffic(RunContext run, SoakPlan plan, Violations violations) {
        this.run = run;
        clients = run.clients();
        this.plan = plan;
        this.violations = violations;
        rooms = IntStream.range(0, plan.rooms())
                .mapToObj(room -> new RoomOrder("#r" + room, violations::add))
                .toList();
    }

    /** Lets all clients join, in every room one before the others. */
    void fill() throws IOException {
        long limit = clients.now() + clients.target().registerNanos();
        for (int count : new int[] {plan.rooms(), plan.clients()}) {
            while (staying.size() < count || clients.openingCount() > 0) {
                while (members.size() < count
                        && clients.openingCount() < clients.target().concurrency()) {
                    open(members.size() % plan.rooms());
                }
                run.loop().runOnce(clients.now() + STEP);
                if (clients.lostCount() > 0 || clients.now() > limit) {
                    throw SoakCommand.cannotRun(
                            "only " + staying.size() + " of " + plan.clients() + " clients could join");
                }
            }
        }
    }

    private void open(int room) throws IOException {
        clients.open(room, false);
        Client client = clients.get(members.size());
        members.add(new Member(client, rooms.get(room).enter(client.id())));
    }

    /** Sends, and lets clients come and go, for {@code nanos}; returns what happened. Stops at once when a client is lost. */
    Counts run(long nanos, double rate) throws IOException {
        counts = new Counts();
        long start = clients.now();
        long end = start + nanos;
        double gap = RunClock.SECOND / rate / plan.clients();
        double pause = RunClock.SECOND / plan.leaves();
        for (long now = start; now < end && clients.lostCount() == 0; now = clients.now()) {
            for (long due = start + (long) (counts.sent * gap); due <= now; due = start + (long) (counts.sent * gap)) {
                send(due);
            }
            for (long due = (long) ((now - start) / pause) - counts.leaves; due > 0; due--) {
                beginLeaving();
            }
            replace();
            run.loop().runOnce(Math.min(end, start + (long) (counts.sent * gap)));
        }
        return counts;
    }

    private void send(long due) {
        Member sender = staying.get(turn++ % staying.size());
        turn %= staying.size();
        clients.sendMessage(sender.client, KIND, due);
        sender.reader.send();
        counts.sent++;
    }

    private void beginLeaving() {
        int at = random.nextInt(staying.size());
        Member member = staying.get(at);
        if (!canLeave(member)) {
            return; // another one will be tried soon
        }
        counts.leaves++;
        staying.set(at, staying.get(staying.size() - 1));
        staying.remove(staying.size() - 1);
        leaving.add(member);
        member.reader.beginLeaving();
        clients.send(member.client, PING);
    }

    /** A room keeps a member whose part of its order is known, or nobody could tell where those of later ones begin. */
    private boolean canLeave(Member member) {
        return !member.client.isOpening()
                && staying.stream()
                        .filter(other -> other.client.room() == member.client.room())
                        .anyMatch(other -> !other.equals(member) && other.reader.isPlaced());
    }

    private void replace() throws IOException {
        for (int i = leaving.size() - 1; i >= 0; i--) {
            Member member = leaving.get(i);
            if (member.client.isGone()) {
                member.reader.close();
                leaving.remove(i);
                open(member.client.room());
            }
        }
    }

    /**
     * Sends nothing more and waits until everything has arrived, at most {@code nanos}; then reports what is missing.
     * Afterwards as many clients as planned are in their rooms, and nothing is under way.
     */
    void settle(long nanos) throws IOException {
        long limit = clients.now() + nanos;
        while (!isSettled() && clients.now() < limit && clients.lostCount() == 0) {
            replace();
            run.loop().runOnce(clients.now() + STEP);
        }
        members.stream()
                .map(Member::client)
                .filter(Client::isLost)
                .forEach(client -> violations.add("the server disconnected " + Dialect.nameOf(client.id())));
        if (clients.lostCount() == 0) {
            rooms.forEach(RoomOrder::finish);
        }
    }

    private boolean isSettled() {
        return leaving.isEmpty()
                && clients.openingCount() == 0
                && rooms.stream().allMatch(RoomOrder::isSettled);
    }

    @Override
    public void arrived(Client to, ByteBuffer in, int at, long now) {
        if (MessageHeader.kind(in, at) == KIND) {
            counts.delivered++;
            counts.latency.add(now - MessageHeader.time(in, at));
            members.get(to.id()).reader.see(RoomOrder.message(MessageHeader.sender(in, at), MessageHeader.seq(in, at)));
        }
    }

    @Override
    public boolean watchesLines(Client client) {
        return true;
    }

    @Override
    public void lineArrived(Client to, String text, long now) {
        IrcLine line = IrcLine.parse(text);
        Member member = members.get(to.id());
        switch (line.command()) {
            case "JOIN" -> joined(member, Dialect.numberOf(line.source()));
            case "QUIT" -> left(member, Dialect.numberOf(line.source()));
            case "PONG" -> endLeaving(member);
            default -> {
                if (!to.isOpening() && (line.isError() || line.is("FAIL"))) {
                    violations.add(Dialect.nameOf(to.id()) + " was refused: " + text);
                }
            }
        }
    }

    private void joined(Member member, int joiner) {
        if (joiner >= 0) {
            member.reader.see(RoomOrder.join(joiner));
        }
        if (joiner == member.client.id()) {
            staying.add(member);
        }
    }

    /** A client's own QUIT is no event of the room, but the answer to its command. */
    private static void left(Member member, int leaver) {
        if (leaver >= 0 && leaver != member.client.id()) {
            member.reader.see(RoomOrder.leave(leaver));
        }
    }

    private void endLeaving(Member member) {
        member.reader.endLeaving();
        if (resetNext) {
            counts.resets++;
            clients.reset(member.client);
        } else {
            counts.quits++;
            clients.leave(member.client, QUIT);
        }
        resetNext = !resetNext;
    }
}
