package io.teahouse.tool.load;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks what the members of one room are shown, while they come and go. The rule:
 *
 * <ol>
 *   <li>A room has one order of events: messages, joins and leaves. The first member to be shown an event determines its place.
 *   <li>A member belongs to the room from its JOIN on. It must be shown every event after that JOIN, each once, in the
 *       room's order, and none before. So what a member is shown is compared with the order event by event; where its part
 *       begins is known from the JOIN that others are shown. What it is shown before them waits until then.
 *   <li>The messages of one sender are in the order in which they were sent, without a gap, between its join and its leave.
 *   <li>A member that is about to leave sends a PING. Until the PONG it must be shown at least every message whose sender
 *       had its receipt (its own message, by echo-message) before that PING was sent. After the PONG it may leave, by QUIT or a
 *       reset; what it has not read by then is not missing. What it did read is checked all the same.
 *   <li>When everything is quiet ({@link #finish}), all members have been shown the order to its end, every message has its
 *       receipt, and every join and leave was shown. Only the last messages of one that left may be without receipt.
 * </ol>
 *
 * An event is a number, so that a delivery costs one comparison. For one thread; knows nothing of sockets.
 */
final class RoomOrder {
    private static final int KIND = 60;
    private static final int CLIENT = 32;
    private static final long MESSAGE = 0;
    private static final long JOIN = 1L << KIND;
    private static final long LEAVE = 2L << KIND;
    private static final int NOT_PLACED = -1;

    private final String name;
    private final Consumer<String> violations;
    private final Map<Integer, Reader> readers = new HashMap<>();
    private long[] events = new long[64];
    private int size;
    private int receipted;

    /**
     * The order of a room in which nobody is.
     *
     * @param violations gets a sentence for each violation of the rule
     */
    RoomOrder(String name, Consumer<String> violations) {
        this.name = name;
        this.violations = violations;
    }

    /** The message that {@code client} sent as its {@code seq}th, from 0. */
    static long message(int client, long seq) {
        return MESSAGE | (long) client << CLIENT | seq;
    }

    static long join(int client) {
        return JOIN | (long) client << CLIENT;
    }

    static long leave(int client) {
        return LEAVE | (long) client << CLIENT;
    }

    /** A client that is about to join. The first one of a room must have joined before there is a second one. */
    Reader enter(int client) {
        Reader reader = new Reader(client);
        readers.put(client, reader);
        return reader;
    }

    /** Whether {@link #finish} would find nothing missing. */
    boolean isSettled() {
        for (Reader reader : readers.values()) {
            if (!reader.isSettled()) {
                return false;
            }
        }
        return true;
    }

    /** Reports everything that is missing now, when nothing is under way any more, and starts a new order. */
    void finish() {
        readers.values().stream().filter(reader -> !reader.isSettled()).forEach(Reader::reportMissing);
        readers.values().removeIf(reader -> reader.gone || reader.next == NOT_PLACED);
        readers.values().forEach(reader -> reader.next = 0);
        size = 0;
        receipted = 0;
    }

    /** Gives an event its place; a wrong one is reported once, not by everybody who is shown it. */
    private void append(Reader first, long event) {
        if (size == events.length) {
            events = Arrays.copyOf(events, size * 2);
        }
        events[size++] = event;
        Reader subject = readers.get(clientOf(event));
        if (subject == null || (kindOf(event) == JOIN) == (subject.next != NOT_PLACED)) {
            report(
                    first,
                    "was shown " + describe(event) + ", who " + (kindOf(event) == JOIN ? "was" : "was not")
                            + " in the room");
        } else if (kindOf(event) == LEAVE) {
            readers.remove(subject.client);
            if (!subject.leaving) {
                report(first, "was shown " + describe(event) + ", who did not ask for it");
            }
        } else if (kindOf(event) == MESSAGE) {
            checkSequence(first, subject, event);
        }
    }

    private void checkSequence(Reader first, Reader sender, long event) {
        long seq = event & 0xFFFFFFFFL;
        if (seq < sender.shown) {
            report(first, "was shown " + describe(event) + " again, or after a later one");
        } else if (seq > sender.shown) {
            report(
                    first,
                    "was shown " + describe(event) + ", and nobody " + describe(message(sender.client, sender.shown)));
        }
        sender.shown = Math.max(sender.shown, seq + 1);
    }

    private void report(Reader reader, String what) {
        violations.accept(name + ": " + nick(reader.client) + ' ' + what);
    }

    private static long kindOf(long event) {
        return event >>> KIND << KIND;
    }

    private static int clientOf(long event) {
        return (int) (event >>> CLIENT) & 0xFFFFF;
    }

    private static String nick(int client) {
        return Dialect.nameOf(client);
    }

    private static String describe(long event) {
        String who = nick(clientOf(event));
        if (kindOf(event) == MESSAGE) {
            return String.format(Locale.ROOT, "message %d of %s", event & 0xFFFFFFFFL, who);
        }
        return (kindOf(event) == JOIN ? "the join of " : "the leave of ") + who;
    }

    /** One client in the room, and what it is shown. */
    final class Reader {
        private final int client;
        private int next = NOT_PLACED;
        private long[] early = new long[0];
        private boolean joined;
        private boolean leaving;
        private boolean gone;
        private boolean broken;
        private int owed;
        private long sent;
        private long receipts;
        private long shown;

        private Reader(int client) {
            this.client = client;
        }

        /** It sends its next message. */
        void send() {
            sent++;
        }

        /** It is shown {@code event}. */
        void see(long event) {
            if (broken) {
                return;
            }
            if (!joined) {
                seeBeforeJoin(event);
            } else if (next == NOT_PLACED) {
                early = Arrays.copyOf(early, early.length + 1);
                early[early.length - 1] = event;
            } else {
                step(event);
            }
        }

        private void seeBeforeJoin(long event) {
            joined = event == join(client);
            if (!joined) {
                fail("was shown " + describe(event) + " before its own join");
            } else if (readers.size() == 1 && next == NOT_PLACED) {
                next = size; // the first one of the room
            }
        }

        private void step(long event) {
            if (next == size) {
                append(this, event);
            } else if (events[next] != event) {
                differ(event);
                return;
            }
            next++;
            if (kindOf(event) == JOIN) {
                place(readers.get(clientOf(event)));
            } else if (kindOf(event) == MESSAGE && clientOf(event) == client) {
                receipts++;
                receipted = Math.max(receipted, next);
            }
        }

        private void place(@Nullable Reader newcomer) {
            if (newcomer != null && newcomer.next == NOT_PLACED) {
                newcomer.next = next;
                long[] waiting = newcomer.early;
                newcomer.early = new long[0];
                for (long event : waiting) {
                    newcomer.see(event);
                }
            }
        }

        private void differ(long event) {
            for (int i = 0; i < size; i++) {
                if (events[i] == event) {
                    fail(
                            i < next
                                    ? "was shown " + describe(event) + " twice"
                                    : "was not shown " + describe(events[next]) + ", but " + describe(event)
                                            + " after it");
                    return;
                }
            }
            fail("was shown " + describe(event) + " where another member was shown " + describe(events[next]));
        }

        private void fail(String what) {
            broken = true; // all that follows would be violations, too
            report(this, what);
        }

        boolean isPlaced() {
            return joined && next != NOT_PLACED && !broken;
        }

        /** It sends the PING before it leaves, and no more messages. */
        void beginLeaving() {
            leaving = true;
            owed = receipted;
        }

        /** It has the PONG. */
        void endLeaving() {
            if (!broken && next < owed) {
                fail("was not shown " + describe(events[next])
                        + " before it left; others had receipts for later messages");
            }
        }

        /** Its connection is closed. */
        void close() {
            gone = true;
        }

        private boolean isSettled() {
            return broken || (isPlaced() && !leaving && next == size && receipts == sent);
        }

        private void reportMissing() {
            if (gone) {
                report(this, "left, and nobody was shown that");
            } else if (leaving) {
                report(this, "got no answer to PING or QUIT");
            } else if (!joined) {
                report(this, "could not join");
            } else if (next == NOT_PLACED) {
                report(this, "joined, and nobody was shown that");
            } else if (next < size) {
                report(
                        this,
                        "was not shown " + describe(events[next]) + ", nor " + (size - next - 1) + " later events");
            } else {
                report(
                        this,
                        "has no receipt for " + describe(message(client, receipts)) + ", nor " + (sent - receipts - 1)
                                + " later ones");
            }
        }
    }
}
