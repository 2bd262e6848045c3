package io.teahouse.wire.irc.command;

import io.teahouse.operator.Powers;
import io.teahouse.wire.irc.IrcCommand;
import java.util.List;
import java.util.stream.Stream;

/** The table of all IRC commands. */
public final class IrcCommands {
    private IrcCommands() {}

    /** All commands, those of the powers included. */
    public static List<IrcCommand> all() {
        return Stream.concat(
                        own().stream(),
                        Powers.all().stream().map(PowerCommand::new).map(IrcCommand.class::cast))
                .toList();
    }

    private static List<IrcCommand> own() {
        return List.of(
                new AdminCommand(),
                new AlwaysonCommand(),
                new AuthenticateCommand(),
                new AwayCommand(),
                BanAlias.ban("DLINE"),
                BanAlias.ban("KLINE"),
                BanAlias.unban("UNDLINE"),
                BanAlias.unban("UNKLINE"),
                new BatchCommand(),
                new CapCommand(),
                new ChathistoryCommand(),
                new DevicesCommand(),
                new InfoCommand(),
                new InviteCommand(),
                new IsonCommand(),
                new JoinCommand(),
                new KickCommand(),
                new KillCommand(),
                new LinksCommand(),
                new ListCommand(),
                new LusersCommand(),
                new MarkreadCommand(),
                new MetadataCommand(),
                new ModeCommand(),
                new MonitorCommand(),
                new MotdCommand(),
                new NamesCommand(),
                new NickCommand(),
                new NoticeCommand(),
                new OperCommand(),
                new PartCommand(),
                new PassCommand(),
                new PasswdCommand(),
                new PingCommand(),
                new PongCommand(),
                new PrivmsgCommand(),
                new QuitCommand(),
                new RedactCommand(),
                new RegisterCommand(),
                new RehashCommand(),
                new RenameCommand(),
                new SearchCommand(),
                new SetnameCommand(),
                new StatsCommand(),
                new TagmsgCommand(),
                new TimeCommand(),
                new TopicCommand(),
                new UserCommand(),
                new UserhostCommand(),
                new VerifyCommand(),
                new VersionCommand(),
                new WallopsCommand(),
                new WhoCommand(),
                new WhoisCommand(),
                new WhowasCommand(),
                new ChanservCommand("CHANSERV"),
                new ChanservCommand("CS"),
                new NickservCommand("NICKSERV"),
                new NickservCommand("NS"),
                new HelpCommand("HELP"),
                new HelpCommand("HELPOP"));
    }
}
