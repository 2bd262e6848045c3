package io.teahouse.tool.figures;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server as the tables name it, and how the load generator speaks to it. */
enum Contender {
    IRC("Teahouse", "irc"),
    INSPIRCD("InspIRCd", "irc"),
    NGIRCD("ngIRCd", "irc"),
    ERGO("Ergo", "irc"),
    PLAIN("Teahouse, plain", "plain"),
    LIMIT("`limit.c`", "plain");

    /** Those that speak IRC; the first one is ours. */
    static final List<Contender> OF_IRC = List.of(IRC, INSPIRCD, NGIRCD, ERGO);
    /** Those of the plain protocol; the first one is ours. */
    static final List<Contender> OF_PLAIN = List.of(PLAIN, LIMIT);

    private final String title;
    private final String protocol;

    Contender(String title, String protocol) {
        this.title = title;
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

    String protocol() {
        return protocol;
    }

    boolean isOurs() {
        return this == IRC || this == PLAIN;
    }
}
