package io.teahouse.simulation;

import akka.dispatch.Mailbox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** What the dispatchers of a simulated system have to run: one message of one actor each. Belongs to one thread. */
final class Tasks {
    private static final ThreadLocal<Tasks> OF_THREAD = ThreadLocal.withInitial(Tasks::new);

    private final List<Runnable> waiting = new ArrayList<>();
    private boolean atOnce;
    private boolean running;

    /** Those of the calling thread. */
    static Tasks current() {
        return OF_THREAD.get();
    }

    void add(Runnable task) {
        waiting.add(task);
        if (atOnce && !running) {
            running = true;
            while (!waiting.isEmpty()) {
                waiting.remove(0).run();
            }
            running = false;
        }
    }

    /** Runs tasks when they are added, as long as that takes: a system that starts waits for its actors. */
    <T> T runAtOnce(Supplier<T> start) {
        atOnce = true;
        T started = start.get();
        atOnce = false;
        return started;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Runs one of them. Sorts them first: Akka adds the watchers of an actor in the order of random numbers. */
    void runOne(Random random) {
        waiting.sort(Comparator.comparing(Tasks::actor));
        waiting.remove(random.nextInt(waiting.size())).run();
    }

    private static String actor(Runnable task) {
        return task instanceof Mailbox mailbox && mailbox.actor() != null
                ? mailbox.actor().self().path().toString()
                : "";
    }
}
