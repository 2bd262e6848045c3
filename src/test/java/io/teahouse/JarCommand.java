package io.teahouse;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** The subcommands of the jar, in this process. */
public final class JarCommand {
    /** What a command has printed, and its exit code. */
    public record Outcome(int code, String out, String err) {}

    private JarCommand() {}

    public static Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = CommandLineTools.commandLine();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Outcome(command.execute(arguments), out.toString(), err.toString());
    }
}
