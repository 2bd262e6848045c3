package io.teahouse;

import io.teahouse.crash.CrashTestCommand;
import io.teahouse.load.LoadCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What the jar can do beside being the server. */
@Command(
        name = "teahouse",
        description =
                "Without arguments: runs the chat server. Settings are given as -Dteahouse.…=… or in application.conf.",
        mixinStandardHelpOptions = true,
        version = "Teahouse",
        subcommands = {LoadCommand.class, CrashTestCommand.class, HashPassword.class})
final class CommandLineTools {
    CommandLineTools() {}

    static int run(String[] args) {
        return new CommandLine(new CommandLineTools()).execute(args);
    }
}
