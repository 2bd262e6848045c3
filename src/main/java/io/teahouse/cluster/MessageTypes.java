package io.teahouse.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table of the types that nodes send each other, {@code message-types.txt}: it says what is written, in which order and
 * under which number, whatever the order in the code.
 *
 * @param version raised by each release that adds types, components or constants
 */
record MessageTypes(int version, List<Line> lines) {
    private static final String SOURCE = "message-types.txt";
    private static final String ADDED = "|";
    private static final String PREFIXED = "-";

    enum Kind {
        MESSAGE,
        VALUE,
        SHARED,
        CUSTOM,
        ENUM;

        boolean hasNumber() {
            return this == MESSAGE || this == CUSTOM;
        }
    }

    /**
     * One type.
     *
     * @param number 0: it has none
     * @param names of the components of a record, or of the constants of an enum
     * @param first how many of the components all releases know
     * @param prefixed the components that are texts with a common beginning, see {@link ValueCodecs#PREFIXED_TEXT}
     */
    record Line(Kind kind, int number, Class<?> type, List<String> names, int first, Set<String> prefixed) {}

    /** Reads the table of this release. */
    static MessageTypes load() {
        try (InputStream in = Objects.requireNonNull(MessageTypes.class.getResourceAsStream(SOURCE), SOURCE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return parse(lines.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MessageTypes parse(List<String> text) {
        int version = 0;
        List<Line> lines = new ArrayList<>();
        for (String line : text) {
            List<String> words = Arrays.asList(line.strip().split(" "));
            if (words.get(0).equals("version")) {
                version = Integer.parseInt(words.get(1));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                lines.add(line(words));
            }
        }
        return new MessageTypes(version, List.copyOf(lines));
    }

    private static Line line(List<String> words) {
        Kind kind = Arrays.stream(Kind.values())
                .filter(each -> each.name().equalsIgnoreCase(words.get(0)))
                .findFirst()
                .orElseThrow(() -> new CodecException("not a line of " + SOURCE + ": " + String.join(" ", words)));
        int next = kind.hasNumber() ? 2 : 1;
        List<String> names = words.subList(next + 1, words.size());
        int bar = names.indexOf(ADDED);
        return new Line(
                kind,
                kind.hasNumber() ? Integer.parseInt(words.get(1)) : 0,
                type(words.get(next)),
                names.stream()
                        .filter(name -> !name.equals(ADDED))
                        .map(MessageTypes::plain)
                        .toList(),
                bar < 0 ? names.size() : bar,
                names.stream()
                        .filter(name -> name.endsWith(PREFIXED))
                        .map(MessageTypes::plain)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static String plain(String name) {
        return name.endsWith(PREFIXED) ? name.substring(0, name.length() - PREFIXED.length()) : name;
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name, false, MessageTypes.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new CodecException(SOURCE + " names a class that does not exist: " + name, e);
        }
    }
}
