package io.teahouse.wire.irc;

import akka.util.ByteString;
import io.teahouse.client.ForeignProtocol;
import io.teahouse.client.Request;
import io.teahouse.client.Session;
import io.teahouse.user.UserMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Turns lines into requests. Every line, valid or not, gives a request that replies to it. */
final class IrcReader {
    private static final int BODY = IrcServer.LINE - 2;

    private final IrcServer server;
    private final IrcClient client;
    private final Output out;

    IrcReader(IrcServer server, IrcClient client, Output out) {
        this.server = server;
        this.client = client;
        this.out = out;
    }

    Request read(ByteString line) {
        Optional<String> foreign = client.isRegistered() ? Optional.empty() : ForeignProtocol.recognize(line);
        if (foreign.isPresent()) {
            return session -> session.connection().cutOff(foreign.get());
        }
        byte[] bytes = line.toArray();
        int tags = tags(bytes);
        Optional<String> text = IrcText.decode(bytes);
        if (tags > IrcServer.CLIENT_TAGS || bytes.length - tags > BODY) {
            return answer(lenient(bytes), call -> call.reply(Numeric.ERR_INPUTTOOLONG));
        } else if (text.isEmpty()) {
            return answer(lenient(bytes), call -> call.fail("INVALID_UTF8", "Message rejected, it is not valid UTF-8"));
        }
        return request(toService(IrcMessage.parse(IrcText.oneLine(text.get()))));
    }

    /** The length of the tag part, with the {@code @} and the space. */
    private static int tags(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != '@') {
            return 0;
        }
        int at = 0;
        while (at < bytes.length && bytes[at] != ' ') {
            at++;
        }
        return Math.min(at + 1, bytes.length);
    }

    /** Parses a line that will be rejected, for its command and its label. */
    private static IrcMessage lenient(byte[] bytes) {
        return IrcMessage.parse(IrcText.oneLine(new String(bytes, StandardCharsets.US_ASCII)));
    }

    /** What is said to a service is a command, so that it is neither sent nor echoed: it may be a password. */
    private static IrcMessage toService(IrcMessage message) {
        if (!message.command().equalsIgnoreCase("PRIVMSG") || message.tags().containsKey("batch")) {
            return message;
        }
        return Service.named(message.param(0))
                .map(service -> new IrcMessage(message.tags(), "", service.verb(), List.of(message.param(1))))
                .orElse(message);
    }

    private Request request(IrcMessage message) {
        if (message.command().isEmpty()) {
            return answer(message, call -> {});
        }
        Optional<IrcCommand> command = server.command(message.command());
        if (command.isEmpty()) {
            return answer(message, this::unknown);
        }
        boolean pipelined = command.get().isMessage() && client.label(message).isEmpty() && client.isRegistered();
        return new CommandLine(message, command.get(), pipelined);
    }

    private void unknown(Call call) {
        if (client.isRegistered()) {
            call.reply(Numeric.ERR_UNKNOWNCOMMAND, IrcText.cut(call.message().command(), 64), "Unknown command");
        } else {
            call.reply(Numeric.ERR_NOTREGISTERED);
        }
    }

    private boolean mayRun(Call call, Spec spec) {
        if (spec.when() != Spec.When.ALWAYS && !client.isRegistered()) {
            call.reply(Numeric.ERR_NOTREGISTERED);
        } else if (call.message().params().size() < spec.minParams()) {
            call.reply(Numeric.ERR_NEEDMOREPARAMS, spec.verb());
        } else if (spec.when() == Spec.When.OPERATOR && !call.me().is(UserMode.OPERATOR)) {
            call.reply(Numeric.ERR_NOPRIVILEGES);
        } else {
            return true;
        }
        return false;
    }

    private Request answer(IrcMessage message, Consumer<Call> run) {
        return new Request() {
            @Override
            public void run(Session session) {
                out.begin(labelToAnswer(message));
                run.accept(new Call(message, server, client, session, out));
            }

            @Override
            public boolean isFollowed() {
                return true;
            }
        };
    }

    /** The request that a command makes. Messages are pipelined; every other request is followed to its end. */
    private final class CommandLine implements Request {
        private final IrcMessage message;
        private final IrcCommand command;
        private final boolean pipelined;

        CommandLine(IrcMessage message, IrcCommand command, boolean pipelined) {
            this.message = message;
            this.command = command;
            this.pipelined = pipelined;
        }

        @Override
        public void run(Session session) {
            if (!pipelined) {
                out.begin(labelToAnswer(message));
            }
            boolean afterwards = command.isMessage() && client.isRegistered();
            Call.Answer answer = afterwards ? Call.Answer.AFTERWARDS : Call.Answer.REPLY;
            Call call = new Call(message, server, client, session, out, answer);
            if (mayRun(call, command.spec())) {
                command.run(call);
            }
        }

        @Override
        public int cost() {
            return command.spec().cost();
        }

        @Override
        public int work(Session session) {
            return client.isRegistered() && !command.isMessage()
                    ? command.work(new Call(message, server, client, session, out))
                    : 0;
        }

        @Override
        public boolean isPipelined() {
            return pipelined;
        }

        @Override
        public boolean isFollowed() {
            return !pipelined;
        }
    }

    /**
     * The label of the reply. The label of a multiline batch is used when the client closes the batch, or at its first
     * error.
     */
    private String labelToAnswer(IrcMessage message) {
        boolean batch = message.command().equalsIgnoreCase("BATCH");
        if (batch && message.param(0).startsWith("+")) {
            return "";
        }
        Optional<Multiline> open = client.multiline();
        if (batch
                && open.filter(each -> message.param(0).equals("-" + each.id())).isPresent()) {
            return open.get().label();
        }
        boolean within = open.isPresent() && message.tags().containsKey("batch");
        return within ? "" : client.label(message);
    }
}
