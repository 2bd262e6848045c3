package io.teahouse.tool.crash;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A client at the IRC door: comes in, enters rooms, and is told what is said there. For one thread. */
final class IrcSession {
    private static final String CAPABILITIES =
            "message-tags echo-message server-time batch standard-replies draft/chathistory";
    private static final Duration SOON = Duration.ofMillis(50);

    private final Connection connection;
    private final String run;
    private final Sightings sightings;

    IrcSession(Connection connection, String run, Sightings sightings) {
        this.connection = connection;
        this.run = run;
        this.sightings = sightings;
    }

    /** @throws IOException when the server does not let it in, or not yet: the name may be taken for a while */
    void register(String nick, Duration patience) throws IOException {
        connection.send("CAP REQ :" + CAPABILITIES + "\r\nNICK " + nick + "\r\nUSER crash 0 * :crash test\r\nCAP END");
        Deadline deadline = new Deadline(patience);
        while (true) {
            IrcLine line = next(deadline);
            if (line.is("376") || line.is("422")) { // the end of the message of the day, or there is none
                return;
            } else if (line.is("CAP") && line.param(1).equals("NAK")) {
                throw CrashFailure.cannotRun("this server lacks one of the capabilities " + CAPABILITIES);
            } else if (line.is("433")) {
                connection.send("QUIT");
                throw new IOException("the name " + nick + " is taken");
            }
        }
    }

    /** Enters rooms. What is said in them from then on goes to {@code transcript}, also before this returns. */
    void join(List<String> rooms, Transcript transcript, Duration patience) throws IOException {
        connection.send("JOIN #" + String.join(",#", rooms));
        Deadline deadline = new Deadline(patience);
        int entered = 0;
        while (entered < rooms.size()) {
            IrcLine line = next(deadline);
            message(line).ifPresent(transcript::shown);
            if (line.is("366")) {
                entered++;
            } else if (!line.params().isEmpty() && line.command().matches("4\\d\\d|FAIL")) {
                throw new IOException("cannot enter: " + line);
            }
        }
    }

    /** The message that a line holds, if it is one of this run. */
    Optional<Shown> message(IrcLine line) {
        if (!line.is("PRIVMSG") || !line.param(0).startsWith("#")) {
            return Optional.empty();
        }
        String text = line.param(1);
        return Wording.id(run, text)
                .map(id -> sightings.one(new Shown(
                        line.param(0).substring(1),
                        id,
                        line.source(),
                        line.tag("msgid"),
                        time(line.tag("time")),
                        Wording.isWhole(text))));
    }

    private static Instant time(String text) {
        return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
    }

    void send(String line) throws IOException {
        connection.send(line);
    }

    /** The next line, if one comes in time. Answers what the server asks by itself. */
    Optional<IrcLine> read(Duration patience) throws IOException {
        Optional<IrcLine> line = connection.read(patience).map(IrcLine::parse);
        if (line.isPresent() && line.get().is("PING")) {
            connection.send("PONG :" + line.get().param(0));
            return read(SOON);
        }
        return line;
    }

    /** @throws IOException when none comes in time */
    IrcLine next(Deadline deadline) throws IOException {
        return read(deadline.left()).orElseThrow(() -> new IOException("no answer in time"));
    }
}
