package io.teahouse.wire.irc;

import io.teahouse.client.Session;
import io.teahouse.user.Notification;
import io.teahouse.user.UserMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes notifications that belong to no room: invitations, MONITOR, read markers, WALLOPS. Belongs to one
 * {@link IrcDialect}.
 */
final class NotificationWriter {
    private final IrcServer server;
    private final IrcClient client;
    private final Output out;
    private final Supplier<Call> unasked;

    /** @param unasked makes a call whose lines answer no request */
    NotificationWriter(IrcServer server, IrcClient client, Output out, Supplier<Call> unasked) {
        this.server = server;
        this.client = client;
        this.out = out;
        this.unasked = unasked;
    }

    /** @param me the nick of the client */
    void tell(Session session, String me, Notification notification) {
        if (notification instanceof Notification.Invited invited) {
            client.invited(invited.room(), server.settings().quotas().channels());
            String channel = IrcServer.channel(invited.room());
            personally().outsideRooms(invited.at(), invited.by(), invited.profile(), "INVITE", me, channel);
        } else if (notification instanceof Notification.Wallops wallops) {
            if (session.identity()
                    .user()
                    .filter(present -> present.is(UserMode.WALLOPS))
                    .isPresent()) {
                wallops(wallops);
            }
        } else if (notification instanceof Notification.ServerNotice notice) {
            Replies.notices(server.name(), me, "*** " + notice.text()).forEach(out::push);
        } else if (notification instanceof Notification.Read read) {
            if (client.has(Capability.READ_MARKER)) {
                push(server.name(), "MARKREAD", read.target(), ReadMarkers.time(Optional.of(read.at())));
            }
        } else if (notification instanceof Notification.Online online) {
            Call call = unasked.get();
            call.reply(Numeric.RPL_MONONLINE, EventTags.source(online.nick(), online.profile()));
            session.queries()
                    .users()
                    .find(online.nick().text())
                    .ifPresent(who -> MetadataSubscriptions.online(call, who));
        } else if (notification instanceof Notification.Offline offline) {
            unasked.get().reply(Numeric.RPL_MONOFFLINE, offline.nick().text());
        } else if (notification instanceof Notification.ProfileChanged changed) {
            profileChanged(session, changed);
        } else if (notification instanceof Notification.MetadataChanged changed
                && !client.causes().isKnown(changed.cause())) {
            MetadataSubscriptions.changed(unasked.get(), changed.nick().text(), changed.changes());
        }
    }

    private void push(String source, String command, String... params) {
        out.push(LineBudget.end(new IrcMessage(Map.of(), source, command, List.of(params)).format()));
    }

    /** Splits the text: after the source of the line, it may not fit into one. */
    private void wallops(Notification.Wallops wallops) {
        int left = LineBudget.left(":" + EventTags.source(wallops.by(), wallops.profile()) + " WALLOPS");
        for (String piece : IrcText.split(wallops.text(), left)) {
            personally().outsideRooms(Instant.now(), wallops.by(), wallops.profile(), "WALLOPS", ":" + piece);
        }
    }

    /** A writer for actions outside of rooms. */
    private EventWriter personally() {
        return new EventWriter(client.capabilities(), "", (unit, own) -> out.push(unit));
    }

    /** IRCv3 extended-monitor: only for clients that share no channel with the monitored user. */
    private void profileChanged(Session session, Notification.ProfileChanged changed) {
        boolean shared = session.identity()
                .user()
                .flatMap(me ->
                        session.queries().users().find(changed.nick().text()).flatMap(me::common))
                .isPresent();
        if (client.has(Capability.EXTENDED_MONITOR) && !shared) {
            personally().profileChanged(Instant.now(), changed.nick(), changed.before(), changed.after());
        }
    }
}
