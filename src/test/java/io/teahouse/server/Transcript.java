package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conversation as a text, played against a server of its own. A line is one of
 *
 * <pre>
 * # a remark
 * : teahouse.plain.framing = chunks    a setting of the server; before all else
 * ann> hi                              ann types this, and Enter
 * ann< bob: hi                         the next line that ann sees is exactly this
 * ann~ [0-9]+ lines                    the next line that ann sees is like this (a regular expression)
 * ann| connect                         ann does something; see {@link #act}
 * </pre>
 *
 * At the end nobody who is still connected may have seen more than was said here.
 */
final class Transcript {
    private static final Pattern LINE = Pattern.compile("(\\p{L}+)([<>~|])(?: (.*))?");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-f]{2}|.)");
    private static final String LAST = "/end-of-transcript";

    /** Somebody; {@code chunks} when he neither sends nor reads line ends. */
    private record Person(Peer peer, boolean chunks) {}

    private final String title;
    private final List<String> lines;
    private final Map<String, Person> people = new LinkedHashMap<>();

    /** @param title for what is said about failures */
    Transcript(String title, String text) {
        this.title = title;
        lines = text.lines().toList();
    }

    void play() {
        String[] settings = lines.stream()
                .filter(line -> line.startsWith(": "))
                .map(line -> line.substring(2))
                .toArray(String[]::new);
        try (TestServer server = TestServer.start(settings)) {
            try {
                for (int i = 0; i < lines.size(); i++) {
                    play(lines.get(i), i + 1, server.port());
                }
                people.values().forEach(Transcript::expectNoMore);
            } finally {
                people.values().forEach(person -> person.peer.close());
            }
        }
    }

    private void play(String line, int number, int port) {
        if (line.isBlank() || line.startsWith("#") || line.startsWith(": ")) {
            return;
        }
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(title + ":" + number + " is no line of a transcript: " + line);
        }
        String rest = matcher.group(3) == null ? "" : matcher.group(3);
        try {
            play(matcher.group(1), matcher.group(2).charAt(0), rest, port);
        } catch (AssertionError e) {
            throw new AssertionError(title + ":" + number + ": " + line + "\n" + e.getMessage(), e);
        }
    }

    private void play(String name, char what, String rest, int port) {
        switch (what) {
            case '>' -> type(person(name), rest);
            case '<' -> expect(person(name), rest);
            case '~' -> assertThat(person(name).peer.line()).matches(rest);
            default -> act(name, rest.split(" ", 2), port);
        }
    }

    private static void type(Person person, String text) {
        person.peer.send((person.chunks ? text : text + "\n").getBytes(UTF_8));
    }

    private static void expect(Person person, String text) {
        if (person.chunks) {
            person.peer.expectText(text);
        } else {
            person.peer.expect(text);
        }
    }

    private void act(String name, String[] words, int port) {
        switch (words[0]) {
            // connects; "chunks": as a client that knows no line ends
            case "connect" -> connect(name, port, words.length > 1);
            // connects, reads the greeting, gives its name and sees itself join
            case "enters" -> {
                connect(name, port, false);
                person(name).peer.enter();
            }
            // sends just these bytes: \r, \n, \\, \x1b
            case "bytes" -> person(name).peer.send(bytes(words[1]));
            // sends no more
            case "eof" -> person(name).peer.endInput();
            // ends with no word
            case "cut" -> leave(name).cut();
            // hangs up
            case "close" -> leave(name).close();
            // is disconnected by the server, in good order
            case "closed" -> leave(name).expectClosed();
            default -> throw new IllegalArgumentException(name + " cannot " + words[0]);
        }
    }

    private void connect(String name, int port, boolean chunks) {
        Person before = people.put(name, new Person(Peer.connect(name, port), chunks));
        assertThat(before).as("%s is connected already", name).isNull();
    }

    private Peer leave(String name) {
        Peer peer = person(name).peer;
        people.remove(name);
        return peer;
    }

    private Person person(String name) {
        Person person = people.get(name);
        if (person == null) {
            throw new IllegalArgumentException(name + " is not connected");
        }
        return person;
    }

    private static void expectNoMore(Person person) {
        type(person, LAST);
        if (person.chunks) {
            person.peer.expectText("! there is no command " + LAST);
        } else {
            assertThat(person.peer.line())
                    .as("after the end of the transcript")
                    .containsAnyOf("! there is no command " + LAST, "! a name must not begin with /");
        }
    }

    private static byte[] bytes(String escaped) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher escape = ESCAPE.matcher(escaped);
        int at = 0;
        while (escape.find()) {
            bytes.writeBytes(escaped.substring(at, escape.start()).getBytes(UTF_8));
            bytes.write(unescaped(escape.group(1)));
            at = escape.end();
        }
        bytes.writeBytes(escaped.substring(at).getBytes(UTF_8));
        return bytes.toByteArray();
    }

    private static int unescaped(String escape) {
        return switch (escape.charAt(0)) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'x' -> Integer.parseInt(escape.substring(1), 16);
            default -> escape.charAt(0);
        };
    }
}
