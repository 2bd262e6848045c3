package io.teahouse.simulation;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints how many seeds each {@link Mutation} took to be found. Not part of the build: {@code mvn test -Dtest=MutationRun}. */
class MutationRun {
    private static final long MOST_SEEDS = Long.getLong("simulation.most", 3_000);
    private static final int NODES = 3;
    private static final String NOT_FOUND = "not found";
    private static final String ONLY = System.getProperty("simulation.only", "");

    @TempDir
    private Path folder;

    @Test
    @SuppressWarnings("PMD.SystemPrintln")
    void prints() throws Exception {
        int number = 0;
        for (Mutation mutation : Mutation.all()) {
            if (mutation.rule().contains(ONLY)) {
                Path classes = java.nio.file.Files.createDirectory(folder.resolve(String.valueOf(++number)));
                mutation.compile(classes);
                System.out.println(
                        "| " + mutation.rule() + " | `" + mutation.file() + "` | " + find(mutation, classes) + " |");
            }
        }
    }

    /** Rules of relays need several nodes; others may. */
    private static String find(Mutation mutation, Path classes) throws Exception {
        String local = mutation.file().startsWith("cluster") ? NOT_FOUND : find(classes, 1);
        return local.equals(NOT_FOUND) ? find(classes, NODES) : local;
    }

    private static String find(Path classes, int nodes) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader loader = Mutation.loader(classes);
        thread.setContextClassLoader(loader);
        String[] what = new String[1];
        Consumer<Object> failed = trace -> what[0] = trace.toString();
        try {
            java.lang.reflect.Method run = loader.loadClass(Seeds.class.getName())
                    .getDeclaredMethod("run", int.class, long.class, long.class, Consumer.class);
            run.setAccessible(true);
            long seed = (Long) run.invoke(null, nodes, 1, MOST_SEEDS, failed);
            return seed == 0 ? NOT_FOUND : String.valueOf(seed);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
