package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.teahouse.room.Names;
import io.teahouse.store.Durability;
import io.teahouse.store.Retention;
import io.teahouse.store.RoomClass;
import io.teahouse.store.StoreSettings;
import io.teahouse.store.StoreSettings.Kind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the settings of the store. */
final class StoreReader {
    private static final Duration LONG = Duration.ofDays(365);
    private static final Duration LONGEST_KEPT = Duration.ofDays(36_500);
    private static final long SMALLEST = 64 * 1024;
    private static final int MANY = 10_000_000;

    private StoreReader() {}

    static StoreSettings read(SettingsReader read) {
        Names names = SharedSettings.caseMapping(read);
        Kind kind = read.oneOf("store.kind", Kind.class);
        String url = read.text("store.url");
        if (kind == Kind.POSTGRESQL && !url.startsWith("jdbc:postgresql:")) {
            read.wrong("store.url", "jdbc:postgresql://host/database?user=…");
        }
        List<RoomClass> classes = classes(read, names);
        return new StoreSettings(
                new StoreSettings.Backend(
                        kind,
                        path(read),
                        url,
                        SharedSettings.storeTimeout(read),
                        SharedSettings.storeRetryInterval(read)),
                new StoreSettings.ReaderPools(
                        read.number("store.readers", 1, 256),
                        read.number("store.history-readers", 1, 256),
                        read.number("store.searchers", 1, 256),
                        read.number("store.searches", 1, MANY),
                        read.time("store.search-time", Duration.ZERO, LONG)),
                new StoreSettings.Backlog(
                        read.number("store.queue", 1, MANY),
                        queueBytes(read),
                        read.number("store.behind", 1, MANY),
                        read.memory("store.behind-bytes", SMALLEST),
                        read.number("store.unindexed", 1, MANY)),
                new StoreSettings.Memory(
                        read.number("store.memory-lines", 0, MANY), read.memory("store.memory-bytes", SMALLEST)),
                new Retention(
                        read.time("store.retention.interval", Duration.ZERO, LONG),
                        read.time("store.retention.rooms", Duration.ZERO, LONGEST_KEPT),
                        read.time("store.retention.conversations", Duration.ZERO, LONGEST_KEPT),
                        classes),
                new StoreSettings.RoomRules(classes, RoomReader.repeats(read), names),
                read.number("store.read-markers", 1, MANY));
    }

    /** A small heap could not hold the configured size. */
    private static int queueBytes(SettingsReader read) {
        return (int) Math.min(
                read.bytes("store.queue-bytes", 1 << 20, 1 << 30),
                Runtime.getRuntime().maxMemory() / 8);
    }

    /** The last class applies to all other rooms. */
    private static List<RoomClass> classes(SettingsReader read, Names names) {
        Durability durability = read.oneOf("rooms.durability", Durability.class);
        List<RoomClass> classes = new ArrayList<>();
        for (Config each : read.objects("rooms.classes")) {
            read.refuseUnknown("rooms.classes", each, Set.of("rooms", "durability", "keep"));
            try {
                classes.add(new RoomClass(
                        each.getStringList("rooms").stream().map(names).toList(),
                        each.hasPath("durability") ? durability(each.getString("durability")) : durability,
                        each.hasPath("keep") ? Optional.of(kept(each)) : Optional.empty()));
            } catch (ConfigException | IllegalArgumentException e) {
                String form = "{ rooms = [ \"game-*\" ], durability = none, keep = 30 days }";
                read.wrong("rooms.classes", "a list of " + form + " (" + e.getMessage() + ")");
            }
        }
        classes.add(new RoomClass(List.of("*"), durability));
        return classes;
    }

    private static Duration kept(Config of) {
        Duration kept = SettingsReader.duration(of, "keep");
        if (kept.isNegative()) {
            throw new IllegalArgumentException("a time cannot be negative");
        }
        return kept;
    }

    private static Durability durability(String name) {
        return Arrays.stream(Durability.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("durability is stored, relaxed or none"));
    }

    private static Path path(SettingsReader read) {
        String text = read.text("store.path");
        try {
            if (!text.isBlank() && !text.startsWith("jdbc:") && !text.contains("://")) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            read.wrong("store.path", "a file name that this locale can represent (LC_ALL=C.UTF-8 can represent all)");
            return Path.of("teahouse.db");
        }
        read.wrong("store.path", "a file; a database is named by teahouse.store.url");
        return Path.of("teahouse.db");
    }
}
