package io.teahouse.wire.irc;

import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.Place;
import io.teahouse.user.UserSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What is noted about people and channels, as a client is told of it (IRCv3 metadata). */
public final class MetadataSubscriptions {
    /** Everybody may read every key. */
    private static final String VISIBLE = "*";

    /** More lines than this are not told unasked. */
    private static final int UNASKED = 100;

    /** When a client should ask for what it was not told, in seconds. */
    private static final String LATER = "1";

    /** How long a key may be; what it consists of takes one byte each. */
    public static final int LONGEST_KEY = 64;

    /** Instead of a target: all that a client is told of. */
    public static final String EVERYTHING = "*ALL";

    private MetadataSubscriptions() {}

    /** RPL_KEYVALUE, or RPL_KEYNOTSET if {@code value} is empty. */
    public static String line(Call call, String target, String key, String value) {
        return value.isEmpty()
                ? call.numeric(Numeric.RPL_KEYNOTSET, target, key)
                : call.numeric(Numeric.RPL_KEYVALUE, target, key, VISIBLE, value);
    }

    /** In place of what a key stands for that cannot be one. */
    public static String noKey(Call call, String typed) {
        return Replies.warn(call.server().name(), "METADATA", "INVALID_KEY", "No such key is possible", typed);
    }

    public static List<String> lines(Call call, String target, Map<String, String> notes) {
        List<String> lines = new ArrayList<>();
        notes.forEach((key, value) -> lines.add(line(call, target, key, value)));
        return lines;
    }

    /** RPL_WHOISKEYVALUE, for who knows what that is. */
    public static void whois(Call call, UserSnapshot who) {
        if (call.client().has(Capability.METADATA)) {
            who.metadata()
                    .forEach((key, value) ->
                            call.reply(Numeric.RPL_WHOISKEYVALUE, who.nick().text(), key, VISIBLE, value));
        }
    }

    /** Of what is noted about somebody, that which stands under those keys. */
    public static List<String> of(Call call, Set<String> keys, UserSnapshot who, String target) {
        return some(call, keys, target, who.metadata());
    }

    private static List<String> some(Call call, Set<String> keys, String target, Map<String, String> notes) {
        List<String> lines = new ArrayList<>();
        notes.forEach((key, value) -> {
            if (keys.contains(key)) {
                lines.add(line(call, target, key, value));
            }
        });
        return lines;
    }

    /**
     * What is noted about one target. It is made into lines when these are written: of all members of a channel, lines
     * would take much more memory and time than anybody has asked for.
     */
    public record Noted(String target, Map<String, String> notes) {
        static Noted about(UserSnapshot who) {
            return new Noted(who.nick().text(), who.metadata());
        }

        List<String> lines(Call call, Set<String> keys) {
            return some(call, keys, target, notes);
        }
    }

    /**
     * The same about a channel, and about all who are in it.
     *
     * @param otherwise if nothing may be known of it
     */
    public static void of(Call call, RoomName room, Consumer<List<Noted>> then, Runnable otherwise) {
        call.session().ask().metadata(room, reply -> {
            if (reply instanceof RoomReply.Metadata found) {
                List<Noted> all = new ArrayList<>();
                add(all, new Noted(IrcServer.channel(room), found.entries()));
                call.session().ask().names(room, names -> {
                    if (names instanceof RoomReply.NameList list) {
                        members(call, list).forEach(who -> add(all, Noted.about(who)));
                    }
                    then.accept(all);
                });
            } else {
                otherwise.run();
            }
        });
    }

    private static void add(Collection<Noted> all, Noted noted) {
        if (!noted.notes.isEmpty()) {
            all.add(noted);
        }
    }

    private static Stream<UserSnapshot> members(Call call, RoomReply.NameList list) {
        return Channels.visible(call, list).stream()
                .flatMap(member -> call.session().users().find(member.nick().text()).stream());
    }

    /** The same about all of whose changes the client is told: itself, whom it watches, its channels, who is there. */
    public static void ofAll(Call call, Consumer<List<Noted>> then) {
        Map<String, Noted> all = new LinkedHashMap<>();
        List<Noted> first = new ArrayList<>();
        add(first, Noted.about(call.me()));
        call.client().monitored().keySet().stream()
                .flatMap(name -> call.session().users().find(name).stream())
                .forEach(who -> add(first, Noted.about(who)));
        first.forEach(noted -> all.putIfAbsent(noted.target, noted));
        List<RoomName> rooms = call.session().places().stream()
                .map(Place::room)
                .filter(room -> !room.isConversation())
                .toList();
        ofRooms(call, rooms, all, () -> then.accept(List.copyOf(all.values())));
    }

    /** @param all by target, where to put them; who is in several rooms is told of once */
    private static void ofRooms(Call call, List<RoomName> rooms, Map<String, Noted> all, Runnable then) {
        if (rooms.isEmpty()) {
            then.run();
            return;
        }
        Runnable rest = () -> ofRooms(call, rooms.subList(1, rooms.size()), all, then);
        of(
                call,
                rooms.get(0),
                found -> {
                    found.forEach(noted -> all.putIfAbsent(noted.target, noted));
                    rest.run();
                },
                rest);
    }

    // Registration

    /** What the client has noted about itself before it was registered counts from now on, as far as there is room. */
    static void registered(Call call) {
        Map<String, String> given = call.client().notes();
        call.client().notes(Map.of());
        Map<String, String> known = call.me().metadata();
        Map<String, String> fitting = new LinkedHashMap<>();
        int most = call.server().settings().metadata().keys();
        given.forEach((key, value) -> {
            if (known.containsKey(key) || known.size() + fitting.size() < most) {
                fitting.put(key, value);
            }
        });
        if (!fitting.isEmpty()) {
            call.session().changeMetadata(fitting);
        }
    }

    /** All that is noted about the client, even if it is nothing; told once, when it is registered. */
    static void own(Call call) {
        if (isAware(call.client())) {
            batch(call, call.nick(), lines(call, call.nick(), call.me().metadata()));
        }
    }

    // What is told unasked

    private static boolean isAware(IrcClient client) {
        return client.has(Capability.METADATA) && client.has(Capability.BATCH);
    }

    private static boolean isInterested(IrcClient client) {
        return isAware(client) && !client.subscriptions().isEmpty();
    }

    /** The client has come into a channel: what it wants to know, even if it is nothing. */
    static void entered(Call call, RoomName room) {
        if (isAware(call.client())) {
            Set<String> keys = call.client().subscriptions();
            of(call, room, found -> tell(call, IrcServer.channel(room), few(call, keys, found)), () -> {});
        }
    }

    /** Somebody whom the client watches is here. The same. */
    public static void online(Call call, UserSnapshot who) {
        if (isAware(call.client())) {
            String nick = who.nick().text();
            tell(call, nick, of(call, call.client().subscriptions(), who, nick));
        }
    }

    /** The client wants to know about those keys, too. Where nothing is known, its answer says all that there is. */
    public static void subscribed(Call call, Set<String> keys) {
        if (isAware(call.client()) && call.client().isRegistered() && !keys.isEmpty()) {
            ofAll(call, found -> {
                List<String> lines = few(call, keys, found);
                if (!lines.isEmpty()) {
                    tell(call, EVERYTHING, lines);
                }
            });
        }
    }

    /** The lines, if they are not too many to be told unasked; else so many that they are. */
    private static List<String> few(Call call, Set<String> keys, List<Noted> found) {
        List<String> lines = new ArrayList<>();
        for (Noted noted : found) {
            if (lines.size() > UNASKED) {
                break;
            }
            lines.addAll(noted.lines(call, keys));
        }
        return lines;
    }

    private static void tell(Call call, String target, List<String> lines) {
        if (lines.size() > UNASKED) {
            call.line(call.numeric(Numeric.RPL_METADATASYNCLATER, target, LATER));
        } else {
            batch(call, target, lines);
        }
    }

    private static void batch(Call call, String target, List<String> lines) {
        String batch = Output.nextBatch();
        String start = ":" + call.server().name() + " BATCH ";
        StringBuilder all = new StringBuilder(start + "+" + batch + " metadata " + target + "\r\n");
        lines.forEach(line -> Output.append(all, "batch=" + batch, line));
        call.line(all + start + "-" + batch + "\r\n");
    }

    /** Somebody else has come into a channel that the client is in. */
    static void joined(Call call, RoomEvent.Joined joined) {
        if (isInterested(call.client())) {
            String nick = joined.nick().text();
            Set<String> keys = call.client().subscriptions();
            call.session()
                    .users()
                    .find(nick)
                    .ifPresent(who -> of(call, keys, who, nick).forEach(call::line));
        }
    }

    /** Something was noted; who did it has been answered. */
    static void changed(Call call, String target, Map<String, String> changes) {
        if (isInterested(call.client())) {
            some(call, call.client().subscriptions(), target, changes).forEach(call::line);
        }
    }
}
