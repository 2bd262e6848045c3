package io.teahouse.operator;

import akka.actor.typed.RecipientRef;
import io.teahouse.account.AccountModeration;
import io.teahouse.user.UserSupervisor;

/**
 * The accounts and rooms that powers change.
 *
 * @param supervisor brings a renamed always-on user back
 */
public record Directory(
        AccountModeration accounts, RoomOperators rooms, RecipientRef<UserSupervisor.Command> supervisor) {}
