package io.teahouse.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a power is called, needs and answers.
 *
 * @param name one word of lower-case letters, since it is an IRC command, a path and a subcommand
 * @param reads whether it changes nothing: only refusals of it are in the audit log
 * @param parameters required ones first
 * @param columns the values in the rows of its answer
 * @param help what it does, in one sentence
 */
public record PowerSpec(
        String name,
        Privilege privilege,
        boolean reads,
        List<Parameter> parameters,
        List<Column> columns,
        String help) {
    /** The parameter that says why something is done; the audit log has it apart from the others. */
    public static final String REASON = "reason";

    /** The parameter that says how many rows a page has. */
    public static final String LIMIT = "limit";

    /** The parameter that says where a page begins: the {@link Answer.Done#next} of the page before. */
    public static final String AFTER = "after";

    /** Where the admin port has all powers. */
    public static final String PATH = "/v1/";

    public PowerSpec {
        parameters = List.copyOf(parameters);
        columns = List.copyOf(columns);
    }

    /** A power that changes something. */
    public static PowerSpec changing(String name, Privilege privilege, String help, Parameter... parameters) {
        return new PowerSpec(name, privilege, false, List.of(parameters), List.of(), help);
    }

    /** A power that only reads. */
    public static PowerSpec reading(String name, Privilege privilege, String help, Parameter... parameters) {
        return new PowerSpec(name, privilege, true, List.of(parameters), List.of(), help);
    }

    /** The same, with rows of these in its answer. */
    public PowerSpec answering(Column... of) {
        return new PowerSpec(name, privilege, reads, parameters, List.of(of), help);
    }

    /** The same, with an answer in pages. */
    public PowerSpec paged() {
        List<Parameter> all = new ArrayList<>(parameters);
        all.add(Parameter.optional(LIMIT, Parameter.Kind.NUMBER, "how many rows, 100 by default, 1000 at most"));
        all.add(Parameter.optional(AFTER, Parameter.Kind.WORD, "where to go on: the value of next in the page before"));
        return new PowerSpec(name, privilege, reads, all, columns, help);
    }

    /** Where the admin port has it. */
    public String path() {
        return PATH + name;
    }

    public Optional<Parameter> parameter(String called) {
        return parameters.stream().filter(each -> each.name().equals(called)).findFirst();
    }
}
