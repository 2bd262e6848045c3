package io.teahouse.wire.irc;

/**
 * The conditions and the help text of a command. The dialect checks the conditions before it runs the command.
 *
 * @param verb the name of the command, in capitals
 * @param minParams the least number of parameters; fewer are answered with 461
 * @param when who may use it, and at which stage of a connection
 * @param cost in points of the flood guard
 * @param usage the parameters, as shown by HELP
 * @param help what it does, in one sentence
 */
public record Spec(String verb, int minParams, When when, int cost, String usage, String help) {
    /** Who may use a command. */
    public enum When {
        /** Everybody, also before registration. */
        ALWAYS,
        REGISTERED,
        /** Server operators only. */
        OPERATOR
    }

    private static final int DEFAULT_COST = 1;

    /** A command for registered clients, with the default cost. */
    public static Spec of(String verb, int minParams, String usage, String help) {
        return new Spec(verb, minParams, When.REGISTERED, DEFAULT_COST, usage, help);
    }

    public Spec always() {
        return new Spec(verb, minParams, When.ALWAYS, cost, usage, help);
    }

    public Spec forOperators() {
        return new Spec(verb, minParams, When.OPERATOR, cost, usage, help);
    }

    public Spec costing(int points) {
        return new Spec(verb, minParams, when, points, usage, help);
    }
}
