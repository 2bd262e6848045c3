package io.teahouse.user;

import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import java.util.Optional;

/** Port: who may come in. Thread-safe; nothing waits. */
public interface Entrance {
    /** Everybody may. */
    Entrance OPEN = new Entrance() {
        @Override
        public Optional<String> refusal(Nick nick, Profile profile, boolean isNew) {
            return Optional.empty();
        }

        @Override
        public Optional<String> registrationRefusal() {
            return Optional.empty();
        }
    };

    /**
     * Why a user may not come in, in one line for them; empty: they may.
     *
     * @param profile with the address
     * @param isNew whether the user has no other connection and is not expected back
     */
    Optional<String> refusal(Nick nick, Profile profile, boolean isNew);

    /** Why nobody may register an account, in one line; empty: they may. */
    Optional<String> registrationRefusal();
}
