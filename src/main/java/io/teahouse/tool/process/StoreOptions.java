package io.teahouse.tool.process;

import static io.teahouse.tool.ToolFailure.require;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say where a server stores its messages. */
public final class StoreOptions {
    private static final List<String> KINDS = List.of("sqlite", "postgresql", "memory");

    @Option(names = "--store", paramLabel = "KIND", description = "sqlite, postgresql, or memory (${DEFAULT-VALUE})")
    private String store = "sqlite";

    @Option(names = "--url", paramLabel = "URL", description = "of the database (postgresql)")
    private String url = "";

    /** Throws a {@link io.teahouse.tool.ToolFailure} if the options make no sense. */
    public void check() {
        require(KINDS.contains(store), "--store: one of " + String.join(", ", KINDS));
        require(store.equals("postgresql") != url.isEmpty(), "--url: with --store postgresql, and only there");
    }

    public String kind() {
        return store;
    }

    /** The settings for a {@link ServerProcess}. */
    public List<String> settings() {
        List<String> all = new ArrayList<>(List.of("teahouse.store.kind=" + store));
        if (!url.isEmpty()) {
            all.add("teahouse.store.url=" + url);
        }
        return all;
    }
}
