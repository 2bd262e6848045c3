package io.teahouse.operator;

import io.teahouse.user.ConnectionInfo;
import io.teahouse.user.UserSnapshot;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Ends one connection of a user. */
final class EndconnectionPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.changing(
            "endconnection",
            Privilege.DISCONNECT,
            "Ends one connection of a user who has several.",
            Parameter.required("nick", Parameter.Kind.WORD, "of the user"),
            Parameter.required("number", Parameter.Kind.NUMBER, "of the connection, as ACCOUNT shows it"),
            AccountAnswers.REASON);

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        return CompletableFuture.completedFuture(end(use));
    }

    private static Answer end(Use use) {
        Optional<UserSnapshot> user = use.services().users().find(use.get("nick"));
        if (user.isEmpty()) {
            return Answer.refused(Answer.Reason.NOT_FOUND, "there is no user " + use.get("nick"));
        }
        int number = Integer.parseInt(use.get("number"));
        Optional<ConnectionInfo> connection = user.get().connections().stream()
                .filter(each -> each.number() == number)
                .findFirst();
        if (connection.isEmpty()) {
            return Answer.refused(Answer.Reason.NOT_FOUND, user.get().nick() + " has no connection " + number);
        }
        use.services()
                .users()
                .disconnect(
                        user.get().id(), connection.get().id(), "ended by an operator" + AccountAnswers.because(use));
        return Answer.done("Connection " + number + " of " + user.get().nick() + " is ended");
    }
}
