package io.teahouse;

import java.util.List;

/** Settings have values that are not allowed; the message has one line for each. */
final class WrongSettings extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    WrongSettings(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }
}
