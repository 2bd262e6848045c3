package io.teahouse.tool.load;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code load}: measures a chat server from outside. It runs on the calling thread and returns its exit
 * code; it never ends the JVM.
 */
@Command(
        name = LoadCommand.NAME,
        mixinStandardHelpOptions = true,
        description = "Puts load on a line-based chat server and reports what it does with it.",
        subcommands = {
            FanoutCommand.class,
            RoomsCommand.class,
            ReceiptsCommand.class,
            StoreCostCommand.class,
            IdleCommand.class,
            SlowCommand.class,
            ReferenceCommand.class
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:fine",
            "2:bad arguments",
            "3:--deadline or --reg-timeout passed",
            "4:clients lost or not let in"
        })
public final class LoadCommand implements Runnable {
    /** Begins every line on standard error. */
    static final String NAME = "load";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Called without a scenario: says which there are. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing scenario");
    }
}
