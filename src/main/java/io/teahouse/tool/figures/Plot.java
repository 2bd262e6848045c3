package io.teahouse.tool.figures;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** A plot of medians, with the spread of the rounds as a thin line. */
final class Plot {
    /** Told apart on light and dark pages, and by those who see colours differently. */
    private static final List<String> COLOURS =
            List.of("#2f81f7", "#d29922", "#8250df", "#bf3989", "#1b9e9e", "#6e7781");

    private static final int WIDTH = 720;
    private static final int HEIGHT = 330;
    private static final double LEFT = 64;
    private static final double RIGHT = WIDTH - 16.0;
    private static final double TOP = 68;
    private static final double BOTTOM = HEIGHT - 36.0;
    private static final double LEGEND_Y = 48;
    private static final double GAP = 0.2;

    /**
     * One server, with a value for each category.
     *
     * @param colour the number of its colour
     */
    record Series(String name, int colour, List<Optional<Samples>> values) {
        /** A server has the same colour in all plots. */
        static Series of(Contender server, List<Optional<Samples>> values) {
            return new Series(server.plainTitle(), server.colour(), values);
        }
    }

    private final String title;
    private final List<String> categories;
    private final List<Series> series;
    private boolean isLogarithmic;

    /** @param title with the unit of the values */
    Plot(String title, List<String> categories, List<Series> series) {
        this.title = title;
        this.categories = List.copyOf(categories);
        this.series = List.copyOf(series);
    }

    /** Values of different magnitudes. */
    Plot logarithmic() {
        isLogarithmic = true;
        return this;
    }

    /** One group of bars for each category. */
    String bars() {
        Svg svg = new Svg(WIDTH, HEIGHT);
        Scale scale = frame(svg);
        double group = (RIGHT - LEFT) / categories.size();
        double bar = group * (1 - GAP) / Math.max(1, series.size());
        for (int c = 0; c < categories.size(); c++) {
            for (int s = 0; s < series.size(); s++) {
                double x = LEFT + c * group + group * GAP / 2 + s * bar;
                String colour = colour(s);
                String name = series.get(s).name();
                series.get(s).values().get(c).ifPresent(samples -> {
                    double y = scale.at(samples.median());
                    svg.box(x, y, bar - 2, BOTTOM - y, colour, name + ": " + Numbers.text(samples));
                    spread(svg, scale, samples, x + bar / 2 - 1);
                    svg.text(
                            x + bar / 2 - 1,
                            scale.at(samples.highest()) - 4,
                            "middle",
                            "",
                            Numbers.text(samples.median()));
                });
            }
        }
        return svg.document(title);
    }

    /** One line for each series. */
    String lines() {
        Svg svg = new Svg(WIDTH, HEIGHT);
        Scale scale = frame(svg);
        double group = (RIGHT - LEFT) / categories.size();
        for (int s = 0; s < series.size(); s++) {
            StringBuilder points = new StringBuilder();
            for (int c = 0; c < categories.size(); c++) {
                Optional<Samples> found = series.get(s).values().get(c);
                if (found.isPresent()) {
                    double x = LEFT + (c + 0.5) * group;
                    double y = scale.at(found.get().median());
                    points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
                    spread(svg, scale, found.get(), x);
                    svg.dot(x, y, colour(s), series.get(s).name() + ": " + Numbers.text(found.get()));
                }
            }
            svg.path(points.toString().strip(), colour(s));
        }
        return svg.document(title);
    }

    private static void spread(Svg svg, Scale scale, Samples samples, double x) {
        if (samples.highest() > samples.lowest()) {
            svg.line(x, scale.at(samples.lowest()), x, scale.at(samples.highest()), "spread");
        }
    }

    private String colour(int number) {
        return COLOURS.get(series.get(number).colour() % COLOURS.size());
    }

    /** Draws everything but the values. */
    private Scale frame(Svg svg) {
        double largest = each(Samples::highest).max().orElse(1);
        double smallest = each(Samples::lowest).min().orElse(0);
        Scale scale = Scale.of(smallest, largest, isLogarithmic, BOTTOM, TOP);
        svg.text(LEFT, 22, "start", "title", title);
        for (double tick : scale.ticks()) {
            svg.line(LEFT, scale.at(tick), RIGHT, scale.at(tick), "grid");
            svg.text(LEFT - 6, scale.at(tick) + 4, "end", "", Numbers.text(tick));
        }
        double group = (RIGHT - LEFT) / categories.size();
        for (int c = 0; c < categories.size(); c++) {
            svg.text(LEFT + (c + 0.5) * group, BOTTOM + 20, "middle", "", categories.get(c));
        }
        double x = LEFT;
        for (int s = 0; s < series.size(); s++) {
            svg.box(x, LEGEND_Y - 10, 10, 10, colour(s), series.get(s).name());
            svg.text(x + 15, LEGEND_Y, "start", "", series.get(s).name());
            x += 35 + 7 * series.get(s).name().length();
        }
        return scale;
    }

    private DoubleStream each(ToDoubleFunction<Samples> value) {
        return series.stream()
                .flatMap(each -> each.values().stream())
                .flatMap(Optional::stream)
                .mapToDouble(value)
                .filter(number -> !Double.isNaN(number));
    }
}
