package io.teahouse.wire.irc;

/**
 * What is known of a command before it is run; the dialect enforces it.
 *
 * @param verb in capitals
 * @param least how many parameters it needs; with fewer it is answered by 461
 * @param when at what time of a connection, and by whom, it may be used
 * @param cost in points of the flood guard
 * @param usage its parameters
 * @param help what it does, in one sentence
 */
public record Spec(String verb, int least, When when, int cost, String usage, String help) {
    /** Who may use a command. */
    public enum When {
        /** Also who has not said yet who he is. */
        ALWAYS,
        REGISTERED,
        /** Only operators of the server. */
        OPERATOR
    }

    private static final int DEFAULT_COST = 1;

    /** For everybody who is registered. */
    public static Spec of(String verb, int least, String usage, String help) {
        return new Spec(verb, least, When.REGISTERED, DEFAULT_COST, usage, help);
    }

    public Spec always() {
        return new Spec(verb, least, When.ALWAYS, cost, usage, help);
    }

    public Spec forOperators() {
        return new Spec(verb, least, When.OPERATOR, cost, usage, help);
    }

    public Spec costing(int points) {
        return new Spec(verb, least, when, points, usage, help);
    }
}
