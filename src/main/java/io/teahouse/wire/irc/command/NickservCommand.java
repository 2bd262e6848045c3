package io.teahouse.wire.irc.command;

import io.teahouse.client.Login;
import io.teahouse.client.TwoPasswords;
import io.teahouse.room.Nick;
import io.teahouse.user.ConnectionInfo;
import io.teahouse.user.UserSnapshot;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.LoginReplies;
import io.teahouse.wire.irc.Service;
import io.teahouse.wire.irc.Spec;
import java.util.List;
import java.util.Optional;

/** NICKSERV, and what is said to NickServ: the commands about accounts under the names that people know from other networks. */
final class NickservCommand extends ServiceCommand {
    private static final Service ME = Service.NICKSERV;
    private static final int COST = 5;

    private static final List<String> HELP = List.of(
            "IDENTIFY [account] password: logs in, as SASL does",
            "REGISTER password [email]: registers an account of your nick, as REGISTER does",
            "SET PASSWORD old new: changes your password, as PASSWD does",
            "GHOST [nick]: ends your other connections, as DEVICES END does; log in first",
            "LOGOUT: leaves your account");

    NickservCommand(String verb) {
        super(
                ME,
                Spec.of(
                                verb,
                                0,
                                "command",
                                "Says something to NickServ: IDENTIFY, REGISTER, SET PASSWORD, GHOST, LOGOUT, HELP.")
                        .costing(COST),
                HELP);
    }

    @Override
    void run(Call call, String verb, List<String> words) {
        switch (verb) {
            case "IDENTIFY", "ID", "LOGIN" -> identify(call, words);
            case "REGISTER" -> register(call, words);
            case "SET" -> set(call, words);
            case "GHOST", "RECOVER", "REGAIN", "RELEASE" -> ghost(call, words);
            case "LOGOUT" -> logOut(call);
            default -> unknown(call, ME);
        }
    }

    private static void identify(Call call, List<String> words) {
        boolean named = words.size() > 2;
        if (words.size() < 2) {
            unknown(call, ME);
            return;
        }
        String account = named ? words.get(1) : call.me().nick().text();
        call.session()
                .login()
                .password(
                        account,
                        words.get(named ? 2 : 1),
                        answer -> answer.handle(
                                entered -> {
                                    LoginReplies.tell(call, entered);
                                    ME.tell(call, "You are now logged in as " + entered.name());
                                },
                                refused -> ME.tell(call, refused.why())));
    }

    private static void register(Call call, List<String> words) {
        Login login = call.session().login();
        Nick nick = call.me().nick();
        if (words.size() < 2) {
            unknown(call, ME);
        } else if (login.account().isPresent()) {
            ME.tell(call, "You are logged in already");
        } else {
            String email = words.size() > 2 ? words.get(2) : "";
            login.register(
                    nick.text(),
                    words.get(1),
                    email,
                    answer -> answer.handle(
                            account -> {
                                LoginReplies.tell(call, account);
                                ME.tell(call, "Your account " + account.name() + " is registered");
                            },
                            refused -> ME.tell(call, refused.why())));
        }
    }

    private static void set(Call call, List<String> words) {
        Optional<TwoPasswords> given = TwoPasswords.parse(rest(words, 2));
        if (!verb(words, 1).equals("PASSWORD") || given.isEmpty()) {
            ME.tell(call, "Type SET PASSWORD OLD NEW");
        } else if (call.session().login().account().isEmpty()) {
            ME.tell(call, "Log in to your account first");
        } else {
            call.session()
                    .login()
                    .changePassword(
                            given.get().old(),
                            given.get().to(),
                            answer -> answer.handle(
                                    account -> ME.tell(
                                            call, "Your password is changed; your other connections were closed"),
                                    refused -> ME.tell(call, refused.why())));
        }
    }

    /** A guest who has the nick has lost it by the login. */
    private static void ghost(Call call, List<String> words) {
        UserSnapshot me = call.me();
        Optional<UserSnapshot> who = words.size() < 2
                ? Optional.of(me)
                : call.session().queries().users().find(words.get(1));
        if (call.session().login().account().isEmpty()) {
            ME.tell(call, "Log in to your account first: /msg NickServ IDENTIFY password");
        } else if (who.filter(me::isSameUser).isEmpty()) {
            ME.tell(call, "That is no connection of yours");
        } else {
            Optional<ConnectionInfo> here = call.session().identity().thisConnection();
            List<ConnectionInfo> others = me.connections().stream()
                    .filter(each -> here.filter(mine -> mine.id() == each.id()).isEmpty())
                    .toList();
            others.forEach(
                    each -> call.session().identity().endConnection(each, "ended by another of your connections"));
            ME.tell(call, "Connections ended: " + others.size());
        }
    }

    private static void logOut(Call call) {
        Login login = call.session().login();
        if (login.account().isEmpty()) {
            ME.tell(call, "You are not logged in");
        } else if (!login.leave(() -> ME.tell(call, "You are logged out"))) {
            ME.tell(call, "Take another nick and end your other connections first");
        }
    }
}
