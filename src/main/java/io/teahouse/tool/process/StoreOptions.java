package io.teahouse.tool.process;

import static io.teahouse.tool.ToolFailure.require;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say where a server stores its messages. */
public final class StoreOptions {
    private static final List<String> KINDS = List.of("sqlite", "postgresql", "memory");

    @Option(
            names = "--store",
            paramLabel = "KIND",
            description = "where the server stores messages: sqlite, postgresql or memory (${DEFAULT-VALUE})")
    private String store = "sqlite";

    @Option(names = "--url", paramLabel = "URL", description = "JDBC URL of the database, with --store postgresql")
    private String url = "";

    /** Throws a {@link io.teahouse.tool.ToolFailure} if the options are invalid. */
    public void check() {
        require(KINDS.contains(store), "--store: one of " + String.join(", ", KINDS));
        require(
                store.equals("postgresql") != url.isEmpty(),
                "--url: required with --store postgresql, and only allowed with it");
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
