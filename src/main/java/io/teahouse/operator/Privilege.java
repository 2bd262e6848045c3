package io.teahouse.operator;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an operator or a token may do; the settings name each in lower case. */
public enum Privilege {
    /** Read what the server counts. */
    METRICS,
    /** See and reload the settings. */
    RELOAD,
    /** Read what operators have done. */
    AUDIT,
    /** Keep users, addresses and accounts out. */
    BANS,
    /** End the connections of a user. */
    DISCONNECT,
    /** Change the accounts of others. */
    ACCOUNTS,
    /** Change rooms without having a rank there. */
    ROOMS,
    /** Tell something to all users. */
    ANNOUNCE,
    /** Let nobody new come in. */
    MAINTENANCE,
    /** Send the clients of a node to the other nodes, and stop it. */
    DRAIN;

    /** All of them: what operators have by default. */
    public static Set<Privilege> all() {
        return EnumSet.allOf(Privilege.class);
    }

    /** The privilege that the settings call by that name. */
    public static Optional<Privilege> of(String name) {
        return Arrays.stream(values()).filter(each -> each.text().equals(name)).findFirst();
    }

    /** The names of all, as the settings have them. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Privilege::text).toList();
    }

    /** As the settings name it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
