package io.teahouse.admin;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AskPattern;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.teahouse.account.LoginTotals;
import io.teahouse.account.Result;
import io.teahouse.client.Metrics;
import io.teahouse.client.Services;
import io.teahouse.client.ThreadCounter;
import io.teahouse.hook.HookTotals;
import io.teahouse.net.Admission;
import io.teahouse.net.ServerCertificate;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomDirectory;
import io.teahouse.store.StoreTotals;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What Prometheus reads of this server. Labels have values of a fixed set: doors, reasons and outcomes, never the text of a
 * user. Counters are read when somebody asks; only a receipt costs more than an addition where it happens. Thread-safe.
 */
public final class ServerMetrics implements Metrics, AutoCloseable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

    /** Of the time from a message to its receipt: memory, a fast disk, a busy one, trouble. */
    private static final Duration[] RECEIPT_BUCKETS = {
        Duration.ofNanos(250_000),
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    /**
     * How often the settings were reloaded.
     *
     * @param succeeded with valid settings
     * @param failed with settings that were refused
     */
    public record Reloads(LongSupplier succeeded, LongSupplier failed) {}

    private static final double NANOS_PER_SECOND = 1e9;
    private static final RoomDirectory.Count UNKNOWN = new RoomDirectory.Count(-1, -1);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final ThreadTimes threads = new ThreadTimes();
    private final Timer receipts;
    private final Timer fanOut;
    private final Map<Refusal.Reason, LongAdder> refused = new EnumMap<>(Refusal.Reason.class);
    private final Map<CutOff, LongAdder> cutOffs = new EnumMap<>(CutOff.class);
    private final LongAdder accepted = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder inDoubt = new LongAdder();
    private final LongAdder delayed = new LongAdder();
    private final Map<String, Door> doors = new ConcurrentHashMap<>();
    /** Micrometer refers to them weakly: without this, the collector takes them and their counters stand still. */
    private final List<LongSupplier> counters = new CopyOnWriteArrayList<>();

    private final List<ThreadCounter> deliveries = new CopyOnWriteArrayList<>();
    /** One for each thread and server: a test has several servers. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<ThreadCounter> ofThread = ThreadLocal.withInitial(this::newCounter);

    private volatile RoomDirectory.Count rooms = UNKNOWN;

    /** The connections of one door. */
    private record Door(LongAdder opened, LongAdder closed) {}

    /** Counts from now on. */
    public ServerMetrics() {
        // Prometheus' own check refuses their names.
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        receipts = Timer.builder("teahouse.receipt.latency")
                .description("Time from taking a message from its sender's input to the receipt")
                .serviceLevelObjectives(RECEIPT_BUCKETS)
                .register(registry);
        fanOut = Timer.builder("teahouse.fan.out.latency")
                .description(
                        "Time from publishing events in a room to the send queue of a connection, of every 64th delivery")
                .serviceLevelObjectives(RECEIPT_BUCKETS)
                .register(registry);
        counter("teahouse.messages.accepted", "Messages that were shown to their room", accepted::sum);
        counter("teahouse.messages.repeated", "Retries of messages that had been shown", repeated::sum);
        counter("teahouse.messages.in.doubt", "Messages of which it was unknown whether they are stored", inDoubt::sum);
        for (Refusal.Reason reason : Refusal.Reason.values()) {
            LongAdder count = new LongAdder();
            refused.put(reason, count);
            counter("teahouse.messages.refused", "Messages that nobody saw", count::sum, "reason", label(reason));
        }
        for (CutOff why : CutOff.values()) {
            LongAdder count = new LongAdder();
            cutOffs.put(why, count);
            counter(
                    "teahouse.connections.cut.off",
                    "Connections that the server ended",
                    count::sum,
                    "reason",
                    label(why));
        }
        counter("teahouse.requests.delayed", "Requests that flood protection made wait", delayed::sum);
        counter(
                "teahouse.deliveries",
                "Events that were shown to connections",
                () -> deliveries.stream().mapToLong(ThreadCounter::sum).sum());
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** Adds what the parts of the server count themselves. Once. */
    public void watch(
            Services services,
            Admission admission,
            Optional<StoreTotals> store,
            Optional<ServerCertificate> certificate,
            Reloads reloads,
            HookTotals hooks) {
        gauge(
                "teahouse.users",
                "Users who are online",
                "",
                () -> services.users().count());
        gauge(
                "teahouse.connections.unregistered",
                "Connections that have not said yet who they are",
                "",
                () -> services.users().unregistered());
        gauge("teahouse.rooms", "Rooms that have members, without conversations", "", () -> known(rooms.rooms()));
        gauge("teahouse.members", "Members of these rooms, all together", "", () -> known(rooms.members()));
        watch(admission);
        LoginTotals logins = services.accounts().logins();
        counter("teahouse.logins", "Logins", logins::succeeded, "outcome", "success");
        for (Result.Reason reason : Result.Reason.values()) {
            counter("teahouse.logins", "Logins", () -> logins.refused(reason), "outcome", label(reason));
        }
        gauge(
                "teahouse.hashing.jobs",
                "Passwords that are hashed or wait for it",
                "",
                () -> services.accounts().hashing());
        store.ifPresent(this::watch);
        counter("teahouse.reloads", "Reloads of the settings", reloads.succeeded, "outcome", "success");
        counter("teahouse.reloads", "Reloads of the settings", reloads.failed, "outcome", "failure");
        watch(hooks);
        certificate.ifPresent(tls -> gauge(
                "teahouse.tls.certificate.not.after.timestamp",
                "When the certificate expires, since 1970",
                "seconds",
                () -> tls.expires().getEpochSecond()));
    }

    private void watch(Admission admission) {
        for (Admission.Limit limit : Admission.Limit.values()) {
            counter(
                    "teahouse.connections.refused",
                    "Connections that were refused",
                    () -> admission.refused(limit),
                    "reason",
                    label(limit));
        }
        gauge("teahouse.output.waiting", "Output that waits to be written", "bytes", admission::outputBytes);
        gauge("teahouse.input.waiting", "Input that waits to be processed", "bytes", admission::inputBytes);
    }

    /**
     * Counts what a node has of its cluster.
     *
     * @param hosted the rooms that run on this node; -1: unknown; may wait
     */
    public void watchCluster(IntSupplier members, IntSupplier unreachable, IntSupplier hosted) {
        gauge("teahouse.cluster.members", "Nodes of the cluster, as this one sees it", "", members::getAsInt);
        gauge("teahouse.cluster.unreachable", "Those of them that do not answer", "", unreachable::getAsInt);
        gauge("teahouse.cluster.rooms", "Rooms that run on this node", "", () -> known(hosted.getAsInt()));
    }

    private void watch(HookTotals hooks) {
        for (HookTotals.Outcome outcome : HookTotals.Outcome.values()) {
            counter(
                    "teahouse.webhooks.received",
                    "Messages that programs have posted",
                    () -> hooks.received(outcome),
                    "outcome",
                    label(outcome));
        }
        counter("teahouse.webhooks.delivered", "Events that receivers have accepted", hooks::delivered);
        counter("teahouse.webhooks.failures", "Attempts to deliver an event that failed", hooks::failed);
        counter("teahouse.webhooks.dropped", "Events that were dropped because too many waited", hooks::dropped);
        gauge("teahouse.webhooks.waiting", "Events that wait for their receivers", "", hooks::waiting);
    }

    private void watch(StoreTotals store) {
        FunctionTimer.builder(
                        "teahouse.store.batch", store, StoreTotals::batches, StoreTotals::nanos, TimeUnit.NANOSECONDS)
                .description("Transactions of the store's writer")
                .register(registry);
        counter("teahouse.store.writes", "Writes in these transactions", store::writes);
        for (StoreTotals.Reads reads : store.reads()) {
            FunctionTimer.builder(
                            "teahouse.store.read",
                            reads,
                            each -> each.count().sum(),
                            each -> each.nanos().sum(),
                            TimeUnit.NANOSECONDS)
                    .description("Reads from the store, waiting included")
                    .tags("kind", reads.kind())
                    .register(registry);
        }
        if (store.unindexed().isPresent()) {
            gauge(
                    "teahouse.store.unindexed.messages",
                    "Messages that are not in the search index yet",
                    "",
                    () -> store.unindexed().orElse(0));
        }
        gauge("teahouse.store.queued.writes", "Writes that wait", "", store::queued);
        gauge("teahouse.store.queued", "The size of what waits to be written", "bytes", store::queuedBytes);
        gauge("teahouse.store.away", "1 while the store is unavailable", "", () -> store.isAway() ? 1 : 0);
    }

    private static double known(int count) {
        return count < 0 ? Double.NaN : count;
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void counter(String name, String description, LongSupplier count, String... tags) {
        counters.add(count);
        FunctionCounter.builder(name, count, LongSupplier::getAsLong)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private void gauge(String name, String description, String unit, DoubleSupplier value) {
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .baseUnit(unit.isEmpty() ? null : unit)
                .strongReference(true)
                .register(registry);
    }

    /** All metrics as Prometheus reads them (text format 0.0.4). Never fails; the directory of rooms may take a while to answer. */
    public CompletionStage<String> scrape(Services services, ActorSystem<?> system, String dispatcher) {
        return AskPattern.<RoomDirectory.Command, RoomDirectory.Count>ask(
                        services.rooms(), RoomDirectory.CountRooms::new, ANSWER_TIMEOUT, system.scheduler())
                .exceptionally(late -> UNKNOWN)
                .thenApplyAsync(
                        count -> {
                            rooms = count;
                            threads.read(this::watchThread);
                            return registry.scrape();
                        },
                        system.dispatchers().lookup(DispatcherSelector.fromConfig(dispatcher)));
    }

    private void watchThread(String name, LongSupplier nanos) {
        FunctionCounter.builder("teahouse.thread.cpu", nanos, each -> each.getAsLong() / NANOS_PER_SECOND)
                .description("CPU time of the threads of rooms and connections, and of the store's writer")
                .baseUnit("seconds")
                .tags("thread", name)
                .register(registry);
        counters.add(nanos); // Micrometer refers to it weakly
    }

    // What clients count

    @Override
    public void opened(String door) {
        door(door).opened.increment();
    }

    @Override
    public void closed(String door) {
        door(door).closed.increment();
    }

    private Door door(String name) {
        return doors.computeIfAbsent(name, this::newDoor);
    }

    private Door newDoor(String name) {
        Door door = new Door(new LongAdder(), new LongAdder());
        counter("teahouse.connections.opened", "Connections that have had a client", door.opened::sum, "door", name);
        Gauge.builder("teahouse.connections", door, it -> it.opened.sum() - it.closed.sum())
                .description("Open connections that have a client")
                .tags("door", name)
                .strongReference(true)
                .register(registry);
        return door;
    }

    @Override
    public void accepted(long nanos) {
        accepted.increment();
        receipts.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void refused(Refusal.Reason reason) {
        increment(refused.get(reason));
    }

    @Override
    public void repeated() {
        repeated.increment();
    }

    @Override
    public void inDoubt() {
        inDoubt.increment();
    }

    @Override
    public void cutOff(CutOff why) {
        increment(cutOffs.get(why));
    }

    private static void increment(@Nullable LongAdder count) {
        if (count != null) { // all are there
            count.increment();
        }
    }

    @Override
    public void delayed() {
        delayed.increment();
    }

    @Override
    public void delivered(long nanos) {
        fanOut.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public ThreadCounter deliveries() {
        return ofThread.get();
    }

    private ThreadCounter newCounter() {
        ThreadCounter fresh = new ThreadCounter();
        deliveries.add(fresh);
        return fresh;
    }

    /** Listens to the garbage collector no more. */
    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
