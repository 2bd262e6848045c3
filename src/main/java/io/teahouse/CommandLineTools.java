package io.teahouse;

import com.typesafe.config.ConfigException;
import io.teahouse.admin.AdminSettings;
import io.teahouse.tool.crash.CrashTestCommand;
import io.teahouse.tool.figures.FiguresCommand;
import io.teahouse.tool.load.LoadCommand;
import io.teahouse.tool.load.SoakCommand;
import io.teahouse.tool.operate.OperatorTools;
import io.teahouse.tool.operate.PowerTools;
import io.teahouse.tool.operate.ToolContext;
import io.teahouse.user.NickRules;
import io.teahouse.web.UploadSettings;
import io.teahouse.web.Uploads;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the jar: every command other than the server itself. */
@Command(
        name = "teahouse",
        description =
                "Without arguments: runs the chat server. Settings are given as -Dteahouse.…=… or in application.conf.",
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTools.VersionText.class,
        subcommands = {
            LoadCommand.class,
            CrashTestCommand.class,
            SoakCommand.class,
            FiguresCommand.class,
            HashPasswordCommand.class,
            AdminTokenCommand.class
        })
final class CommandLineTools {
    CommandLineTools() {}

    /** For {@code --version}, here and in every tool. */
    static final class VersionText implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Version.TEXT};
        }
    }

    static int run(String[] args) {
        ServerLog.startForTools();
        try {
            return commandLine()
                    .setOut(inUtf8(FileDescriptor.out))
                    .setErr(inUtf8(FileDescriptor.err))
                    .execute(args);
        } finally {
            ServerLog.stop();
        }
    }

    static CommandLine commandLine() {
        CommandLine all = new CommandLine(new CommandLineTools());
        OperatorTools.all(CommandLineTools::context).forEach(all::addSubcommand);
        PowerTools.all(CommandLineTools::adminUrl).forEach(all::addSubcommand);
        all.registerConverter(Path.class, CommandLineTools::path);
        CommandLine.IParameterExceptionHandler usual = all.getParameterExceptionHandler();
        all.setParameterExceptionHandler((failure, args) -> {
            if (!args[0].startsWith("-D")) {
                return usual.handleParseException(failure, args);
            }
            all.getErr().println("Settings come before -jar: java " + args[0] + " -jar teahouse.jar");
            return CommandLine.ExitCode.USAGE;
        });
        return all;
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new CommandLine.TypeConversionException(
                    name + " cannot be a file name in this locale: run it with LC_ALL=C.UTF-8");
        }
    }

    /** Writes UTF-8, whatever the locale is. */
    private static PrintWriter inUtf8(FileDescriptor stream) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
    }

    /** Where the server that is set up here can be asked, if it can. */
    private static String adminUrl() {
        try {
            return Settings.from(new Configuration().load())
                    .admin()
                    .map(AdminSettings::url)
                    .orElse(PowerTools.DEFAULT_URL);
        } catch (WrongSettings | ConfigException e) {
            return PowerTools.DEFAULT_URL; // the running server has others
        }
    }

    private static ToolContext context() throws ToolContext.WrongSettings {
        try {
            Settings settings = Settings.from(new Configuration().load());
            NickRules names = settings.names().nickRules();
            return new ToolContext(
                    settings.store(),
                    settings.store().retention(),
                    settings.accounts(),
                    settings.connections().cloak(),
                    account -> erase(settings.web().flatMap(WebDoor::uploads), account),
                    settings.names().caseMapping()::room,
                    name -> folded(names.check(name), name, settings));
        } catch (WrongSettings e) {
            throw new ToolContext.WrongSettings(e.problems());
        } catch (ConfigException e) {
            throw new ToolContext.WrongSettings(List.of("the settings cannot be read: " + e.getMessage()));
        }
    }

    private static int erase(Optional<UploadSettings> uploads, String account) throws IOException {
        return uploads.isPresent() ? Uploads.erase(uploads.get(), account) : 0;
    }

    /** The key of an account; also of one whose name the rules no longer allow, so that it can be erased. */
    private static String folded(NickRules.Checked checked, String name, Settings settings) {
        return checked instanceof NickRules.Accepted accepted
                ? accepted.nick().key()
                : settings.names().caseMapping().apply(name);
    }
}
