package io.teahouse.wire.irc.command;

import io.teahouse.user.UserMode;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.List;

/** HELP and HELPOP (modern.ircdocs.horse, "HELP message"). Lists commands of operators to operators only. The texts come from each command's {@link Spec}. */
final class HelpCommand implements IrcCommand {
    private final Spec spec;

    HelpCommand(String verb) {
        spec = Spec.of(verb, 0, "[command]", "Lists the commands, or explains one.");
    }

    @Override
    public Spec spec() {
        return spec;
    }

    @Override
    public void run(Call call) {
        String subject = call.param(0).isEmpty() ? "*" : call.param(0);
        if (subject.equals("*") || subject.equalsIgnoreCase("index")) {
            all(call, subject);
        } else {
            call.server()
                    .command(subject)
                    .ifPresentOrElse(
                            found -> one(call, subject, found.spec()),
                            () -> call.reply(Numeric.ERR_HELPNOTFOUND, subject));
        }
    }

    private static void all(Call call, String subject) {
        call.reply(Numeric.RPL_HELPSTART, subject, "The commands of this server; HELP COMMAND tells more");
        List<String> verbs = call.server().commands().stream()
                .map(IrcCommand::spec)
                .filter(each -> each.when() != Spec.When.OPERATOR || call.me().is(UserMode.OPERATOR))
                .map(Spec::verb)
                .toList();
        call.replyWords(Numeric.RPL_HELPTXT, List.of(subject), verbs, " ");
        call.reply(Numeric.RPL_ENDOFHELP, subject, "End of HELP");
    }

    private static void one(Call call, String subject, Spec found) {
        call.reply(Numeric.RPL_HELPSTART, subject, (found.verb() + " " + found.usage()).strip());
        call.reply(Numeric.RPL_HELPTXT, subject, found.help());
        call.reply(Numeric.RPL_ENDOFHELP, subject, "End of HELP");
    }
}
