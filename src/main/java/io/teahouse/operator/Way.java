package io.teahouse.operator;

import java.util.Locale;

/** By which way an operator uses a power. */
public enum Way {
    /** A command at the IRC door. */
    IRC,
    /** A request to the admin port. */
    API,
    /** A command of the jar, which sends such a request. */
    COMMAND,
    /** A signal to the process. */
    SIGNAL;

    /** The User-Agent of these commands. It is not checked: the sender has a token anyway. */
    public static final String COMMAND_AGENT = "teahouse-command";

    /** As the audit log has it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
