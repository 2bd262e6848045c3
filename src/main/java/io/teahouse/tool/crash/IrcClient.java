package io.teahouse.tool.crash;

import io.teahouse.tool.client.BlockingConnection;
import io.teahouse.tool.client.IrcLine;
import io.teahouse.tool.client.IrcSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A connection to the IRC port that joins rooms and reads their messages. For one thread. */
final class IrcClient implements AutoCloseable {
    private static final String CAPABILITIES =
            "message-tags echo-message server-time batch standard-replies draft/chathistory";

    private final CrashPlan plan;
    private final MessageInterner interner;
    private final IrcSession session;
    private final BlockingConnection connection;

    /** @param rooms that it joins, without {@code #} */
    IrcClient(String nick, List<String> rooms, ServerInstance server, CrashPlan plan, MessageInterner interner)
            throws IOException {
        this.plan = plan;
        this.interner = interner;
        List<String> channels = rooms.stream().map(room -> "#" + room).toList();
        session = new IrcSession(nick, CAPABILITIES, channels);
        connection = BlockingConnection.open(server.ircPort(), plan.patience());
    }

    /**
     * Registers and joins the rooms. From then on their messages go to {@code transcript}, even before this
     * returns.
     *
     * @throws IOException when the server refuses the client, perhaps only for now: the nick may be in use for a
     *     while
     */
    void enter(Transcript transcript) throws IOException {
        connection.send(session.start());
        Deadline deadline = new Deadline(plan.patience());
        while (!session.hasEntered()) {
            IrcLine line = next(deadline);
            message(line).ifPresent(transcript::shown);
            if (line.is("CAP") && line.param(1).equals("NAK")) {
                throw CrashFailure.cannotRun("this server lacks one of the capabilities " + CAPABILITIES);
            }
        }
    }

    /** The message that a line contains, if it is one of this run. */
    Optional<ShownMessage> message(IrcLine line) {
        if (!line.is("PRIVMSG") || !line.param(0).startsWith("#")) {
            return Optional.empty();
        }
        String text = line.param(1);
        return MessageText.id(plan.run(), text)
                .map(id -> interner.intern(new ShownMessage(
                        line.param(0).substring(1),
                        id,
                        line.source(),
                        line.tag("msgid"),
                        time(line.tag("time")),
                        MessageText.isWhole(text))));
    }

    private static Instant time(String text) {
        return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
    }

    /** Sends lines, none of them with its line end. */
    void send(List<String> lines) throws IOException {
        connection.send(String.join("\r\n", lines) + "\r\n");
    }

    /** The next line, if one comes in time; answers it if the server asks for an answer. */
    Optional<IrcLine> read(Duration patience) throws IOException {
        Optional<String> line = connection.read(patience);
        if (line.isPresent()) {
            connection.send(session.answer(line.get()));
        }
        return line.map(IrcLine::parse);
    }

    /** @throws IOException when no line comes in time */
    IrcLine next(Deadline deadline) throws IOException {
        return read(deadline.left()).orElseThrow(() -> new IOException("no answer in time"));
    }

    /** Ends the connection as a network failure does. */
    void reset() throws IOException {
        connection.reset();
    }

    @Override
    public void close() {
        connection.close();
    }
}
