package io.teahouse.wire.irc;

import io.teahouse.operator.Powers;
import io.teahouse.room.RoomName;
import io.teahouse.room.UserId;
import io.teahouse.user.NickRules;
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The state that all IRC connections share: the settings, the commands, and values derived from them. Only
 * {@link #replace} changes it. Thread-safe.
 */
public final class IrcServer {
    /** The longest line without its tags, with its line end, in bytes (RFC 1459 §2.3). */
    public static final int LINE = 512;

    /** The longest tag part that a client may send, with the {@code @} and the space, in bytes (IRCv3 message-tags). */
    static final int CLIENT_TAGS = 4096;

    /**
     * The most bytes that are read of one line. Longer lines end the connection; shorter ones that still exceed a limit
     * are refused.
     */
    public static final int LONGEST_INPUT = 8191 + LINE;

    private static final int TOKENS_PER_LINE = 12;

    /**
     * The settings with the values derived from them.
     *
     * @param rooms names of channels that were parsed lately, up to {@value #PARSED}: each message names one
     */
    private record Current(
            IrcSettings settings,
            LineLimits limits,
            List<List<String>> isupport,
            ServerPassword password,
            ConcurrentMap<String, RoomName> rooms) {}

    private static final int PARSED = 1024;

    private final Map<String, IrcCommand> commands = new TreeMap<>();
    private final String source;
    private final Powers powers;
    private final OperatorEntries operators = new OperatorEntries();
    private final Instant created = Instant.now();

    /** Fixed at the start of the server: a rehash does not change how long nicks may be. */
    private final int nickLength;

    private volatile Current current;

    /**
     * @param powers what operators can do
     * @param source the name of the file that a reload reads
     */
    public IrcServer(IrcSettings settings, Collection<IrcCommand> commands, Powers powers, String source) {
        this.powers = powers;
        this.nickLength = settings.names().nickLength();
        this.current = with(settings);
        this.source = source;
        commands.forEach(command -> this.commands.put(command.spec().verb(), command));
    }

    /**
     * The strict transport policy as a capability with its value (IRCv3 sts), for an encrypted or a plain connection.
     */
    public Optional<String> strictTransport(boolean secure) {
        return settings().strictTransport().map(policy -> "sts=" + (secure ? policy.secure() : policy.insecure()));
    }

    public IrcSettings settings() {
        return current.settings;
    }

    /** The length limits of the parts of a line. */
    public LineLimits limits() {
        return current.limits;
    }

    public String name() {
        return settings().identity().server();
    }

    public Instant created() {
        return created;
    }

    /**
     * Puts other settings into effect, for connected clients, too.
     *
     * @return operators whose entry of the settings is gone, or needs another password or account now
     */
    public List<UserId> replace(IrcSettings settings) {
        IrcSettings.Access before = settings().access();
        current = with(settings);
        return operators.remove(name -> !settings.access().hasSameOperator(name, before));
    }

    private Current with(IrcSettings settings) {
        LineLimits limits = LineLimits.of(
                settings.identity().server(), nickLength, settings.metadata().valueBytes());
        ServerPassword password = new ServerPassword(settings.access().password());
        return new Current(
                settings, limits, lines(settings, tokens(settings, limits)), password, new ConcurrentHashMap<>());
    }

    /** The password that PASS must give. */
    ServerPassword password() {
        return current.password;
    }

    /** The name of the file that a reload reads. */
    public String source() {
        return source;
    }

    /** What operators can do. */
    public Powers powers() {
        return powers;
    }

    /** Who has become an operator, and by which entry of the settings. */
    public OperatorEntries operators() {
        return operators;
    }

    /** All commands, ordered by verb. */
    public Collection<IrcCommand> commands() {
        return commands.values();
    }

    public Optional<IrcCommand> command(String verb) {
        IrcCommand exact = commands.get(verb);
        return Optional.ofNullable(exact == null ? commands.get(verb.toUpperCase(Locale.ROOT)) : exact);
    }

    /** The room for a channel name; empty if the name is invalid. */
    public Optional<RoomName> room(String channel) {
        ConcurrentMap<String, RoomName> rooms = current.rooms;
        RoomName known = rooms.get(channel);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<RoomName> parsed = parse(channel);
        if (parsed.isPresent()) {
            if (rooms.size() >= PARSED) {
                rooms.clear();
            }
            rooms.put(channel, parsed.get());
        }
        return parsed;
    }

    private Optional<RoomName> parse(String channel) {
        if (channel.length() < 2 || channel.charAt(0) != '#' || IrcText.size(channel) > LineLimits.CHANNEL) {
            return Optional.empty();
        }
        try {
            return Optional.of(settings().names().caseMapping().room(channel.substring(1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The channel name of a room. */
    public static String channel(RoomName room) {
        return "#" + room.text();
    }

    /** Whether a room has a channel name that IRC clients can use. Other doors allow longer names. */
    public static boolean isChannel(RoomName room) {
        return IrcText.size(room.text()) < LineLimits.CHANNEL;
    }

    /** Whether {@code viewer} may know that {@code other} is online, and where, without asking by name. */
    public static boolean isVisible(UserSnapshot other, UserSnapshot viewer) {
        return other.isSameUser(viewer)
                || !other.is(UserMode.INVISIBLE)
                || viewer.is(UserMode.OPERATOR)
                || other.common(viewer).isPresent();
    }

    /** The tokens of RPL_ISUPPORT (defs.ircdocs.horse/defs/isupport), one list per line. */
    public List<List<String>> isupport() {
        return current.isupport;
    }

    /** Splits the tokens so that each line fits even for the longest nick. */
    private List<List<String>> lines(IrcSettings settings, List<String> tokens) {
        String longest = "x".repeat(NickRules.maxBytes(nickLength));
        String text = Numeric.RPL_ISUPPORT.text();
        int left = LineBudget.left(":" + settings.identity().server() + " 005 " + longest + " " + text);
        List<List<String>> lines = new ArrayList<>();
        for (int from = 0; from < tokens.size(); from += TOKENS_PER_LINE) {
            List<String> some = tokens.subList(from, Math.min(from + TOKENS_PER_LINE, tokens.size()));
            LineBudget.pieces(some, " ", left).forEach(piece -> lines.add(List.of(piece.split(" "))));
        }
        return lines;
    }

    /** Escapes a value, which must not contain spaces (modern.ircdocs.horse, RPL_ISUPPORT). */
    private static String escaped(String value) {
        return value.replace("\\", "\\x5C").replace(" ", "\\x20").replace("=", "\\x3D");
    }

    private List<String> tokens(IrcSettings settings, LineLimits limits) {
        List<String> tokens = new ArrayList<>(List.of(
                "ACCOUNTEXTBAN=a",
                "AWAYLEN=" + limits.away(),
                "BOT=B",
                "CASEMAPPING=" + settings.names().caseMapping().name().toLowerCase(Locale.ROOT),
                "CHANLIMIT=#:" + settings.quotas().channels(),
                "CHANMODES=" + ModeLetters.groups(),
                "CHANNELLEN=" + (RoomName.MAX_LENGTH + 1),
                "CHANTYPES=#",
                "CHATHISTORY=" + settings.quotas().history(),
                "ELIST=CMNTU",
                "EXCEPTS=e",
                "EXTBAN=,am",
                "HOSTLEN=" + LineLimits.HOST,
                "INVEX=I",
                "KEYLEN=" + LineLimits.KEY,
                "KICKLEN=" + limits.kick(),
                "MAXLIST=b:" + settings.quotas().listed() + ",e:"
                        + settings.quotas().listed() + ",I:" + settings.quotas().listed(),
                "MODES=" + LineLimits.MODES,
                "MONITOR=" + settings.quotas().monitored(),
                "MSGREFTYPES=msgid,timestamp",
                "NAMELEN=" + limits.realName(),
                "NETWORK=" + escaped(settings.identity().network()),
                "NICKLEN=" + nickLength,
                "PREFIX=(ohv)@%+",
                "STATUSMSG=@%+",
                "TARGMAX=JOIN:,KICK:,KILL:1,LIST:,NAMES:,NOTICE:" + LineLimits.TARGETS + ",PART:,PRIVMSG:"
                        + LineLimits.TARGETS + ",TAGMSG:" + LineLimits.TARGETS + ",USERHOST:5,WHOIS:1",
                "TOPICLEN=" + limits.topic(),
                "USERLEN=" + LineLimits.USER,
                "UTF8ONLY",
                "WHOX"));
        settings.fileHost()
                .ifPresent(url ->
                        tokens.addAll(List.of("draft/FILEHOST=" + escaped(url), "soju.im/FILEHOST=" + escaped(url))));
        return tokens;
    }
}
