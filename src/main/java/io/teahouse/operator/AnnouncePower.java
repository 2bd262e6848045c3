package io.teahouse.operator;

import io.teahouse.user.Notification;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells something to all users, at every door. */
final class AnnouncePower implements Power {
    private static final PowerSpec SPEC = PowerSpec.changing(
            "announce",
            Privilege.ANNOUNCE,
            "Tells a text to all users, at every door.",
            Parameter.required("text", Parameter.Kind.TEXT, "what to tell"));

    @Override
    public PowerSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<Answer> run(Use use) {
        use.services().users().notifyAll(new Notification.ServerNotice("announcement: " + use.get("text")));
        return CompletableFuture.completedFuture(
                Answer.done("Told to " + Answer.count(use.services().users().count(), "user", "users")));
    }
}
