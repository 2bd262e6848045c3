package io.teahouse.wire.irc.command;

import io.teahouse.room.Profile;
import io.teahouse.user.ConnectionInfo;
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Channels;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcServer;
import io.teahouse.wire.irc.MetadataSubscriptions;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Service;
import io.teahouse.wire.irc.Spec;
import java.util.List;
import java.util.Optional;

/** WHOIS (RFC 2812 §3.6.2), answered from snapshots. */
final class WhoisCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("WHOIS", 0, "[server] nick", "Shows information about a user.")
            .costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public int work(Call call) {
        return 1;
    }

    @Override
    public void run(Call call) {
        String asked = call.has(1) ? call.param(1) : call.param(0);
        if (asked.isEmpty()) {
            call.reply(Numeric.ERR_NONICKNAMEGIVEN);
            return;
        }
        Optional<Service> service = Service.named(asked);
        if (service.isPresent()) {
            describe(call, service.get());
        } else {
            call.person(asked).ifPresent(who -> describe(call, who));
        }
        call.reply(Numeric.RPL_ENDOFWHOIS, asked);
    }

    private static void describe(Call call, Service service) {
        String nick = service.nick();
        call.reply(Numeric.RPL_WHOISUSER, nick, Service.HOST, Service.HOST, "*", service.about());
        call.reply(
                Numeric.RPL_WHOISSERVER,
                nick,
                call.server().name(),
                call.server().settings().identity().description());
        call.reply(Numeric.RPL_WHOISBOT, nick);
    }

    private static void describe(Call call, UserSnapshot who) {
        String nick = who.nick().text();
        Profile profile = who.profile();
        call.reply(Numeric.RPL_WHOISUSER, nick, profile.user(), profile.host(), "*", profile.realName());
        List<String> channels = channels(call, who);
        if (!channels.isEmpty()) {
            call.replyWords(Numeric.RPL_WHOISCHANNELS, List.of(nick), channels, " ");
        }
        String about = call.server().settings().identity().description();
        call.reply(Numeric.RPL_WHOISSERVER, nick, call.server().name(), about);
        if (profile.isAway()) {
            call.reply(Numeric.RPL_AWAY, nick, profile.away());
        }
        if (who.is(UserMode.OPERATOR)) {
            call.reply(Numeric.RPL_WHOISOPERATOR, nick);
        }
        if (!profile.account().isEmpty()) {
            call.reply(Numeric.RPL_WHOISACCOUNT, nick, profile.account());
        }
        if (who.is(UserMode.BOT)) {
            call.reply(Numeric.RPL_WHOISBOT, nick);
        }
        if (who.isSecure()) {
            call.reply(Numeric.RPL_WHOISSECURE, nick);
        }
        addresses(call, who)
                .forEach(address ->
                        call.reply(Numeric.RPL_WHOISACTUALLY, nick, profile.user() + "@" + address, address));
        MetadataSubscriptions.whois(call, who);
        call.reply(
                Numeric.RPL_WHOISIDLE,
                nick,
                Long.toString(who.idleSeconds()),
                Long.toString(who.since().getEpochSecond()));
    }

    /**
     * The real addresses of a user's connections, or the last one if there are none. Empty for clients that may not see
     * them, and if the host is the same.
     */
    private static List<String> addresses(Call call, UserSnapshot who) {
        boolean may = who.isSameUser(call.me()) || call.me().is(UserMode.OPERATOR);
        List<ConnectionInfo> connections = who.connections();
        if (!may || (connections.size() <= 1 && !who.isCloaked())) {
            return List.of();
        }
        return connections.isEmpty()
                ? List.of(who.address())
                : connections.stream().map(ConnectionInfo::address).toList();
    }

    /**
     * The channels of a user that the client may see: secret ones, and those of an invisible user, only if the client
     * is a member too.
     */
    private static List<String> channels(Call call, UserSnapshot who) {
        boolean hidden = who.is(UserMode.INVISIBLE) && !who.isSameUser(call.me());
        return who.places().stream()
                .filter(place -> IrcServer.isChannel(place.room()))
                .filter(place -> (!hidden && !place.secret())
                        || call.me().place(place.room()).isPresent())
                .map(place -> Channels.marks(call, place.ranks()) + IrcServer.channel(place.room()))
                .toList();
    }
}
