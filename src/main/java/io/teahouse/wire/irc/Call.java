package io.teahouse.wire.irc;

import io.teahouse.client.Outcome;
import io.teahouse.client.Session;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomName;
import io.teahouse.room.support.Glob;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One invocation of a command: the message, the client that sent it, and where its reply goes. The methods write the
 * kinds of line with which a server replies; see {@link IrcMessage} for the parameters.
 */
public final class Call {
    private final IrcMessage message;
    private final IrcServer server;
    private final IrcClient client;
    private final Session session;
    private final Output out;
    private final Answer answer;

    /** What the lines of a call are to the client. */
    enum Answer {
        /** Part of the reply to its request. */
        REPLY,
        /** The same, after the replies to all earlier requests. */
        AFTERWARDS,
        /** No reply. */
        UNASKED
    }

    Call(IrcMessage message, IrcServer server, IrcClient client, Session session, Output out) {
        this(message, server, client, session, out, Answer.REPLY);
    }

    Call(IrcMessage message, IrcServer server, IrcClient client, Session session, Output out, Answer answer) {
        this.answer = answer;
        this.message = message;
        this.server = server;
        this.client = client;
        this.session = session;
        this.out = out;
    }

    /** Returns a call whose lines answer no request of the client. */
    Call unasked() {
        return new Call(message, server, client, session, out, Answer.UNASKED);
    }

    /**
     * Returns a call whose lines are written after the replies to all earlier requests, so that a refusal overtakes
     * nothing.
     */
    public Call afterwards() {
        return new Call(message, server, client, session, out, Answer.AFTERWARDS);
    }

    /** Writes the replies if a room refuses that command. */
    public Outcome outcome(String verb) {
        return new Refusals(session, server, client, out, verb, Optional.empty());
    }

    /** The same for RENAME. */
    public Outcome outcome(String verb, RoomName newName) {
        return new Refusals(session, server, client, out, verb, Optional.of(newName));
    }

    public IrcMessage message() {
        return message;
    }

    public String param(int index) {
        return message.param(index);
    }

    /** The label that the client gave to its request (IRCv3 labeled-response); empty if there is none. */
    public String label() {
        return client.label(message);
    }

    public boolean has(int index) {
        return message.has(index);
    }

    public IrcServer server() {
        return server;
    }

    public IrcClient client() {
        return client;
    }

    public Session session() {
        return session;
    }

    Output out() {
        return out;
    }

    /** How other users see the client. Throws if the client has not registered. */
    public UserSnapshot me() {
        return session.identity().user().orElseThrow(() -> new IllegalStateException("not registered"));
    }

    /** The address of a user, if this client may see it: users see their own, server operators see every one. */
    public Optional<String> address(UserSnapshot who) {
        boolean may = who.isSameUser(me()) || me().is(UserMode.OPERATOR) || !who.isCloaked();
        return may ? Optional.of(who.address()) : Optional.empty();
    }

    /** Completes the registration if the client has sent everything that it needs. */
    public void register() {
        Registration.completeIfReady(this);
    }

    /** The client parameter of numerics: the client's nick, or {@code *} before it has one. */
    public String nick() {
        return session.identity().nick().map(Object::toString).orElse("*");
    }

    public Optional<RoomName> room(String channel) {
        return server.room(channel);
    }

    /** Sends a numeric; its fixed text, if it has one, is added as the last parameter. */
    public void reply(Numeric numeric, String... params) {
        String text = numeric.text();
        if (text.isEmpty()) {
            line(numericLine(numeric, params.length - 1, params, params.length == 0 ? "" : params[params.length - 1]));
        } else {
            line(numericLine(numeric, params.length, params, text));
        }
    }

    /** Sends a numeric with {@code text} in place of its fixed text. */
    public void replyText(Numeric numeric, String text, String... params) {
        line(numericLine(numeric, params.length, params, text));
    }

    /** The line that {@link #reply} would send, with its line end, to be written as part of a larger reply. */
    String numeric(Numeric numeric, String... params) {
        String text = numeric.text();
        return text.isEmpty()
                ? numericLine(numeric, params.length - 1, params, params[params.length - 1])
                : numericLine(numeric, params.length, params, text);
    }

    /** Sends finished lines. */
    public void lines(List<String> made) {
        made.forEach(this::line);
    }

    /** Sends a numeric whose last parameter is a single word, without a colon. */
    public void replyPlain(Numeric numeric, String... params) {
        line(numericPlain(numeric, params));
    }

    /** The line that {@link #replyPlain} would send, with its line end, to be written as part of a larger reply. */
    public String numericPlain(Numeric numeric, String... params) {
        return LineBudget.words(start(numeric), List.of(params));
    }

    /** Sends a finished line, which includes its line end. */
    void line(String text) {
        switch (answer) {
            case REPLY -> out.reply(text);
            case AFTERWARDS -> session.connection().afterwards(() -> out.reply(text));
            case UNASKED -> out.push(text);
        }
    }

    private String numericLine(Numeric numeric, int middle, String[] params, String text) {
        return LineBudget.text(start(numeric), List.of(params).subList(0, Math.max(middle, 0)), text);
    }

    private StringBuilder start(Numeric numeric) {
        return new StringBuilder(64)
                .append(':')
                .append(server.name())
                .append(' ')
                .append(numeric.code())
                .append(' ')
                .append(nick());
    }

    /** Sends a line from the server that is not a numeric. The last parameter is a text, cut to what fits. */
    public void say(String command, String... params) {
        String start = ":" + server.name() + " " + command;
        int middle = Math.max(0, params.length - 1);
        line(LineBudget.text(start, List.of(params).subList(0, middle), params.length == 0 ? "" : params[middle]));
    }

    /** Sends the client a text from the server, in as many lines as it needs. */
    public void notice(String text) {
        lines(Replies.notices(server.name(), nick(), text));
    }

    /** Sends a line from {@code source}; if that is empty, the line has no source. */
    public void sayAs(String source, String command, String... params) {
        line(LineBudget.end(new IrcMessage(Map.of(), source, command, List.of(params)).format()));
    }

    /**
     * Sends the client a line about its own action, with the same tags that others see.
     *
     * @param words the words of the line; the last one includes its colon if it needs one
     */
    public void sayOwn(String... words) {
        sayOwn(me().nick(), words);
    }

    /** @param before the nick of the client at the time of the action */
    void sayOwn(Nick before, String... words) {
        say(before, session.identity().profile(), words);
    }

    /** Sends an action of the user that the client was. */
    void sayAs(UserSnapshot before, String... words) {
        say(before.nick(), before.profile(), words);
    }

    private void say(Nick nick, Profile profile, String... words) {
        EventWriter writer = new EventWriter(client.capabilities(), "", (unit, own) -> line(unit));
        writer.outsideRooms(Instant.now(), nick, profile, words);
    }

    /** Sends a standard reply (IRCv3 standard-replies): {@code FAIL COMMAND CODE context… :text}. */
    public void fail(String code, String text, String... context) {
        failAs(message.command(), code, text, context);
    }

    /** Sends a {@code FAIL} that names {@code command} instead of the command of this call. */
    public void failAs(String command, String code, String text, String... context) {
        line(Replies.fail(server.name(), command, code, text, context));
    }

    /** Sends a {@code FAIL} with the given label; if that is empty, with the label of the call, if there is one. */
    public void failLabelled(String label, String command, String code, String text, String... context) {
        StringBuilder line = new StringBuilder();
        String tag = label.isEmpty() ? "" : "label=" + IrcTags.escape(label);
        Output.append(line, tag, Replies.fail(server.name(), command, code, text, context));
        line(line.toString());
    }

    /** Sends a {@code NOTE} (IRCv3 standard-replies), or a NOTICE to clients without that capability. */
    public void note(String code, String text, String... context) {
        if (client.has(Capability.STANDARD_REPLIES)) {
            line(Replies.note(server.name(), message.command(), code, text, context));
        } else {
            say("NOTICE", nick(), text);
        }
    }

    /** Sends a numeric that lists {@code words}, in as many lines as they need; no line if there are no words. */
    public void replyWords(Numeric numeric, List<String> params, Collection<String> words, String separator) {
        String start = start(numeric) + (params.isEmpty() ? "" : " " + String.join(" ", params));
        LineBudget.pieces(words, separator, LineBudget.left(start))
                .forEach(piece -> line(start + " :" + piece + "\r\n"));
    }

    /** Sends a numeric that lists {@code words}; if there are none, one line with an empty list. */
    public void replyWords(Numeric numeric, Collection<String> words) {
        if (words.isEmpty()) {
            reply(numeric, "");
        } else {
            replyWords(numeric, List.of(), words, " ");
        }
    }

    /** The lines of a numeric that lists {@code words} without a colon, to be written as part of a larger reply. */
    public List<String> wordLines(Numeric numeric, Collection<String> words) {
        String start = start(numeric).toString();
        return LineBudget.pieces(words, " ", LineBudget.left(start)).stream()
                .map(piece -> start + " " + piece + "\r\n")
                .toList();
    }

    /** Sends a numeric with a comma-separated list before its fixed text, in as many lines as the list needs. */
    public void replyEach(Numeric numeric, String param, Collection<String> words) {
        int left = LineBudget.left(start(numeric) + " " + param + " " + numeric.text());
        LineBudget.pieces(words, ",", left).forEach(piece -> reply(numeric, param, piece));
    }

    /** Sends a text of any length, in as many lines as it needs. */
    public void replyLong(Numeric numeric, String before, String text) {
        int left = LineBudget.left(start(numeric)) - IrcText.size(before);
        IrcText.split(text, left).forEach(piece -> reply(numeric, before + piece));
    }

    /** How many bytes of text fit after a command and its target into a line from this client as others receive it. */
    public int leftAsOwn(String command, String target) {
        return LineBudget.left(":" + me().source() + " " + command + " " + target);
    }

    /** How many bytes of text fit after {@code command} and {@code words} into a line from the server. */
    public int left(String command, String... words) {
        return LineBudget.left(":" + server.name() + " " + command + " " + String.join(" ", words));
    }

    /** Whether the client has enabled a capability that the command needs. If not, ERR_UNKNOWNCOMMAND has been sent. */
    public boolean hasAskedFor(Capability needed) {
        if (!client.has(needed)) {
            String verb = message.command().toUpperCase(Locale.ROOT);
            reply(Numeric.ERR_UNKNOWNCOMMAND, verb, "Unknown command without the capability " + needed.text());
        }
        return client.has(needed);
    }

    /** The user with that nick. If there is none, ERR_NOSUCHNICK has been sent. */
    public Optional<UserSnapshot> person(String name) {
        Optional<UserSnapshot> found = session.queries().users().find(name);
        if (found.isEmpty()) {
            reply(Numeric.ERR_NOSUCHNICK, name);
        }
        return found;
    }

    /** Whether parameter {@code index} is absent or names this server. If not, ERR_NOSUCHSERVER has been sent. */
    public boolean isForThisServer(int index) {
        String asked = param(index);
        CaseMapping folding = server.settings().names().caseMapping();
        boolean meant = asked.isEmpty()
                || asked.equals(nick())
                || Glob.of(asked, folding).fits(folding.apply(server.name()));
        if (!meant) {
            reply(Numeric.ERR_NOSUCHSERVER, asked);
        }
        return meant;
    }

    /** Closes the connection after an ERROR line with {@code reason}. */
    public void close(String reason, String quitText) {
        out.lastLine(Replies.closing(reason));
        session.connection().quit(quitText);
    }
}
