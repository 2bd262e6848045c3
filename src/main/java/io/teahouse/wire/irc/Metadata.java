package io.teahouse.wire.irc;

import io.teahouse.client.Presence;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What is noted about people and channels, as a client is told of it (IRCv3 metadata). */
public final class Metadata {
    /** Everybody may read every key. */
    private static final String VISIBLE = "*";

    /** More lines than this are not told unasked. */
    private static final int UNASKED = 100;

    /** When a client should ask for what it was not told, in seconds. */
    private static final String LATER = "1";

    private Metadata() {}

    /** RPL_KEYVALUE, or ERR_NOMATCHINGKEY if {@code value} is empty. */
    public static String line(Call call, String target, String key, String value) {
        return value.isEmpty()
                ? call.numeric(Numeric.ERR_NOMATCHINGKEY, target, key)
                : call.numeric(Numeric.RPL_KEYVALUE, target, key, VISIBLE, value);
    }

    public static List<String> lines(Call call, String target, Map<String, String> notes) {
        List<String> lines = new ArrayList<>();
        notes.forEach((key, value) -> lines.add(line(call, target, key, value)));
        return lines;
    }

    /** RPL_WHOISKEYVALUE, for who knows what that is. */
    public static void whois(Call call, Presence who) {
        if (call.client().has(Capability.METADATA)) {
            who.metadata()
                    .forEach((key, value) ->
                            call.reply(Numeric.RPL_WHOISKEYVALUE, who.nick().text(), key, VISIBLE, value));
        }
    }

    /** What the client wants to know about somebody. */
    public static List<String> of(Call call, Presence who, String target) {
        return wanted(call, target, who.metadata());
    }

    private static List<String> wanted(Call call, String target, Map<String, String> notes) {
        List<String> lines = new ArrayList<>();
        notes.forEach((key, value) -> {
            if (call.client().subscriptions().contains(key)) {
                lines.add(line(call, target, key, value));
            }
        });
        return lines;
    }

    /**
     * What the client wants to know about a channel, and about all who are in it.
     *
     * @param otherwise if nothing may be known of it
     */
    public static void of(Call call, RoomName room, Consumer<List<String>> then, Runnable otherwise) {
        call.session().ask().metadata(room, reply -> {
            if (reply instanceof RoomReply.Metadata found) {
                List<String> lines = wanted(call, IrcServer.channel(room), found.entries());
                call.session().ask().names(room, names -> {
                    if (names instanceof RoomReply.NameList list) {
                        members(call, list)
                                .forEach(who ->
                                        lines.addAll(of(call, who, who.nick().text())));
                    }
                    then.accept(lines);
                });
            } else {
                otherwise.run();
            }
        });
    }

    private static Stream<Presence> members(Call call, RoomReply.NameList list) {
        return Channels.visible(call, list).stream()
                .flatMap(member -> call.session().people().find(member.nick().text()).stream());
    }

    // What is told unasked

    private static boolean isInterested(IrcClient client) {
        return client.has(Capability.METADATA) && !client.subscriptions().isEmpty();
    }

    /** The client has come into a channel. */
    static void entered(Call call, RoomName room) {
        if (isInterested(call.client())) {
            of(call, room, lines -> tell(call, IrcServer.channel(room), lines), () -> {});
        }
    }

    private static void tell(Call call, String target, List<String> lines) {
        if (lines.size() > UNASKED) {
            call.line(call.numeric(Numeric.ERR_METADATASYNCLATER, target, LATER));
        } else if (!lines.isEmpty()) {
            String batch = Output.nextBatch();
            String start = ":" + call.server().name() + " BATCH ";
            StringBuilder all = new StringBuilder(start + "+" + batch + " metadata " + target + "\r\n");
            lines.forEach(line -> Output.append(all, "batch=" + batch, line));
            call.line(all + start + "-" + batch + "\r\n");
        }
    }

    /** Somebody else has come into a channel that the client is in. */
    static void joined(Call call, RoomEvent.Joined joined) {
        if (isInterested(call.client())) {
            String nick = joined.nick().text();
            call.session()
                    .people()
                    .find(nick)
                    .ifPresent(who -> of(call, who, nick).forEach(call::line));
        }
    }

    /** Something was noted; who did it has been answered. */
    static void changed(Call call, String target, Map<String, String> changes) {
        if (isInterested(call.client())) {
            changes.forEach((key, value) -> {
                if (call.client().subscriptions().contains(key)) {
                    call.line(line(call, target, key, value));
                }
            });
        }
    }
}
