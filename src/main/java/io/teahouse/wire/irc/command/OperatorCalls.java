package io.teahouse.wire.irc.command;

import io.teahouse.operator.Answer;
import io.teahouse.operator.AuditTrail;
import io.teahouse.operator.Operator;
import io.teahouse.operator.PowerSpec;
import io.teahouse.operator.Powers;
import io.teahouse.operator.Privilege;
import io.teahouse.operator.Way;
import io.teahouse.room.support.Address;
import io.teahouse.user.UserMode;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Numeric;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Uses the powers of operators for IRC commands, and writes what they answer. */
final class OperatorCalls {
    private OperatorCalls() {}

    /**
     * Who calls. By the settings as of now, so that a reload takes effect at once; after MODE -o, a user has no privilege.
     */
    static Operator operator(Call call) {
        return operator(call, entry(call));
    }

    private static Optional<String> entry(Call call) {
        return call.server()
                .operators()
                .find(call.me().id())
                .or(call.client()::operator)
                .filter(any -> call.me().is(UserMode.OPERATOR));
    }

    /** @param entry of the settings by which the caller is an operator; empty: they are none */
    static Operator operator(Call call, Optional<String> entry) {
        Set<Privilege> privileges =
                entry.map(call.server().settings().access()::privileges).orElse(Set.of());
        String name = entry.map(each -> each + " (" + call.me().source() + ")")
                .orElse(call.me().source());
        return new Operator(
                name,
                Way.IRC,
                privileges,
                Optional.of(call.me().id()),
                call.session().identity().thisConnection().flatMap(here -> Address.parse(here.address())));
    }

    /**
     * Whether the caller has the privilege for something that is no power. The audit log says that they have done it; if not, ERR_NOPRIVS has been
     * sent, and the audit log says so.
     *
     * @param arguments for the audit log
     */
    static boolean may(Call call, Privilege needed, String arguments) {
        Operator by = operator(call);
        String what = call.message().command().toLowerCase(Locale.ROOT);
        if (by.has(needed)) {
            call.server().powers().trail().write(new AuditTrail.Action(by, what, arguments, "", "done"));
            return true;
        }
        String refusal = "refused: " + what + " needs the privilege " + needed.text();
        call.server()
                .powers()
                .trail()
                .refused(by.key() + " " + what, new AuditTrail.Action(by, what, arguments, "", refusal));
        lacks(call, needed);
        return false;
    }

    private static void lacks(Call call, Privilege needed) {
        call.reply(Numeric.ERR_NOPRIVS, needed.text());
    }

    /** What the caller is told when it was done; they are always told of a refusal. */
    enum Reply {
        /** Nothing, as for the commands of RFC 2812 that people have known for long. */
        NONE,
        TEXT,
        ROWS_AND_TEXT
    }

    /** Uses the power of that name, and writes the answer. */
    static void use(Call call, String name, Map<String, String> arguments, Reply reply) {
        PowerSpec power = Powers.find(name).orElseThrow();
        call.session()
                .connection()
                .await(
                        call.server().powers().run(operator(call), power.name(), arguments),
                        answer -> answer.ifPresent(it -> write(call, power, it, reply)));
    }

    private static void write(Call call, PowerSpec power, Answer answer, Reply reply) {
        if (answer instanceof Answer.Refused refused) {
            if (refused.reason() == Answer.Reason.FORBIDDEN && !operator(call).has(power.privilege())) {
                lacks(call, power.privilege());
            } else {
                call.fail(code(refused.reason()), refused.text());
            }
        } else if (answer instanceof Answer.Done done && reply != Reply.NONE) {
            if (reply == Reply.ROWS_AND_TEXT) {
                done.rows().stream()
                        .map(OperatorCalls::text)
                        .filter(row -> !row.isEmpty())
                        .forEach(call::notice);
            }
            call.notice(done.text()
                    + done.next().map(next -> "; for more, add after=" + next).orElse(""));
        }
    }

    private static String code(Answer.Reason reason) {
        return switch (reason) {
            case FORBIDDEN -> "FORBIDDEN";
            case INVALID -> "INVALID_PARAMS";
            case NOT_FOUND -> "NOT_FOUND";
            case CONFLICT -> "CONFLICT";
            case UNAVAILABLE -> "TEMPORARILY_UNAVAILABLE";
        };
    }

    private static String text(Map<String, Object> row) {
        return row.entrySet().stream()
                .filter(each -> !each.getValue().equals("") && !each.getValue().equals(List.of()))
                .map(each -> each.getKey() + "=" + value(each.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String value(Object value) {
        return value instanceof List<?> some
                ? some.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }
}
