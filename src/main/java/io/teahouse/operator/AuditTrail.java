package io.teahouse.operator;

import io.teahouse.user.Notification;
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what operators do, and what they are refused, to the audit log and to the log of the server: the store may be away, and operators
 * are needed above all then. Of the same refusal, it writes one a minute, with the number of others. Thread-safe.
 */
public final class AuditTrail {
    /**
     * What somebody did, or tried to do.
     *
     * @param what the name of a power or an IRC command
     * @param arguments as {@link AuditLog.Entry#arguments}, without secrets
     * @param why the reason that the operator gave; may be empty
     * @param outcome one line for people
     */
    public record Action(Operator by, String what, String arguments, String why, String outcome) {
        private String text() {
            return by.name() + " used " + what + ": " + outcome + (why.isEmpty() ? "" : " (" + why + ")");
        }

        private Action also(int others) {
            return others == 0 ? this : new Action(by, what, arguments, why, outcome + "; " + others + " more before");
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

    private final PowerServices services;
    private final RefusalLimit refusals = new RefusalLimit();

    AuditTrail(PowerServices services) {
        this.services = services;
    }

    /** Writes it, and tells the operators who are online. The stage completes when it is stored, or cannot be; it never fails. */
    public CompletionStage<Void> done(Action action) {
        tellOthers(action);
        return write(action);
    }

    /**
     * The same for something that was refused, at most once a minute.
     *
     * @param key equal for refusals that count as the same
     */
    public CompletionStage<Void> refused(String key, Action action) {
        OptionalInt others = refusals.pass(key, services.clock().instant());
        return others.isEmpty() ? CompletableFuture.completedFuture(null) : done(action.also(others.getAsInt()));
    }

    /** Writes it. The stage is as that of {@link #done}. */
    public CompletionStage<Void> write(Action action) {
        Operator by = action.by;
        Instant now = services.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        LOG.info(
                "operator {} ({}): {} {} [{}]: {}",
                by.source(),
                by.way().text(),
                action.what,
                action.arguments,
                action.why,
                action.outcome);
        return services.audit()
                .append(new AuditLog.Entry(
                        0, now, by.source(), by.way(), action.what, action.arguments, action.why, action.outcome))
                .handle((number, failure) -> {
                    if (failure != null) {
                        LOG.warn("the audit log lacks the line above: the store does not answer", failure);
                    }
                    return null;
                });
    }

    private void tellOthers(Action action) {
        for (UserSnapshot each : services.users().all()) {
            if (each.is(UserMode.OPERATOR)
                    && action.by.user().filter(each.id()::equals).isEmpty()) {
                services.users().notify(each.id(), new Notification.ServerNotice(action.text()));
            }
        }
    }
}
