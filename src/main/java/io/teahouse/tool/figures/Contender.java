package io.teahouse.tool.figures;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server as the tables name it, and how the load generator speaks to it. */
enum Contender {
    IRC("Teahouse", "irc", 0),
    INSPIRCD("InspIRCd", "irc", 1),
    NGIRCD("ngIRCd", "irc", 2),
    ERGO("Ergo", "irc", 3),
    PLAIN("Teahouse, plain", "plain", 4),
    LIMIT("`limit.c`", "plain", 5);

    /** Those that speak IRC; the first one is ours. */
    static final List<Contender> OF_IRC = List.of(IRC, INSPIRCD, NGIRCD, ERGO);
    /** Those of the plain protocol; the first one is ours. */
    static final List<Contender> OF_PLAIN = List.of(PLAIN, LIMIT);

    private final String title;
    private final String protocol;
    private final int colour;

    /** @param colour the number of its colour in all plots */
    Contender(String title, String protocol, int colour) {
        this.title = title;
        this.colour = colour;
        this.protocol = protocol;
    }

    /** The names of those that are not ours, as the command line takes them. */
    static List<String> otherNames() {
        return Stream.of(values())
                .filter(each -> !each.isOurs())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Ours, and those of these names. */
    static Set<Contender> named(List<String> names) {
        return Stream.of(values())
                .filter(each -> each.isOurs() || names.contains(each.name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Contender.class)));
    }

    String title() {
        return title;
    }

    /** The title without Markdown. */
    String plainTitle() {
        return title.replace("`", "");
    }

    int colour() {
        return colour;
    }

    String protocol() {
        return protocol;
    }

    /** The one that the targets refer to. */
    boolean isReference() {
        return this == INSPIRCD || this == LIMIT;
    }

    boolean isOurs() {
        return this == IRC || this == PLAIN;
    }
}
