package io.teahouse.simulation;

import io.teahouse.room.Mode;
import io.teahouse.room.RoomReply;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** One run: a seed decides what happens, and in which order. In the end all faults stop, and the {@link Invariants} are checked. */
final class Simulation {
    private static final int PERCENT = 100;
    private static final int SECONDS_TO_RECOVER = 40;
    private static final int MOST_TASKS = 100_000;

    private final Random random;
    private final Tasks tasks = Tasks.current();
    private final World world;
    private final Trace trace;

    /** How often there is something to do for the users or a fault, in percent of the steps; a seed has few or many. */
    private final int actions;

    private final int faults;
    private int said;

    /** Returns the trace, with the violations. */
    static Trace run(long seed, List<SimulatedSystem> nodes) {
        return new Simulation(seed, nodes).run();
    }

    /** @param nodes one: the room is local */
    private Simulation(long seed, List<SimulatedSystem> nodes) {
        this.random = new Random(seed);
        this.world =
                nodes.size() == 1 ? new LocalWorld(seed, random, nodes.get(0)) : new ClusterWorld(seed, random, nodes);
        this.trace = world.trace;
        this.actions = 10 + random.nextInt(50);
        this.faults = random.nextInt(30);
    }

    private Trace run() {
        int steps = 100 + random.nextInt(500);
        for (int i = 0; i < steps && trace.violations().isEmpty(); i++) {
            step();
        }
        recover();
        if (trace.violations().isEmpty()) {
            List<RoomReply.Participant> members = world.askMembers();
            runAll();
            new Invariants(world, members).check();
        }
        world.close();
        runAll();
        return trace;
    }

    private void step() {
        if (!tasks.isEmpty() && random.nextInt(PERCENT) >= actions) {
            tasks.runOne(random);
        } else if (world.log.isAsked() && random.nextBoolean()) {
            world.log.step();
        } else if (random.nextInt(PERCENT) < faults) {
            fault();
        } else {
            act(world.pick(world.devices()));
        }
    }

    // What users do

    private void act(Device device) {
        if (device.link.isEmpty()) {
            trace.add("%s connects", device.screen.name);
            world.connect(device);
            return;
        }
        int dice = random.nextInt(PERCENT);
        if (dice < 55) {
            tell(device, new Connection.Say("text " + ++said));
        } else if (dice < 63) {
            tell(device, new Connection.Repeat(random.nextBoolean()));
        } else if (dice < 68) {
            tell(device, new Connection.Part());
        } else if (dice < 73) {
            tell(device, new Connection.Kick(world.pick(world.users).nick));
        } else if (dice < 85) {
            Mode rank = random.nextBoolean() ? Mode.OPERATOR : Mode.VOICE;
            tell(device, new Connection.SetRank(world.pick(world.users).nick, rank, random.nextInt(3) > 0));
        } else if (dice < 92) {
            tell(device, new Connection.Enter());
        } else {
            trace.add("%s is disconnected", device.screen.name);
            world.disconnect(device);
        }
    }

    private void tell(Device device, Connection.Command command) {
        trace.add("%s: %s", device.screen.name, command);
        device.link.ifPresent(link -> link.connection().tell(command));
    }

    // Faults

    private void fault() {
        int dice = random.nextInt(PERCENT);
        if (dice < 40) {
            advance(random.nextInt(10) == 0 ? Duration.ofSeconds(70) : Duration.ofMillis(random.nextInt(6000)));
        } else if (dice < 60) {
            trace.add("the room will fail");
            world.failAtNextMessage();
        } else if (dice < 80) {
            trace.add("the log is opened elsewhere");
            world.log.openElsewhere();
        } else {
            world.breakPart();
        }
    }

    private void advance(Duration duration) {
        trace.add("%s pass", duration);
        world.advance(duration);
    }

    // The end

    private void recover() {
        trace.add("faults end");
        world.recover();
        pass();
    }

    private void pass() {
        for (int i = 0; i < SECONDS_TO_RECOVER && trace.violations().isEmpty(); i++) {
            runAll();
            world.advance(Duration.ofSeconds(1));
        }
        runAll();
    }

    private void runAll() {
        int count = 0;
        while (!tasks.isEmpty() && count < MOST_TASKS) {
            tasks.runOne(random);
            count++;
        }
        if (count == MOST_TASKS) {
            trace.violation("it never ends");
        }
    }
}
