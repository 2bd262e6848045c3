package io.teahouse.operator;

import java.time.Duration;
import java.util.Optional;

/** Durations as operators write them: {@code 90s}, {@code 30m}, {@code 12h}, {@code 7d}, {@code 2w}, {@code 1h30m}; {@code forever}. */
public final class Durations {
    /** Zero stands for it: nothing is over at once. */
    public static final Duration FOREVER = Duration.ZERO;

    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final int MOST_DIGITS = 9;

    private Durations() {}

    /** Empty: it is none, or longer than a hundred years. {@code 0} is {@link #FOREVER}, too; other numbers need a unit. */
    public static Optional<Duration> parse(String text) {
        if (text.equals("forever") || text.equals("0")) {
            return Optional.of(FOREVER);
        }
        Duration sum = Duration.ZERO;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                continue;
            }
            long unit = seconds(c);
            if (unit == 0 || i == begin || i - begin > MOST_DIGITS) {
                return Optional.empty();
            }
            sum = sum.plusSeconds(unit * Long.parseLong(text, begin, i, 10));
            begin = i + 1;
        }
        boolean valid = begin > 0 && begin == text.length() && !sum.isZero() && sum.compareTo(LONGEST) <= 0;
        return valid ? Optional.of(sum) : Optional.empty();
    }

    private static long seconds(char unit) {
        return switch (unit) {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3600;
            case 'd' -> 86_400;
            case 'w' -> 604_800;
            default -> 0;
        };
    }

    /** As it is read, with at most two units. */
    public static String text(Duration duration) {
        if (duration.isZero()) {
            return "forever";
        }
        long left = Math.max(1, duration.toSeconds());
        StringBuilder text = new StringBuilder();
        int parts = 0;
        for (char unit : new char[] {'d', 'h', 'm', 's'}) {
            long count = left / seconds(unit);
            if (count > 0 && parts < 2) {
                text.append(count).append(unit);
                left -= count * seconds(unit);
                parts++;
            }
        }
        return text.toString();
    }
}
