package io.teahouse.tool.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where servers store what is said. */
public final class StoreOptions {
    private static final List<String> KINDS = List.of("sqlite", "postgresql", "memory");

    @Option(names = "--store", paramLabel = "KIND", description = "sqlite, postgresql, or memory (${DEFAULT-VALUE})")
    private String store = "sqlite";

    @Option(names = "--url", paramLabel = "URL", description = "of the database (postgresql)")
    private String url = "";

    /** What is wrong with them; one line for a person. */
    public Optional<String> problem() {
        if (!KINDS.contains(store)) {
            return Optional.of("--store: one of " + String.join(", ", KINDS));
        } else if (store.equals("postgresql") == url.isEmpty()) {
            return Optional.of("--url: with --store postgresql, and only there");
        }
        return Optional.empty();
    }

    public String kind() {
        return store;
    }

    /** As {@link OwnServer} takes them. */
    public List<String> settings() {
        List<String> all = new ArrayList<>(List.of("teahouse.store.kind=" + store));
        if (!url.isEmpty()) {
            all.add("teahouse.store.url=" + url);
        }
        return all;
    }
}
