package io.teahouse.wire.irc.command;

import io.teahouse.account.Networks;
import io.teahouse.account.Result;
import io.teahouse.operator.AuditTrail;
import io.teahouse.operator.Operator;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.UserMode;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.ConfiguredPassword;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcSettings;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** OPER (RFC 2812 §3.1.4). */
final class OperCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("OPER", 1, "name [password]", "Makes you an operator of the server.")
            .costing(5);

    @Override
    public Spec spec() {
        return SPEC;
    }

    /** Replaces an unknown operator, so that the comparison takes as long. */
    private static final IrcSettings.Operator NOBODY = new IrcSettings.Operator("", "", Optional.empty(), Set.of());

    @Override
    public void run(Call call) {
        List<IrcSettings.Operator> operators = call.server().settings().access().operators();
        IrcSettings.Operator operator = operators.stream()
                .filter(each -> each.name().equals(call.param(0)))
                .findFirst()
                .orElse(NOBODY);
        if (isLoggedIn(call, operator)) {
            become(call, operator);
            return;
        } else if (!call.has(1)) {
            call.reply(Numeric.ERR_NEEDMOREPARAMS, SPEC.verb()); // a password; whoever the name is of
            return;
        }
        int slowest = operators.stream()
                .mapToInt(each -> ConfiguredPassword.iterations(each.password()))
                .max()
                .orElse(0);
        String given = call.param(1);
        boolean isNobody = operator.equals(NOBODY); // not logged as typed: it may be a password in place of the name
        String what = "OPER " + (isNobody ? "with a name of none" : operator.name()) + " by " + call.nick();
        call.session()
                .login()
                .verify(
                        what,
                        () -> false,
                        () -> ConfiguredPassword.matches(operator.password(), given, slowest)
                                && !operator.password().isEmpty(),
                        answer -> answer.handle(
                                right -> become(call, operator), refused -> refuse(call, operator, refused)));
    }

    /** Whether the client is logged in to the operator's account. */
    private static boolean isLoggedIn(Call call, IrcSettings.Operator operator) {
        CaseMapping folding = call.server().settings().names().caseMapping();
        return operator.account()
                .filter(account -> call.session()
                        .login()
                        .account()
                        .filter(mine -> folding.apply(mine).equals(folding.apply(account)))
                        .isPresent())
                .isPresent();
    }

    private static void become(Call call, IrcSettings.Operator operator) {
        Operator by = OperatorCalls.operator(call, Optional.of(operator.name()));
        call.server()
                .powers()
                .trail()
                .done(new AuditTrail.Action(by, "oper", "", "", "is an operator of the server now"));
        call.client().operator(operator.name());
        call.server().operators().put(call.me().id(), operator.name());
        call.reply(Numeric.RPL_YOUREOPER);
        call.session().identity().setMode(UserMode.OPERATOR, true);
        call.sayOwn("MODE", call.nick(), "+o");
    }

    /** Does not reveal that there is no such operator. */
    private static void refuse(Call call, IrcSettings.Operator operator, Result.Refused<Boolean> refused) {
        Operator by = OperatorCalls.operator(call);
        String arguments = operator.equals(NOBODY) ? "" : "name=" + operator.name();
        String key = by.address().map(Networks::household).map(String::valueOf).orElseGet(by::key);
        call.server()
                .powers()
                .trail()
                .refused(key + " oper", new AuditTrail.Action(by, "oper", arguments, "", "refused: " + refused.why()));
        if (refused.reason() == Result.Reason.WRONG) {
            call.reply(Numeric.ERR_PASSWDMISMATCH);
        } else {
            call.replyText(Numeric.ERR_PASSWDMISMATCH, refused.why());
        }
    }
}
