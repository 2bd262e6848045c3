package io.teahouse.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A rule of the core that is broken on purpose.
 *
 * @param file below {@code src/main/java/io/teahouse}
 * @param code the code of the rule; {@code broken} replaces it
 */
record Mutation(String rule, String file, String code, String broken) {
    private static final Path LIST = Path.of("src/test/resources/io/teahouse/simulation/mutations.txt");
    private static final Path SOURCES = Path.of("src/main/java");

    /** Those of the list. Each has four lines: the rule, the file, the code, what replaces it. */
    static List<Mutation> all() throws IOException {
        List<Mutation> all = new ArrayList<>();
        for (String entry : Files.readString(LIST).strip().split("\n\n", -1)) {
            String[] lines = entry.split("\n", -1);
            all.add(new Mutation(lines[0], lines[1], text(lines[2]), text(lines[3])));
        }
        return all;
    }

    private static String text(String line) {
        return line.substring(2).replace("\\n", "\n");
    }

    /** Whether the code is in the file exactly once. */
    boolean fits() throws IOException {
        return source().split(java.util.regex.Pattern.quote(code), -1).length == 2;
    }

    private String source() throws IOException {
        return Files.readString(path());
    }

    private Path path() {
        return SOURCES.resolve("io/teahouse").resolve(file);
    }

    /** Compiles the broken file into that folder. */
    void compile(Path to) throws IOException {
        Path sources = Files.createDirectory(to.resolve("source"));
        Path broken = sources.resolve(path().getFileName());
        Files.writeString(broken, source().replace(code, this.broken));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-nowarn",
                        "-proc:none",
                        "-parameters",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        to.toString(),
                        broken.toString());
        assertThat(result).as(rule).isZero();
    }

    /** Loads the classes of this project anew, and those of that folder in place of the original ones. */
    static ClassLoader loader(Path folder) {
        return new ClassLoader(Mutation.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                synchronized (getClassLoadingLock(name)) {
                    Class<?> known = findLoadedClass(name);
                    return known != null || !name.startsWith("io.teahouse.")
                            ? known != null ? known : super.loadClass(name, resolve)
                            : define(name);
                }
            }

            private Class<?> define(String name) throws ClassNotFoundException {
                String file = name.replace('.', '/') + ".class";
                Path path = Stream.of(folder, Path.of("target/classes"), Path.of("target/test-classes"))
                        .map(each -> each.resolve(file))
                        .filter(Files::exists)
                        .findFirst()
                        .orElseThrow(() -> new ClassNotFoundException(name));
                try {
                    byte[] bytes = Files.readAllBytes(path);
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        };
    }
}
