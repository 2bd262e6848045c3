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
        description = "Puts load on a line-based chat server and measures its throughput and latency.",
        subcommands = {
            FanoutCommand.class,
            RoomsCommand.class,
            ReceiptsCommand.class,
            StoreCostCommand.class,
            IdleCommand.class,
            SlowCommand.class,
            ReturnCommand.class,
            ReferenceCommand.class
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:success",
            "2:bad arguments",
            "3:--deadline or --reg-timeout exceeded",
            "4:clients were disconnected or refused"
        })
public final class LoadCommand implements Runnable {
    /** Begins every line on standard error. */
    static final String NAME = "load";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Called without a scenario: fails, and picocli lists the scenarios. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing scenario");
    }
}
