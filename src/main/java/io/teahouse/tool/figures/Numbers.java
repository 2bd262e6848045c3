package io.teahouse.tool.figures;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** How figures are printed: at most three digits that count, thousands with commas. */
final class Numbers {
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);
    private static final String NONE = "–";

    private Numbers() {}

    static String text(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return NONE;
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
    }

    /** The median, with lowest and highest if there are several values. */
    static String text(Samples samples) {
        String median = text(samples.median());
        return samples.values().size() == 1
                ? median
                : median + " (" + text(samples.lowest()) + "–" + text(samples.highest()) + ")";
    }
}
