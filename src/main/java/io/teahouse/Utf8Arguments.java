package io.teahouse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arguments of the process, read as UTF-8. In an ASCII locale ({@code LC_ALL=C}, as
 * in services and cron) the JVM has replaced all other letters; Linux still has the originals.
 */
final class Utf8Arguments {
    private static final char REPLACED = '\uFFFD';
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private Utf8Arguments() {}

    /** An argument cannot be read; the message is one line for the user. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        private Unreadable(String what) {
            super(what + " has letters that this locale cannot represent: run it with LC_ALL=C.UTF-8");
        }
    }

    /** The original arguments. Corrects the settings among the system properties, too. */
    static String[] read(String[] given) throws Unreadable {
        for (String name : System.getProperties().stringPropertyNames()) {
            boolean setting = name.startsWith("teahouse.") || name.startsWith("config.");
            if (setting && isReplaced(System.getProperty(name, ""))) {
                System.setProperty(name, property(name));
            }
        }
        return Arrays.stream(given).anyMatch(Utf8Arguments::isReplaced) ? arguments(given.length) : given;
    }

    private static boolean isReplaced(String text) {
        return text.indexOf(REPLACED) >= 0;
    }

    private static String property(String name) throws Unreadable {
        String start = "-D" + name + "=";
        return commandLine().stream()
                .filter(each -> each.startsWith(start))
                .reduce((first, second) -> second)
                .map(each -> each.substring(start.length()))
                .orElseThrow(() -> new Unreadable("-D" + name));
    }

    private static String[] arguments(int count) throws Unreadable {
        List<String> all = commandLine();
        if (all.size() < count) {
            throw new Unreadable("an argument");
        }
        return all.subList(all.size() - count, all.size()).toArray(new String[0]);
    }

    private static List<String> commandLine() throws Unreadable {
        try {
            String all = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(COMMAND_LINE)))
                    .toString();
            List<String> parts = new ArrayList<>();
            for (int from = 0, end = all.indexOf(0); end >= 0; from = end + 1, end = all.indexOf(0, from)) {
                parts.add(all.substring(from, end));
            }
            return parts;
        } catch (CharacterCodingException e) {
            throw new Unreadable("an argument, which is not in UTF-8,");
        } catch (IOException e) {
            throw new Unreadable("an argument");
        }
    }
}
