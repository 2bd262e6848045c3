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

/** Parameters that name several things, with commas between. */
final class Targets {
    private Targets() {}

    /** Without what is empty between two commas, and each once. */
    static List<String> of(String param) {
        return Arrays.stream(param.split(","))
                .filter(each -> !each.isEmpty())
                .distinct()
                .toList();
    }

    /** The same of channels and nicks: in whatever spellings they are named, each once. */
    static List<String> each(Call call, int index) {
        return each(call, call.param(index));
    }

    static List<String> each(Call call, String param) {
        Set<String> keys = new HashSet<>();
        return of(param).stream().filter(name -> keys.add(key(call, name))).toList();
    }

    /** What all spellings of it have in common. */
    static String key(Call call, String name) {
        return call.room(name)
                .map(room -> "#" + room.key())
                .or(() -> call.session().users().key(name))
                .orElse(name);
    }

    /** The same; if there is nothing in it, ERR_NEEDMOREPARAMS has been said. */
    static List<String> some(Call call, Spec spec, int index) {
        List<String> found = each(call, index);
        if (found.isEmpty()) {
            call.reply(Numeric.ERR_NEEDMOREPARAMS, spec.verb());
        }
        return found;
    }

    /** Each in its place, empty ones and repeated ones too: what belongs to another parameter is paired by it. */
    static List<String> inPlace(String param) {
        return List.of(param.split(",", -1));
    }

    /** The person of that name; or somebody in a room who has no connection of his own. */
    static Optional<Nick> nick(Call call, String typed) {
        Optional<Nick> found = call.session().users().find(typed).map(UserSnapshot::nick);
        try {
            return found.isPresent() ? found : Optional.of(Nick.of(typed));
        } catch (IllegalArgumentException e) {
            call.reply(Numeric.ERR_NOSUCHNICK, typed);
            return Optional.empty();
        }
    }
}
