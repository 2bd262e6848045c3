package io.teahouse.wire.irc.command;

import io.teahouse.room.Nick;
import io.teahouse.user.UserSnapshot;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses comma-separated parameters. */
final class Targets {
    private Targets() {}

    /** The non-empty parts of a parameter, without duplicates. */
    static List<String> of(String param) {
        if (param.indexOf(',') < 0) {
            return param.isEmpty() ? List.of() : List.of(param);
        }
        return Arrays.stream(param.split(","))
                .filter(each -> !each.isEmpty())
                .distinct()
                .toList();
    }

    /** The channels and nicks in parameter {@code index}, without duplicates in other spellings. */
    static List<String> each(Call call, int index) {
        return each(call, call.param(index));
    }

    static List<String> each(Call call, String param) {
        List<String> all = of(param);
        if (all.size() < 2) {
            return all;
        }
        Set<String> keys = new HashSet<>();
        return all.stream().filter(name -> keys.add(key(call, name))).toList();
    }

    /** The key of a channel or nick, equal for all its spellings. */
    static String key(Call call, String name) {
        return call.room(name)
                .map(room -> "#" + room.key())
                .or(() -> call.session().queries().users().key(name))
                .orElse(name);
    }

    /** Like {@link #each(Call, int)}. If there are none, ERR_NEEDMOREPARAMS has been sent. */
    static List<String> some(Call call, Spec spec, int index) {
        List<String> found = each(call, index);
        if (found.isEmpty()) {
            call.reply(Numeric.ERR_NEEDMOREPARAMS, spec.verb());
        }
        return found;
    }

    /** All parts of a parameter, with empty ones and duplicates, to be paired by position with another parameter. */
    static List<String> inPlace(String param) {
        return List.of(param.split(",", -1));
    }

    /**
     * The nick of the user with that name, or of a room member without a connection, such as an application's actor.
     */
    static Optional<Nick> nick(Call call, String typed) {
        Optional<Nick> found = call.session().queries().users().find(typed).map(UserSnapshot::nick);
        try {
            return found.isPresent() ? found : Optional.of(Nick.of(typed));
        } catch (IllegalArgumentException e) {
            call.reply(Numeric.ERR_NOSUCHNICK, typed);
            return Optional.empty();
        }
    }
}
