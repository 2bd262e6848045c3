package io.teahouse.operator;

import io.teahouse.user.UserDirectory;
import io.teahouse.user.UserSnapshot;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Ends all connections of a user. They may come back. */
final class DisconnectPower implements Power {
    private static final PowerSpec SPEC = PowerSpec.changing(
            "disconnect",
            Privilege.DISCONNECT,
            "Closes all connections of a user.",
            Parameter.required("nick", Parameter.Kind.WORD, "the name of the user"),
            Parameter.reason("why; everybody sees it"));

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        UserDirectory users = use.services().users();
        Optional<UserSnapshot> found = users.find(use.get("nick"));
        if (found.isEmpty()) {
            return CompletableFuture.completedFuture(
                    Answer.refused(Answer.Reason.NOT_FOUND, "nobody called " + use.get("nick") + " is online"));
        }
        String why = use.reason().isEmpty() ? "no reason" : use.reason();
        users.disconnect(found.get().id(), "Killed (" + nick(use, users) + " (" + why + "))");
        return CompletableFuture.completedFuture(
                Answer.done("Disconnected " + found.get().nick()));
    }

    /** How others see the operator: by the nick, if they are in the chat. */
    private static String nick(Use use, UserDirectory users) {
        return use.by()
                .user()
                .flatMap(users::find)
                .map(me -> me.nick().text())
                .orElse(use.by().name());
    }
}
