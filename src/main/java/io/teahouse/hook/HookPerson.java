package io.teahouse.hook;

import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.UserId;
import io.teahouse.room.member.Presence;
import java.time.Duration;
import java.util.Optional;

/** Hooks as members of their rooms. */
final class HookPerson {
    private static final Duration REFUSED_PAUSE = Duration.ofSeconds(30);

    /** Shorter than a program waits that posts: another hook may have had the name until its node was told of other settings. */
    private static final Duration SHORT_PAUSE = Duration.ofSeconds(5);

    private HookPerson() {}

    /** A hook that speaks is one member, whatever nodes it runs on, as long as they give it the same name. */
    static Presence.Person of(HookSettings.Incoming hook) {
        return of(
                hook.name(),
                hook.id(),
                Optional.of(UserId.ofService(
                        "incoming-hook/" + hook.id() + "/" + hook.name().key())),
                SHORT_PAUSE);
    }

    /** A hook that listens is in its room at one node at a time: the others wait until it is gone. */
    static Presence.Person of(HookSettings.Outgoing hook) {
        return of(hook.name(), hook.id(), Optional.empty(), REFUSED_PAUSE);
    }

    /** @param hook its id, which members see as its real name */
    private static Presence.Person of(Nick nick, String hook, Optional<UserId> id, Duration pause) {
        return new Presence.Person(
                nick,
                new Profile("hook", "local", "webhook " + hook, "", "", true),
                id,
                Optional.empty(),
                pause,
                Presence.NOTHING_SEEN,
                false);
    }
}
