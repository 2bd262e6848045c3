package io.teahouse.tool.figures;

import java.util.Locale;

/** A picture of lines, boxes and texts, readable on a light and on a dark page. */
final class Svg {
    private static final String STYLE = """
            <style>
              text { font: 12px system-ui, sans-serif; fill: #1f2328 }
              .title { font-size: 14px; font-weight: 600 }
              .grid { stroke: #d1d9e0; stroke-width: 1 }
              .spread { stroke: #1f2328; stroke-width: 1 }
              .line { fill: none; stroke-width: 2 }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 }
                .grid { stroke: #3d444d }
                .spread { stroke: #e6edf3 }
              }
            </style>
            """;

    private final StringBuilder body = new StringBuilder();
    private final int width;
    private final int height;

    /** An empty picture, in pixels. */
    Svg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** Where a text stands in relation to its point: start, middle or end. */
    void text(double x, double y, String anchor, String style, String text) {
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>", x, y, anchor, style, escape(text));
    }

    void line(double x1, double y1, double x2, double y2, String style) {
        add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>", x1, y1, x2, y2, style);
    }

    /** A box with a hint that is shown when the mouse is over it. */
    void box(double x, double y, double boxWidth, double boxHeight, String colour, String hint) {
        add(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"><title>%s</title></rect>",
                x, y, boxWidth, boxHeight, colour, escape(hint));
    }

    void dot(double x, double y, String colour, String hint) {
        add(
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"><title>%s</title></circle>",
                x, y, colour, escape(hint));
    }

    /** @param points as {@code x,y x,y} */
    void path(String points, String colour) {
        add("<polyline points=\"%s\" class=\"line\" stroke=\"%s\"/>", points, colour);
    }

    private void add(String format, Object... arguments) {
        body.append("  ").append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The document, with {@code description} for those who cannot see it. */
    String document(String description) {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                                + " role=\"img\">\n",
                        width,
                        height,
                        width,
                        height)
                + "<title>" + escape(description) + "</title>\n" + STYLE + body + "</svg>\n";
    }
}
