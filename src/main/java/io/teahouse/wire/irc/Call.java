package io.teahouse.wire.irc;

import io.teahouse.client.Session;
import io.teahouse.room.Glob;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomName;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One use of a command: its message, whose it is, and where the answer goes. Its methods write the forms in which a
 * server answers; see {@link IrcMessage} for the parameters.
 */
public final class Call {
    private final IrcMessage message;
    private final IrcServer server;
    private final IrcClient client;
    private final Session session;
    private final Output out;
    private final Consumer<String> to;

    Call(IrcMessage message, IrcServer server, IrcClient client, Session session, Output out) {
        this(message, server, client, session, out, out::reply);
    }

    private Call(
            IrcMessage message, IrcServer server, IrcClient client, Session session, Output out, Consumer<String> to) {
        this.to = to;
        this.message = message;
        this.server = server;
        this.client = client;
        this.session = session;
        this.out = out;
    }

    /** The same, but what is written answers nothing that the client has asked for. */
    Call unasked() {
        return new Call(message, server, client, session, out, out::push);
    }

    /** The same, but what is written comes after all that was asked for before it: nothing is overtaken by a refusal. */
    public Call afterwards() {
        return new Call(message, server, client, session, out, line -> session.afterwards(() -> out.reply(line)));
    }

    public IrcMessage message() {
        return message;
    }

    public String param(int index) {
        return message.param(index);
    }

    /** By which the client knows the answer to what it sent, or empty (IRCv3 labeled-response). */
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

    /** How others see the client, which has registered. */
    public UserSnapshot me() {
        return session.user().orElseThrow(() -> new IllegalStateException("not registered"));
    }

    /** The address of a user, if this client may see it: users see their own, server operators see all. */
    public Optional<String> address(UserSnapshot who) {
        boolean may = who.isSameUser(me()) || me().is(UserMode.OPERATOR) || !who.isCloaked();
        return may ? Optional.of(who.address()) : Optional.empty();
    }

    /** Goes on with the registration, if all that it needs has been said. */
    public void register() {
        Registration.goOn(this);
    }

    /** The name to which numerics are addressed. */
    public String nick() {
        return session.nick().map(Object::toString).orElse("*");
    }

    public Optional<RoomName> room(String channel) {
        return server.room(channel);
    }

    /** A numeric, with its own text as the last parameter if it has one. */
    public void reply(Numeric numeric, String... params) {
        String text = numeric.text();
        if (text.isEmpty()) {
            line(numericLine(numeric, params.length - 1, params, params.length == 0 ? "" : params[params.length - 1]));
        } else {
            line(numericLine(numeric, params.length, params, text));
        }
    }

    /** A numeric with another text than its own. */
    public void replyText(Numeric numeric, String text, String... params) {
        line(numericLine(numeric, params.length, params, text));
    }

    /** The line of {@link #reply}, with its end mark, to be written as part of something else. */
    String numeric(Numeric numeric, String... params) {
        String text = numeric.text();
        return text.isEmpty()
                ? numericLine(numeric, params.length - 1, params, params[params.length - 1])
                : numericLine(numeric, params.length, params, text);
    }

    /** Lines that were made already. */
    public void lines(List<String> made) {
        made.forEach(this::line);
    }

    /** A numeric whose last parameter is no text, so that it needs no colon. */
    public void replyPlain(Numeric numeric, String... params) {
        line(numericPlain(numeric, params));
    }

    /** Its line, with its end mark, to be written as part of something else. */
    public String numericPlain(Numeric numeric, String... params) {
        return LineBudget.words(start(numeric), List.of(params));
    }

    /** As it is, with its end mark. */
    void line(String text) {
        to.accept(text);
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

    /** A line of the server's own, other than a numeric; the last parameter is a text, of which as much is said as fits. */
    public void say(String command, String... params) {
        String start = ":" + server.name() + " " + command;
        int middle = Math.max(0, params.length - 1);
        line(LineBudget.text(start, List.of(params).subList(0, middle), params.length == 0 ? "" : params[middle]));
    }

    /** A line from the server, or, if {@code source} is empty, from nobody. */
    public void sayAs(String source, String command, String... params) {
        line(LineBudget.end(new IrcMessage(Map.of(), source, command, List.of(params)).format()));
    }

    /**
     * A line from the client itself, with the tags that it would bear for others.
     *
     * @param words the last one has its colon already if it needs one
     */
    public void sayOwn(String... words) {
        sayOwn(me().nick(), words);
    }

    /** @param before as the client was called when it did that */
    void sayOwn(Nick before, String... words) {
        EventWriter writer = new EventWriter(client.capabilities(), "", (unit, by, own) -> line(unit));
        writer.told(Instant.now(), before, session.profile(), words);
    }

    /** A standard reply (IRCv3 standard-replies): {@code FAIL COMMAND CODE context… :text}. */
    public void fail(String code, String text, String... context) {
        failAs(message.command(), code, text, context);
    }

    /** The same, about another command than the one that was given. */
    public void failAs(String command, String code, String text, String... context) {
        line(Replies.fail(server.name(), command, code, text, context));
    }

    /** The same, with a label of its own; empty: with that of the call, if it has one. */
    public void failLabelled(String label, String command, String code, String text, String... context) {
        StringBuilder line = new StringBuilder();
        String tag = label.isEmpty() ? "" : "label=" + IrcTags.escape(label);
        Output.append(line, tag, Replies.fail(server.name(), command, code, text, context));
        line(line.toString());
    }

    /** A standard reply that is no refusal; who has not asked for such replies gets a notice. */
    public void note(String code, String text) {
        if (client.has(Capability.STANDARD_REPLIES)) {
            line(Replies.note(server.name(), message.command(), code, text));
        } else {
            say("NOTICE", nick(), text);
        }
    }

    /** Several words, as many to a line as it holds; none: no line. */
    public void replyWords(Numeric numeric, List<String> params, Collection<String> words, String separator) {
        String start = start(numeric) + (params.isEmpty() ? "" : " " + String.join(" ", params));
        LineBudget.pieces(words, separator, LineBudget.left(start))
                .forEach(piece -> line(start + " :" + piece + "\r\n"));
    }

    /** The same; one line without any, if there are none. */
    public void replyWords(Numeric numeric, Collection<String> words) {
        if (words.isEmpty()) {
            reply(numeric, "");
        } else {
            replyWords(numeric, List.of(), words, " ");
        }
    }

    /** The same without a colon, made into lines to be written as part of something else. */
    public List<String> wordLines(Numeric numeric, Collection<String> words) {
        String start = start(numeric).toString();
        return LineBudget.pieces(words, " ", LineBudget.left(start)).stream()
                .map(piece -> start + " " + piece + "\r\n")
                .toList();
    }

    /** A numeric before whose own text stands one of several words, separated by commas; as often as it takes. */
    public void replyEach(Numeric numeric, String param, Collection<String> words) {
        int left = LineBudget.left(start(numeric) + " " + param + " " + numeric.text());
        LineBudget.pieces(words, ",", left).forEach(piece -> reply(numeric, param, piece));
    }

    /** A text of any length, in as many lines as it takes. */
    public void replyLong(Numeric numeric, String before, String text) {
        int left = LineBudget.left(start(numeric)) - IrcText.size(before);
        IrcText.split(text, left).forEach(piece -> reply(numeric, before + piece));
    }

    /** How much a line of the client's own holds after those words, as others get it, in bytes. */
    public int leftAsOwn(String... words) {
        return LineBudget.left(":" + me().source() + " " + String.join(" ", words));
    }

    /** How much a line of the server's own holds after those words, in bytes. */
    public int left(String command, String... words) {
        return LineBudget.left(":" + server.name() + " " + command + " " + String.join(" ", words));
    }

    /** False, and the client has been told, if it has not asked for a capability without which the command is none. */
    public boolean hasAskedFor(Capability needed) {
        if (!client.has(needed)) {
            String verb = message.command().toUpperCase(Locale.ROOT);
            reply(Numeric.ERR_UNKNOWNCOMMAND, verb, "Unknown command without the capability " + needed.text());
        }
        return client.has(needed);
    }

    /** Whoever has that name; if nobody does, ERR_NOSUCHNICK has been said. */
    public Optional<UserSnapshot> person(String name) {
        Optional<UserSnapshot> found = session.users().find(name);
        if (found.isEmpty()) {
            reply(Numeric.ERR_NOSUCHNICK, name);
        }
        return found;
    }

    /** False, and ERR_NOSUCHSERVER has been said, if parameter {@code index} names another server. */
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

    /** Ends the connection, having said why. */
    public void close(String reason, String quitText) {
        out.lastLine(Replies.closing(reason));
        session.quit(quitText);
    }
}
