package io.teahouse.web;

import akka.util.ByteString;
import io.teahouse.net.ForwardedPeer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The head of an HTTP/1.1 request (RFC 9112 §2 to §5), read as far as the decision for a WebSocket needs it.
 *
 * @param target as it was sent
 * @param fields in order, with names in lower case
 */
record RequestHead(String method, String target, List<Field> fields) {
    record Field(String name, String value) {}

    /** The result of reading. */
    sealed interface Reading {}

    /** The head is incomplete. */
    record Incomplete() implements Reading {}

    /** It is longer than {@link #LONGEST}. */
    record TooLong() implements Reading {}

    /** It is not one of HTTP/1. */
    record Malformed() implements Reading {}

    /**
     * @param received all bytes
     * @param size of the head in bytes; what follows is not part of it
     */
    record Complete(RequestHead head, ByteString received, int size) implements Reading {}

    /** The longest head in bytes. */
    static final int LONGEST = 8 * 1024;

    /** Reads the beginning of a connection, and looks at each byte once. Total: any bytes have a result. For one thread. */
    static final class Reader {
        private static final int USUAL = 512;
        private static final int NONE = -1;

        private byte[] bytes = new byte[USUAL];
        private int size;

        /** Bytes that have been looked at. */
        private int seen;

        /** Where the line begins that is not complete. */
        private int line;

        /** Where the first line ends; {@link #NONE}: it is not complete. */
        private int firstEnd = NONE;

        /** Whether the method is complete. */
        private boolean hasMethod;

        /** Takes further bytes, and must not be called again after any result but {@link Incomplete}. */
        Reading read(ByteString more) {
            if (bytes.length - size < more.size()) {
                bytes = Arrays.copyOf(bytes, Math.max(size + more.size(), Math.min(2 * bytes.length, LONGEST)));
            }
            more.asByteBuffer().get(bytes, size, more.size());
            size += more.size();
            for (; seen < Math.min(size, LONGEST); seen++) {
                byte next = bytes[seen];
                if (next == '\n') {
                    if (firstEnd == NONE && requestLine(text(0, seen)).isEmpty()) {
                        return new Malformed();
                    } else if (isLineEmpty()) {
                        return complete(seen + 1);
                    }
                    firstEnd = firstEnd == NONE ? seen : firstEnd;
                    line = seen + 1;
                } else if (!hasMethod) {
                    // other protocols are recognized before their first line ends
                    hasMethod = next == ' ' && seen > 0;
                    if (!hasMethod && !isTokenCharacter(next)) {
                        return new Malformed();
                    }
                }
            }
            return size >= LONGEST ? new TooLong() : new Incomplete();
        }

        private boolean isLineEmpty() {
            return seen == line || (seen == line + 1 && bytes[line] == '\r');
        }

        private String text(int from, int to) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }

        private Reading complete(int end) {
            String[] first = requestLine(text(0, firstEnd)).orElseThrow();
            List<Field> fields = new ArrayList<>();
            for (String each : text(firstEnd + 1, end).split("\n", -1)) {
                String content = withoutCr(each);
                if (!content.isEmpty()) {
                    Optional<Field> field = field(content);
                    if (field.isEmpty()) {
                        return new Malformed();
                    }
                    fields.add(field.get());
                }
            }
            ByteString received = ByteString.fromArrayUnsafe(bytes, 0, size);
            return new Complete(new RequestHead(first[0], first[1], List.copyOf(fields)), received, end);
        }
    }

    private static Optional<String[]> requestLine(String line) {
        String[] parts = withoutCr(line).split(" ", -1);
        boolean valid = parts.length == 3
                && isToken(parts[0])
                && !parts[1].isEmpty()
                && (parts[2].equals("HTTP/1.1") || parts[2].equals("HTTP/1.0") || parts[2].equals("HTTP/2.0"));
        return valid ? Optional.of(parts) : Optional.empty();
    }

    private static Optional<Field> field(String line) {
        int colon = line.indexOf(':');
        if (colon <= 0 || !isToken(line.substring(0, colon))) {
            return Optional.empty();
        }
        String value = line.substring(colon + 1).strip();
        boolean valid = value.chars().noneMatch(c -> c < ' ' && c != '\t');
        return valid
                ? Optional.of(new Field(line.substring(0, colon).toLowerCase(Locale.ROOT), value))
                : Optional.empty();
    }

    private static String withoutCr(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /** RFC 9110 §5.6.2. */
    private static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(RequestHead::isTokenCharacter);
    }

    private static boolean isTokenCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    /** The values of a field, in order. */
    List<String> values(String name) {
        return fields.stream()
                .filter(each -> each.name.equals(name))
                .map(Field::value)
                .toList();
    }

    /** The value of a field that there is exactly once. */
    Optional<String> only(String name) {
        List<String> values = values(name);
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    /** The elements of a field whose value is a list (RFC 9110 §5.6.1). */
    List<String> elements(String name) {
        return ForwardedPeer.elements(values(name));
    }

    /** Whether a list contains that element; case does not matter. */
    boolean lists(String name, String element) {
        return elements(name).stream().anyMatch(element::equalsIgnoreCase);
    }

    /** The target without its query. */
    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
