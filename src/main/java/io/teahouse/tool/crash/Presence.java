package io.teahouse.tool.crash;

import io.teahouse.tool.client.IrcLine;
import java.util.Locale;
import java.util.Optional;

/**
 * Somebody came, went, or got a rank.
 *
 * @param room without {@code #}; empty: all their rooms
 * @param nanos when it was seen, in {@link System#nanoTime}
 */
record Presence(Kind kind, String who, String room, long nanos) {
    /** What happened. */
    enum Kind {
        JOIN,
        PART,
        QUIT,
        KICK,
        RANK
    }

    private static final String RANKS = "qaohv";

    /** What a line says, if it says anything of this kind. */
    static Optional<Presence> of(IrcLine line) {
        return switch (line.command()) {
            case "JOIN", "PART" -> Optional.of(at(Kind.valueOf(line.command()), line.source(), line.param(0)));
            case "QUIT" -> Optional.of(at(Kind.QUIT, line.source(), ""));
            case "KICK" -> Optional.of(at(Kind.KICK, line.param(1), line.param(0)));
            case "MODE" ->
                givesRank(line.param(1)) ? Optional.of(at(Kind.RANK, line.param(2), line.param(0))) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Presence at(Kind kind, String who, String channel) {
        String room = channel.startsWith("#") ? channel.substring(1) : channel;
        return new Presence(kind, who, room, System.nanoTime());
    }

    private static boolean givesRank(String modes) {
        return modes.startsWith("+") && modes.chars().anyMatch(mode -> RANKS.indexOf(mode) >= 0);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " of " + who;
    }
}
