package io.teahouse.tool.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.tool.client.IrcLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Listeners are shown that somebody comes, goes, or gets a rank. */
class PresenceCheckerTest {
    private static final Duration LATEST = Duration.ofSeconds(60);

    private final Transcript listener = new Transcript("listener0", 1);
    private final Transcript ann = new Transcript("ann", 2);

    private List<Promise> broken(Transcript... others) {
        List<Transcript> all = new ArrayList<>(List.of(others));
        all.add(listener);
        return PresenceChecker.check(all, LATEST).stream()
                .map(Violation::promise)
                .toList();
    }

    private void sees(String line) {
        Presence.of(IrcLine.parse(line)).ifPresent(listener::presence);
    }

    private void seesAfter(String line, Duration time) {
        Presence seen = Presence.of(IrcLine.parse(line)).orElseThrow();
        listener.presence(new Presence(seen.kind(), seen.who(), seen.room(), seen.nanos() + time.toNanos()));
    }

    @Test
    void whoHasJustConnectedMayJoin() {
        sees(":ann!~u@h JOIN #tea");
        assertThat(broken(ann)).isEmpty();
    }

    @Test
    void whoHasBeenThereForLongMayNot() {
        seesAfter(":ann!~u@h JOIN #tea", Duration.ofSeconds(61));
        assertThat(broken(ann)).containsExactly(Promise.WHO_STAYS_IS_NOT_SHOWN);
    }

    @Test
    void whoIsConnectedDoesNotGo() {
        sees(":ann!~u@h QUIT :lost");
        sees(":ann!~u@h PART #tea");
        assertThat(broken(ann)).containsExactly(Promise.WHO_STAYS_IS_NOT_SHOWN, Promise.WHO_STAYS_IS_NOT_SHOWN);
    }

    @Test
    void whoWasDisconnectedGoes() {
        ann.close();
        sees(":ann!~u@h QUIT :lost");
        seesAfter(":ann!~u@h QUIT :lost", Duration.ofSeconds(59));
        assertThat(broken(ann)).isEmpty();
    }

    @Test
    void nobodyIsGivenARankOrRemoved() {
        sees(":server MODE #tea +o ann");
        sees(":server MODE #tea -o ann");
        sees(":server MODE #tea +b x!*@*");
        sees(":bob!~u@h KICK #tea ann :out");
        assertThat(broken(ann)).containsExactly(Promise.NOBODY_GAINS_A_RANK, Promise.WHO_STAYS_IS_NOT_SHOWN);
    }

    @Test
    void whoIsNoClientOfTheRunDoesAsTheyLike() {
        sees(":reader!~u@h QUIT :lost");
        sees(":reader!~u@h PRIVMSG #tea :hello");
        assertThat(broken(ann)).isEmpty();
    }
}
