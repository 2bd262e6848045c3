package io.teahouse.wire.irc.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.teahouse.account.Account;
import io.teahouse.account.AccountSettings;
import io.teahouse.account.LoginToken;
import io.teahouse.account.Result;
import io.teahouse.client.Login;
import io.teahouse.wire.irc.BearerMessage;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Capability;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcText;
import io.teahouse.wire.irc.LoginReplies;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.SaslExchange;
import io.teahouse.wire.irc.Spec;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * AUTHENTICATE (IRCv3 sasl-3.1 and 3.2), before and after registration, also from a client that is already logged in
 * ("reauthentication").
 */
final class AuthenticateCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("AUTHENTICATE", 1, "mechanism|data|*", "Logs in to an account, by SASL.")
            .always();

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        Optional<SaslExchange> begun = call.client().sasl();
        String param = call.param(0);
        if (!call.client().has(Capability.SASL)) {
            call.reply(Numeric.ERR_SASLFAIL, "SASL authentication failed: ask for the capability sasl first");
        } else if (param.equals("*")) {
            LoginReplies.abort(call);
        } else if (begun.isEmpty()) {
            begin(call, param);
        } else if (param.length() > SaslExchange.CHUNK) {
            call.client().sasl(Optional.empty());
            call.reply(Numeric.ERR_SASLTOOLONG);
        } else if (begun.get().isTooLong(param)) {
            fail(call, "that is too long");
        } else {
            begun.get().take(param).ifPresent(message -> go(call, begun.get(), message));
        }
    }

    private static void begin(Call call, String name) {
        AccountSettings accounts = call.session().login().settings();
        Optional<SaslExchange.Mechanism> mechanism = SaslExchange.Mechanism.named(name, accounts);
        if (mechanism.isEmpty()) {
            call.reply(Numeric.RPL_SASLMECHS, SaslExchange.Mechanism.list(accounts));
            fail(call, "there is no such mechanism");
        } else {
            call.client().sasl(mechanism.map(SaslExchange::new));
            send(call, "");
        }
    }

    /** Handles a complete message of the client, in base64. */
    private static void go(Call call, SaslExchange sasl, String base64) {
        Optional<String> message = decode(base64);
        if (message.isEmpty()) {
            fail(call, "that is not UTF-8 in base64");
        } else if (sasl.mechanism() == SaslExchange.Mechanism.PLAIN) {
            plain(call, message.get());
        } else if (sasl.mechanism() == SaslExchange.Mechanism.OAUTHBEARER) {
            bearer(call, sasl, message.get());
        } else if (sasl.authenticated().isPresent()) {
            call.session().login().enter(sasl.authenticated().get(), answer -> finish(call, answer));
        } else if (sasl.challenge().isPresent()) {
            call.session()
                    .login()
                    .finish(
                            sasl.challenge().get(),
                            message.get(),
                            answer -> answer.handle(
                                    success -> {
                                        sasl.authenticated(success);
                                        send(call, success.message());
                                    },
                                    refused -> fail(call, refused)));
        } else {
            call.session()
                    .login()
                    .challenge(
                            message.get(),
                            answer -> answer.handle(
                                    challenge -> {
                                        sasl.challenge(challenge);
                                        send(call, challenge.message());
                                    },
                                    refused -> fail(call, refused)));
        }
    }

    private static Optional<String> decode(String base64) {
        try {
            return IrcText.decode(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * {@code authzid NUL authcid NUL password} (RFC 4616 §2); the two names must be the same. The password may be a token: few bots know
     * another mechanism.
     */
    private static void plain(Call call, String message) {
        String[] parts = message.split("\0", -1);
        if (parts.length != 3 || !(parts[0].isEmpty() || key(call, parts[0]).equals(key(call, parts[1])))) {
            fail(call, "that is not a valid PLAIN message");
            return;
        }
        Login login = call.session().login();
        Consumer<Result<Account>> then = answer -> finish(call, answer);
        if (LoginToken.isToken(parts[2])) {
            login.token(parts[2], Optional.of(parts[1]), then);
        } else {
            login.password(parts[1], parts[2], then);
        }
    }

    /** After a refusal, the client confirms it before the exchange ends (RFC 7628 §3.2.3). */
    private static void bearer(Call call, SaslExchange sasl, String message) {
        Optional<BearerMessage> given = BearerMessage.parse(message);
        if (sasl.refusal().isPresent()) {
            fail(call, sasl.refusal().get());
        } else if (given.isEmpty()) {
            fail(call, "that is not a valid OAUTHBEARER message");
        } else {
            call.session()
                    .login()
                    .token(
                            given.get().token(),
                            given.get().name(),
                            answer -> answer.handle(account -> LoginReplies.succeed(call, account), refused -> {
                                sasl.refused(refused.why());
                                send(call, BearerMessage.error(refused.reason() != Result.Reason.WRONG));
                            }));
        }
    }

    /** The key of a name, equal for all its spellings. */
    private static String key(Call call, String name) {
        return call.session().queries().users().key(name).orElse(name);
    }

    private static void finish(Call call, Result<Account> answer) {
        answer.handle(account -> LoginReplies.succeed(call, account), refused -> fail(call, refused));
    }

    private static void fail(Call call, Result.Refused<?> refused) {
        fail(call, refused.why());
    }

    private static void fail(Call call, String why) {
        call.client().sasl(Optional.empty());
        call.reply(Numeric.ERR_SASLFAIL, "SASL authentication failed: " + why);
    }

    /** Sends a message in pieces; a piece shorter than the maximum marks the end. */
    private static void send(Call call, String message) {
        String base64 = Base64.getEncoder().encodeToString(message.getBytes(UTF_8));
        int from = 0;
        while (from + SaslExchange.CHUNK <= base64.length()) {
            call.sayAs("", SPEC.verb(), base64.substring(from, from + SaslExchange.CHUNK));
            from += SaslExchange.CHUNK;
        }
        String last = base64.substring(from);
        call.sayAs("", SPEC.verb(), last.isEmpty() ? "+" : last);
    }
}
