package io.teahouse.tool.figures;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The stores that a server may have: by name, the settings for it. */
final class Store {
    static final String MEMORY = "memory";
    static final String SQLITE = "SQLite";
    static final String POSTGRESQL = "PostgreSQL";
    static final List<String> ALL = List.of(MEMORY, SQLITE, POSTGRESQL);

    private Store() {}

    /** Something to do with a running server for each store. */
    interface Task {
        void run(Map<String, Teahouse.Running> servers) throws IOException, InterruptedException;
    }

    /** Starts a server for each of these stores that is there, runs the task, and ends them. */
    static void with(Bench bench, List<String> kinds, Task task) throws IOException, InterruptedException {
        try (PostgresServer postgres = kinds.contains(POSTGRESQL)
                ? PostgresServer.start(bench, List.of("tea")).orElse(null)
                : null) {
            Map<String, Teahouse.Running> servers = new LinkedHashMap<>();
            try {
                for (String kind : kinds) {
                    if (kind.equals(POSTGRESQL)) {
                        if (postgres != null) {
                            servers.put(kind, bench.teahouse().start("irc", postgres.settings("tea")));
                        }
                    } else {
                        String setting = "teahouse.store.kind=" + (kind.equals(SQLITE) ? "sqlite" : "memory");
                        servers.put(kind, bench.teahouse().start("irc", List.of(setting)));
                    }
                }
                task.run(servers);
            } finally {
                servers.values().forEach(Teahouse.Running::close);
            }
        }
    }
}
