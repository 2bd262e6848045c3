package io.teahouse.operator;

import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.user.Entrance;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Keeps out who is banned, and in maintenance, who is new.
 *
 * @param isOperator whether that account belongs to an operator, who may come in maintenance
 */
public record OperatorEntrance(BanList bans, Maintenance maintenance, Predicate<String> isOperator)
        implements Entrance {
    @Override
    public Optional<String> refusal(Nick nick, Profile profile, boolean isNew) {
        Optional<String> banned = bans.refusal(nick, profile);
        boolean mayCome = !isNew || (!profile.account().isEmpty() && isOperator.test(profile.account()));
        return banned.isPresent() || mayCome ? banned : maintenance.refusal();
    }

    @Override
    public Optional<String> registrationRefusal() {
        return maintenance.refusal();
    }
}
