package io.teahouse.tool;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * A command that was run in this process.
 *
 * @param errors what it wrote to standard error
 */
public record CommandRun(int status, String errors) {
    /** The status after wrong arguments. */
    public static final int BAD_ARGUMENTS = 2;

    public static CommandRun of(Object command, String... arguments) {
        StringWriter errors = new StringWriter();
        int status = new CommandLine(command)
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
        return new CommandRun(status, errors.toString());
    }
}
