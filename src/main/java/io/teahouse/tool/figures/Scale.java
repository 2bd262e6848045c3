package io.teahouse.tool.figures;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps values to pixels, from bottom to top.
 *
 * @param low the value at the bottom; above 0 if it is logarithmic
 * @param high the value at the top
 */
record Scale(double low, double high, boolean isLogarithmic, double bottom, double top) {
    private static final double[] STEPS = {1, 2, 5, 10};
    private static final int MOST_TICKS = 6;
    /** A logarithmic scale of fewer decades has ticks between them. */
    private static final int FEW_DECADES = 2;

    /** A scale with room for these values; a logarithmic one begins and ends at a tick. */
    static Scale of(double smallest, double largest, boolean logarithmic, double bottom, double top) {
        if (!logarithmic || smallest <= 0) {
            double step = step(largest);
            return new Scale(0, Math.max(step, Math.ceil(largest / step) * step), false, bottom, top);
        }
        double low = Math.pow(10, Math.floor(Math.log10(smallest)));
        double high = Math.pow(10, Math.ceil(Math.log10(largest)));
        return new Scale(low, high > low ? high : low * 10, true, bottom, top);
    }

    private static double step(double largest) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(largest, 1e-9))) - 1);
        for (double decade = power; ; decade *= 10) {
            for (double each : STEPS) {
                if (largest / (each * decade) <= MOST_TICKS) {
                    return each * decade;
                }
            }
        }
    }

    double at(double value) {
        double share = isLogarithmic
                ? Math.log10(Math.max(value, low) / low) / Math.log10(high / low)
                : (value - low) / (high - low);
        return bottom + (top - bottom) * share;
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (!isLogarithmic) {
            double step = step(high);
            for (int i = 0; i * step <= high * 1.001; i++) {
                ticks.add(i * step);
            }
            return ticks;
        }
        boolean few = Math.log10(high / low) <= FEW_DECADES + 0.1;
        for (double decade = low; decade <= high * 1.001; decade *= 10) {
            for (double each : few ? new double[] {1, 2, 5} : new double[] {1}) {
                if (each * decade <= high * 1.001) {
                    ticks.add(each * decade);
                }
            }
        }
        return ticks;
    }
}
