package io.teahouse.operator;

import akka.actor.typed.RecipientRef;
import io.teahouse.account.AccountModeration;
import io.teahouse.user.UserDirectory;
import io.teahouse.user.UserSupervisor;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What powers work on.
 *
 * @param users who is online
 * @param audit what operators have done
 * @param bans who may not come in
 * @param maintenance whether nobody new may
 * @param reload reads the settings again
 * @param limits how powers behave at the moment, which a reload of the settings changes
 * @param operatorPrivileges what an account gives whoever logs in to it, by the settings as of now; nothing, if no operator has it
 * @param accounts that they change
 * @param rooms that they change
 * @param supervisor brings a renamed always-on user back
 * @param stopper stops this server
 * @param blocking runs what blocks
 */
public record PowerServices(
        UserDirectory users,
        AuditLog audit,
        BanList bans,
        Maintenance maintenance,
        Reload reload,
        Supplier<PowerSettings> limits,
        Function<String, Set<Privilege>> operatorPrivileges,
        AccountModeration accounts,
        RoomGateway rooms,
        RecipientRef<UserSupervisor.Command> supervisor,
        NodeStopper stopper,
        Executor blocking,
        Clock clock) {
    /** How powers behave at this moment. */
    PowerSettings settings() {
        return limits.get();
    }
}
