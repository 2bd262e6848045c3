package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
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
 * Where a line that is expected of the IRC door holds a {@code …}, anything may stand there. A {@code $name} is at first
 * whatever stands there, up to a space or a semicolon, and from then on, wherever it is written, the same again.
 *
 * At the end nobody who is still connected may have seen more than was said here.
 */
final class Transcript {
    private static final Pattern LINE = Pattern.compile("(\\p{L}+)([<>~|])(?: (.*))?");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-f]{2}|.)");
    private static final Pattern WILD = Pattern.compile("…|\\$([a-z0-9]+)");
    private static final String LAST = "/end-of-transcript";

    private enum Door {
        LINES,
        /** The plain door, for somebody who neither sends nor reads line ends. */
        CHUNKS,
        IRC
    }

    private record Person(Peer peer, Door door) {
        String line() {
            String line = peer.line();
            if (door != Door.IRC) {
                return line;
            }
            String withoutTags = line.startsWith("@") ? line.substring(line.indexOf(' ') + 1) : line;
            assertThat(withoutTags.getBytes(UTF_8).length)
                    .as("the length of %s", withoutTags)
                    .isLessThan(512); // with its LF, as long as a line may be
            return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        }
    }

    private final String title;
    private final List<String> settings;
    private final List<String> lines;
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Map<String, String> known = new HashMap<>();

    /** @param title for what is said about failures */
    Transcript(String title, String text) {
        this(title, text, List.of());
    }

    /** @param settings of the server, before those that the text names */
    Transcript(String title, String text, List<String> settings) {
        this.title = title;
        this.settings = settings;
        lines = text.lines().toList();
    }

    void play() {
        List<String> all = new ArrayList<>(List.of("teahouse.flood.enabled = off", "teahouse.irc.cloak = off"));
        all.addAll(settings);
        lines.stream().filter(line -> line.startsWith(": ")).forEach(line -> all.add(line.substring(2)));
        try (TestServer server = TestServer.start(all.toArray(String[]::new))) {
            try {
                for (int i = 0; i < lines.size(); i++) {
                    play(lines.get(i), i + 1, server);
                }
                people.values().forEach(this::expectNoMore);
            } finally {
                people.values().forEach(person -> person.peer.close());
            }
        }
    }

    private void play(String line, int number, TestServer server) {
        if (line.isBlank() || line.startsWith("#") || line.startsWith(": ")) {
            return;
        }
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(title + ":" + number + " is no line of a transcript: " + line);
        }
        String rest = matcher.group(3) == null ? "" : matcher.group(3);
        try {
            play(matcher.group(1), matcher.group(2).charAt(0), rest, server);
        } catch (AssertionError e) {
            throw new AssertionError(title + ":" + number + ": " + line + "\n" + e.getMessage(), e);
        }
    }

    private void play(String name, char what, String rest, TestServer server) {
        switch (what) {
            case '>' -> type(person(name), filled(rest));
            case '<' -> expect(person(name), rest);
            case '~' -> assertThat(person(name).line()).matches(rest);
            default -> act(name, rest.split(" ", 2), server);
        }
    }

    private static void type(Person person, String text) {
        person.peer.send((person.door == Door.CHUNKS ? text : text + "\n").getBytes(UTF_8));
    }

    /** With what is known put in. */
    private String filled(String text) {
        return WILD.matcher(text)
                .replaceAll(wild -> Matcher.quoteReplacement(known.getOrDefault(wild.group(1), wild.group())));
    }

    private void expectLike(Person person, String text) {
        List<String> learnt = new ArrayList<>();
        StringBuilder pattern = new StringBuilder();
        String expected = filled(text);
        Matcher wild = WILD.matcher(expected);
        int at = 0;
        while (wild.find()) {
            pattern.append(Pattern.quote(expected.substring(at, wild.start())));
            at = wild.end();
            if (wild.group(1) == null) {
                pattern.append(".*");
            } else {
                pattern.append("([^ ;]+)");
                learnt.add(wild.group(1));
            }
        }
        pattern.append(Pattern.quote(expected.substring(at)));
        String line = person.line();
        assertThat(line).matches(pattern.toString());
        Matcher found = Pattern.compile(pattern.toString()).matcher(line);
        if (found.matches()) {
            learnt.forEach(name -> known.put(name, found.group(learnt.indexOf(name) + 1)));
        }
    }

    private void expect(Person person, String text) {
        if (person.door == Door.CHUNKS) {
            person.peer.expectText(text);
        } else if (person.door == Door.IRC) {
            expectLike(person, text);
        } else {
            person.peer.expect(text);
        }
    }

    private void act(String name, String[] words, TestServer server) {
        switch (words[0]) {
            // connects; "chunks": as a client that knows no line ends
            case "connect" -> connect(name, server.port(), words.length > 1 ? Door.CHUNKS : Door.LINES);
            // connects to the IRC door
            case "calls" -> connect(name, server.port("irc"), Door.IRC);
            // is registered there under its own name; with these capabilities
            // is told all that is told at the end of the registration
            case "welcomed" -> {
                while (!person(name).line().matches(":teahouse.local (422|376) .*")) {
                    // 001 and what follows
                }
            }
            case "irc" -> {
                connect(name, server.port("irc"), Door.IRC);
                register(person(name), name, words.length > 1 ? words[1] : "");
            }
            // connects, reads the greeting, gives its name and sees itself join
            case "enters" -> {
                connect(name, server.port(), Door.LINES);
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
            // is disconnected by the server, in good order; what follows from that has happened
            case "closed" -> {
                leave(name).expectClosed();
                server.settle();
            }
            default -> throw new IllegalArgumentException(name + " cannot " + words[0]);
        }
    }

    private void connect(String name, int port, Door door) {
        Person before = people.put(name, new Person(Peer.connect(name, port), door));
        assertThat(before).as("%s is connected already", name).isNull();
    }

    private static void register(Person person, String name, String capabilities) {
        if (!capabilities.isEmpty()) {
            type(person, "CAP REQ :" + capabilities);
        }
        type(person, "NICK " + name + "\r\nUSER " + name + " 0 * :Real " + name + "\r\nCAP END\r\nPING in");
        while (!person.line().endsWith("PONG teahouse.local :in")) {
            // the welcome
        }
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

    private void expectNoMore(Person person) {
        if (person.door == Door.IRC) {
            type(person, "PING the-end");
            expect(person, ":teahouse.local PONG teahouse.local :the-end");
            return;
        }
        type(person, LAST);
        if (person.door == Door.CHUNKS) {
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
