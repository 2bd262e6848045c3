package io.teahouse.tool.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Checks that listeners were shown no coming or going of a user who stayed connected all the while. Pure. */
final class PresenceChecker {
    private static final long NOW = Duration.ofSeconds(2).toNanos();
    /** Longer than the longest pause: clients of a node that is paused do not see that the others have removed it. */
    private static final long PAUSED = Duration.ofSeconds(40).toNanos();

    private final Map<String, List<Transcript>> connections;
    private final long before;
    private final List<Violation> violations = new ArrayList<>();

    /** @param latest how long after a connection has begun or ended others may be shown that the user has come or gone */
    private PresenceChecker(List<Transcript> transcripts, Duration latest) {
        connections = transcripts.stream().collect(Collectors.groupingBy(Transcript::who));
        before = latest.toNanos();
    }

    static List<Violation> check(List<Transcript> transcripts, Duration latest) {
        PresenceChecker checker = new PresenceChecker(transcripts, latest);
        for (Transcript transcript : transcripts) {
            transcript.presence().forEach(what -> checker.check(transcript, what));
        }
        return checker.violations;
    }

    private void check(Transcript transcript, Presence what) {
        List<Transcript> theirs = connections.getOrDefault(what.who(), List.of());
        boolean isExplained = switch (what.kind()) {
            case JOIN -> theirs.stream().anyMatch(each -> isAbout(OptionalLong.of(each.openedNanos()), NOW, what));
            case PART, QUIT -> theirs.stream().anyMatch(each -> isAbout(each.closedNanos(), PAUSED, what));
            case KICK, RANK -> false;
        };
        if (!theirs.isEmpty() && !isExplained) {
            Promise promise =
                    what.kind() == Presence.Kind.RANK ? Promise.NOBODY_GAINS_A_RANK : Promise.WHO_STAYS_IS_NOT_SHOWN;
            violations.add(new Violation(promise, what.room(), what + " to " + transcript));
        }
    }

    private boolean isAbout(OptionalLong nanos, long after, Presence what) {
        return nanos.isPresent()
                && what.nanos() - nanos.getAsLong() < before
                && nanos.getAsLong() - what.nanos() < after;
    }
}
