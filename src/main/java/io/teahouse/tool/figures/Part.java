package io.teahouse.tool.figures;

import java.io.IOException;

/** One part of the run, and of the page. Measuring and showing share nothing but the values, so old values can be shown again. */
interface Part {
    /** As {@code --only} takes it, and as the page's template has it. */
    String name();

    void measure(Bench bench, Values values) throws IOException, InterruptedException;

    /** Markdown for the page; draws its pictures. */
    String show(Values values, Pictures pictures) throws IOException;
}
