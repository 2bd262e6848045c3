package io.teahouse.wire.irc;

import io.teahouse.room.RoomName;
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

/** What all IRC connections share: the settings, the commands, and what follows from them. They change only by {@link #rehash}. */
public final class IrcServer {
    /** The longest line but for its tags, end mark included (RFC 1459 §2.3). */
    public static final int LINE = 512;

    /** The longest tag part that a client may send, with the {@code @} and the space (IRCv3 message-tags). */
    static final int CLIENT_TAGS = 4096;

    /** What is read of one line before the connection is cut off for it; what is longer than it may be is refused. */
    public static final int LONGEST_INPUT = 8191 + LINE;

    private static final int TOKENS_PER_LINE = 12;

    /** Where the settings come from when they are read again. */
    public interface Source {
        /**
         * The settings as they are now.
         *
         * @throws Unusable when something is wrong with them; then all stays as it was
         */
        Reread read() throws Unusable;

        /** What is read, as it is told to operators: the name of a file. */
        String name();
    }

    /**
     * Settings that were read again.
     *
     * @param remark what the operator should know of them, on one line; empty: all have taken effect
     */
    public record Reread(IrcSettings settings, String remark) {}

    /** Settings that cannot be used. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        /** @param why one line for a person */
        public Unusable(String why) {
            super(why);
        }
    }

    /** What follows from the settings. */
    private record Current(IrcSettings settings, LineLimits limits, List<List<String>> isupport, ServerPassword password) {}

    private final Map<String, IrcCommand> commands = new TreeMap<>();
    private final Source source;
    private final Instant created = Instant.now();

    /** Names may be as long as when the server started, whatever is read again. */
    private final int nickLength;

    private final Object rereading = new Object();
    private volatile Current current;

    /** @param source reads again what can be read again while the server runs */
    public IrcServer(IrcSettings settings, Collection<IrcCommand> commands, Source source) {
        this.nickLength = settings.names().nickLength();
        this.current = with(settings);
        this.source = source;
        commands.forEach(command -> this.commands.put(command.spec().verb(), command));
    }

    /** The policy by which clients come back encrypted only (IRCv3 sts), as it is told over such a connection. */
    public Optional<String> strictTransport(boolean secure) {
        return settings().strictTransport().map(policy -> "sts=" + (secure ? policy.secure() : policy.insecure()));
    }

    public IrcSettings settings() {
        return current.settings;
    }

    /** How long the parts of a line may be. */
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
     * Reads the settings again; returns what the operator should know: that nothing has changed, and why, or what waits for a
     * restart. Empty: all have taken effect. Any thread; takes a moment. One at a time: what was read last is in effect.
     */
    public String rehash() {
        try {
            synchronized (rereading) {
                Reread fresh = source.read();
                current = with(fresh.settings);
                return fresh.remark;
            }
        } catch (Unusable e) {
            return "Nothing has changed: " + e.getMessage();
        }
    }

    private Current with(IrcSettings settings) {
        LineLimits limits = LineLimits.of(
                settings.identity().server(), nickLength, settings.metadata().valueBytes());
        ServerPassword password = new ServerPassword(settings.access().password());
        return new Current(settings, limits, lines(settings, tokens(settings, limits)), password);
    }

    /** What PASS must give. */
    ServerPassword password() {
        return current.password;
    }

    /** What {@link #rehash} reads. */
    public String source() {
        return source.name();
    }

    /** By name. */
    public Collection<IrcCommand> commands() {
        return commands.values();
    }

    public Optional<IrcCommand> command(String verb) {
        IrcCommand exact = commands.get(verb);
        return Optional.ofNullable(exact == null ? commands.get(verb.toUpperCase(Locale.ROOT)) : exact);
    }

    /** The room that a channel's name means; empty if it is no name of a channel. */
    public Optional<RoomName> room(String channel) {
        if (channel.length() < 2 || channel.charAt(0) != '#' || IrcText.size(channel) > LineLimits.CHANNEL) {
            return Optional.empty();
        }
        try {
            return Optional.of(settings().names().caseMapping().room(channel.substring(1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The channel that a room is to IRC. */
    public static String channel(RoomName room) {
        return "#" + room.text();
    }

    /** Whether IRC clients can name that room: else its name is for other doors. */
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

    /** The tokens of RPL_ISUPPORT (defs.ircdocs.horse/defs/isupport), as many to a line as it may hold. */
    public List<List<String>> isupport() {
        return current.isupport;
    }

    /** Whatever the length of the recipient's name. */
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

    /** The value of a token has no spaces (modern.ircdocs.horse, RPL_ISUPPORT). */
    private static String escaped(String value) {
        return value.replace("\\", "\\x5C").replace(" ", "\\x20").replace("=", "\\x3D");
    }

    private List<String> tokens(IrcSettings settings, LineLimits limits) {
        return List.of(
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
                "TARGMAX=JOIN:,KICK:,KILL:1,LIST:,NAMES:,NOTICE:" + LineLimits.TARGETS + ",PART:,PRIVMSG:" + LineLimits.TARGETS
                        + ",TAGMSG:" + LineLimits.TARGETS + ",USERHOST:5,WHOIS:1",
                "TOPICLEN=" + limits.topic(),
                "USERLEN=" + LineLimits.USER,
                "UTF8ONLY",
                "WHOX");
    }
}
