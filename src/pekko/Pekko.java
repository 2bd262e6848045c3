import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Copies the sources, changed so that they use Apache Pekko: {@code java src/pekko/Pekko.java target/pekko}. Writes only what has changed,
 * and deletes what is no longer there, so that the copy can be built again quickly. {@code bin/pekko} calls it; doc/pekko.md says what differs.
 */
final class Pekko {
    private static final String PACKAGE = "org.apache.pekko";

    /** The releases that go together. */
    private static final Map<String, String> VERSIONS =
            Map.of("akka.version", "1.2.1", "akka-http.version", "1.3.0", "akka-management.version", "1.1.1");

    private static final Set<String> LEFT_OUT = Set.of("target", ".git", ".ci", "node_modules", ".idea", "pekko");

    /** In their texts, names without a class are packages and loggers; in all others they are settings. */
    private static final Set<String> NAME_PACKAGES =
            Set.of("ServerLog.java", "ArchitectureTest.java", "GameLobbyTest.java");

    /** A line with this comment names both. */
    private static final String AS_IT_IS = "// as it is for Pekko, too";

    private static final Pattern NAME = Pattern.compile("(?<![\\w./-])akka((?:\\.[\\w-]+)*)(\\.\\.)?");

    private static final Pattern CLASS = Pattern.compile("\\.[A-Z]");

    private static final Pattern CODE = Pattern.compile(
            "(?<![\\w.])akka\\.(?=(actor|annotation|cluster|dispatch|event|http|io|japi|pattern|remote|serialization|stream|util)\\.|NotUsed\\b|Done\\b)");
    private static final Pattern COORDINATES = Pattern.compile("com\\.typesafe\\.akka:akka-");
    private static final Pattern EXCLUSIONS = Pattern.compile(
            "\\s*<exclusions>\\s*<exclusion>\\s*<groupId>com\\.typesafe\\.akka</groupId>\\s*<artifactId>\\*</artifactId>\\s*</exclusion>\\s*</exclusions>");

    private final Path from;
    private final Path to;
    private final Set<Path> written = new HashSet<>();

    private Pekko(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    public static void main(String[] args) throws IOException {
        Pekko copy = new Pekko(Path.of("").toAbsolutePath(), Path.of(args[0]).toAbsolutePath());
        copy.run();
    }

    private void run() throws IOException {
        Files.createDirectories(to);
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean skip = LEFT_OUT.contains(String.valueOf(folder.getFileName())) || folder.equals(to);
                return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
        Files.walkFileTree(to, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.equals(to.resolve("target")) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!written.contains(file)) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void copy(Path file, Path target) throws IOException {
        String name = String.valueOf(file.getFileName());
        byte[] bytes = Files.readAllBytes(file);
        if (name.endsWith(".java")) {
            bytes = java(new String(bytes, UTF_8), NAME_PACKAGES.contains(name)).getBytes(UTF_8);
        } else if (name.endsWith(".conf")) {
            bytes = names(new String(bytes, UTF_8), false).getBytes(UTF_8);
        } else if (name.endsWith(".md") && !name.equals("pekko.md")) {
            bytes = versions(coordinates(names(new String(bytes, UTF_8), false)))
                    .getBytes(UTF_8);
        } else if (name.equals("pom.xml")) {
            bytes = pom(new String(bytes, UTF_8)).getBytes(UTF_8);
        }
        written.add(target);
        if (!Files.exists(target) || !Arrays.equals(Files.readAllBytes(target), bytes)) {
            Files.createDirectories(target.getParent());
            Files.write(target, bytes);
        }
        if (Files.isExecutable(file)) {
            target.toFile().setExecutable(true);
        }
    }

    /** Packages in code; classes and settings in texts and comments. */
    private static String java(String source, boolean namesPackages) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < source.length()) {
            int end = text(source, at);
            if (end > at) {
                String text = source.substring(at, end);
                int line = source.indexOf('\n', end);
                boolean asItIs = line > 0 && source.substring(end, line).contains(AS_IT_IS);
                result.append(asItIs ? text : names(text, namesPackages && text.startsWith("\"")));
                at = end;
            } else {
                end = at + 1;
                while (end < source.length() && text(source, end) == end) {
                    end = source.charAt(end) == '\'' ? character(source, end) : end + 1;
                }
                result.append(CODE.matcher(source.substring(at, end)).replaceAll(PACKAGE + "."));
                at = end;
            }
        }
        return result.toString();
    }

    /** Where the text or comment ends that begins there; the same place: none does. */
    private static int text(String source, int at) {
        if (source.startsWith("//", at)) {
            return end(source.indexOf('\n', at), source);
        }
        if (source.startsWith("/*", at)) {
            return end(source.indexOf("*/", at) + 2, source);
        }
        if (source.startsWith("\"\"\"", at)) {
            return end(source.indexOf("\"\"\"", at + 3) + 3, source);
        }
        if (source.charAt(at) != '"') {
            return at;
        }
        int end = at + 1;
        while (source.charAt(end) != '"') {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        return end + 1;
    }

    /** A quotation mark as a character begins no text. */
    private static int character(String source, int at) {
        int end = source.charAt(at + 1) == '\\' ? at + 2 : at + 1;
        return source.indexOf('\'', end + 1) + 1;
    }

    private static int end(int found, String source) {
        return found < 0 ? source.length() : found;
    }

    private static String names(String text, boolean packages) {
        String renamed = COORDINATES.matcher(text).replaceAll(PACKAGE + ":pekko-");
        return NAME.matcher(renamed).replaceAll(found -> {
            boolean isCode = packages
                    || found.group(2) != null
                    || CLASS.matcher(found.group(1)).find();
            String all = found.group().substring("akka".length());
            return Matcher.quoteReplacement((isCode ? PACKAGE : "pekko") + all);
        });
    }

    private static String coordinates(String text) {
        return text.replaceAll(
                        "<groupId>com\\.(typesafe\\.akka|lightbend\\.akka\\.\\w+)</groupId>",
                        "<groupId>" + PACKAGE + "</groupId>")
                .replace("<artifactId>akka-", "<artifactId>pekko-")
                .replace("<artifactId>teahouse</artifactId>", "<artifactId>teahouse-pekko</artifactId>");
    }

    /** Those that are written out behind the coordinates. */
    private static String versions(String text) {
        String http = VERSIONS.get("akka-http.version");
        return text.replaceAll("(pekko-http[\\w.-]*(?:</artifactId>\\s*<version>|` \\| ))[\\d.]+", "$1" + http)
                .replaceAll(
                        "(pekko-(?!http|bom)[\\w.-]*(?:</artifactId>\\s*<version>|` \\| ))[\\d.]+",
                        "$1" + VERSIONS.get("akka.version"));
    }

    private static String pom(String pom) {
        String renamed = coordinates(EXCLUSIONS.matcher(pom).replaceAll(""));
        String result = versions(renamed)
                .replaceAll("<exclude>com\\.typesafe\\.akka:[^<]*</exclude>", "")
                .replace("<name>Teahouse</name>", "<name>Teahouse for Apache Pekko</name>")
                .replace("chat-room library for Akka", "chat-room library for Apache Pekko")
                // Error Prone and the formatter look at the sources themselves.
                .replaceAll("<arg>-Xplugin:ErrorProne[^<]*</arg>", "")
                .replaceAll("(?s)<annotationProcessorPaths>.*?</annotationProcessorPaths>", "")
                .replaceFirst("<dependencyManagement>\\s*<dependencies>", "$0" + BOM);
        for (Map.Entry<String, String> version : VERSIONS.entrySet()) {
            String name = version.getKey();
            result = result.replaceAll("<" + name + ">[^<]*</", "<" + name + ">" + version.getValue() + "</");
        }
        return result;
    }

    /** All parts of Pekko have one release, also those that others ask for. */
    private static final String BOM = """

              <dependency>
                <groupId>org.apache.pekko</groupId>
                <artifactId>pekko-bom_\\${scala.binary.version}</artifactId>
                <version>\\${akka.version}</version>
                <type>pom</type>
                <scope>import</scope>
              </dependency>""";
}
