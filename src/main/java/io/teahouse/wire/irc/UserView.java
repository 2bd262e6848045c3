package io.teahouse.wire.irc;

import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;

/** Shows one connection what another connection of the same user has changed about them. */
final class UserView {
    private final Call call;

    /** @param call whose lines answer no request */
    UserView(Call call) {
        this.call = call;
    }

    void changed(UserSnapshot before, UserSnapshot now) {
        String away = now.profile().away();
        if (!away.equals(before.profile().away())) {
            call.reply(away.isEmpty() ? Numeric.RPL_UNAWAY : Numeric.RPL_NOWAWAY);
        }
        String realName = now.profile().realName();
        if (!realName.equals(before.profile().realName()) && call.client().has(Capability.SETNAME)) {
            call.sayOwn("SETNAME", ":" + realName);
        }
        String modes = modes(before, now, '+') + modes(now, before, '-');
        if (!modes.isEmpty()) {
            call.sayOwn("MODE", now.nick().text(), modes);
        }
        MetadataSubscriptions.changed(call, now.nick().text(), now.metadataChanges(before));
    }

    /** The modes that only {@code to} has, after the sign. */
    private static String modes(UserSnapshot from, UserSnapshot to, char sign) {
        StringBuilder letters = new StringBuilder();
        for (UserMode mode : UserMode.values()) {
            if (to.is(mode) && !from.is(mode)) {
                letters.append(letters.isEmpty() ? String.valueOf(sign) : "").append(mode.letter());
            }
        }
        return letters.toString();
    }
}
