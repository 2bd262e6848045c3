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

/** Writes the metadata of users and channels, on request and for a client's subscriptions (IRCv3 metadata). */
public final class MetadataSubscriptions {
    /** The visibility of every key: public. */
    private static final String VISIBLE = "*";

    /** The most lines that are sent unasked at a time. */
    private static final int UNASKED = 100;

    /** After how many seconds a client should ask for what was not sent. */
    private static final String LATER = "1";

    /** The longest key, in characters of one byte each. */
    public static final int LONGEST_KEY = 64;

    /** Stands for all targets that a client is subscribed to. */
    public static final String EVERYTHING = "*ALL";

    private MetadataSubscriptions() {}

    /** RPL_KEYVALUE, or RPL_KEYNOTSET if {@code value} is empty. */
    public static String line(Call call, String target, String key, String value) {
        return value.isEmpty()
                ? call.numeric(Numeric.RPL_KEYNOTSET, target, key)
                : call.numeric(Numeric.RPL_KEYVALUE, target, key, VISIBLE, value);
    }

    /** The warning that takes the place of the value of an invalid key. */
    public static String noKey(Call call, String typed) {
        return Replies.warn(call.server().name(), "METADATA", "INVALID_KEY", "No such key is possible", typed);
    }

    public static List<String> lines(Call call, String target, Map<String, String> entries) {
        List<String> lines = new ArrayList<>();
        entries.forEach((key, value) -> lines.add(line(call, target, key, value)));
        return lines;
    }

    /** Sends RPL_WHOISKEYVALUE to clients with the capability. */
    public static void whois(Call call, UserSnapshot who) {
        if (call.client().has(Capability.METADATA)) {
            who.metadata()
                    .forEach((key, value) ->
                            call.reply(Numeric.RPL_WHOISKEYVALUE, who.nick().text(), key, VISIBLE, value));
        }
    }

    /** Lines for those keys of a user's metadata that are in {@code keys}. */
    public static List<String> of(Call call, Set<String> keys, UserSnapshot who, String target) {
        return some(call, keys, target, who.metadata());
    }

    private static List<String> some(Call call, Set<String> keys, String target, Map<String, String> entries) {
        List<String> lines = new ArrayList<>();
        entries.forEach((key, value) -> {
            if (keys.contains(key)) {
                lines.add(line(call, target, key, value));
            }
        });
        return lines;
    }

    /**
     * The metadata of one target. It is turned into lines only when they are written: the lines about all members of a
     * channel could take much more memory and time than were asked for.
     */
    public record TargetMetadata(String target, Map<String, String> entries) {
        static TargetMetadata about(UserSnapshot who) {
            return new TargetMetadata(who.nick().text(), who.metadata());
        }

        List<String> lines(Call call, Set<String> keys) {
            return some(call, keys, target, entries);
        }
    }

    /**
     * Finds the metadata of a channel and of all its members.
     *
     * @param otherwise runs if the client may not read it
     */
    public static void of(Call call, RoomName room, Consumer<List<TargetMetadata>> then, Runnable otherwise) {
        call.session().queries().rooms().metadata(room, reply -> {
            if (reply instanceof RoomReply.Metadata found) {
                List<TargetMetadata> all = new ArrayList<>();
                add(all, new TargetMetadata(IrcServer.channel(room), found.entries()));
                call.session().queries().rooms().names(room, names -> {
                    if (names instanceof RoomReply.NameList list) {
                        members(call, list).forEach(who -> add(all, TargetMetadata.about(who)));
                    }
                    then.accept(all);
                });
            } else {
                otherwise.run();
            }
        });
    }

    private static void add(Collection<TargetMetadata> all, TargetMetadata metadata) {
        if (!metadata.entries.isEmpty()) {
            all.add(metadata);
        }
    }

    private static Stream<UserSnapshot> members(Call call, RoomReply.NameList list) {
        return Channels.visible(call, list).stream()
                .flatMap(member ->
                        call.session().queries().users().find(member.nick().text()).stream());
    }

    /**
     * Finds the metadata of all targets that a client receives: its own, and that of the users that it monitors, its
     * channels and their members.
     */
    public static void ofAll(Call call, Consumer<List<TargetMetadata>> then) {
        Map<String, TargetMetadata> all = new LinkedHashMap<>();
        List<TargetMetadata> first = new ArrayList<>();
        add(first, TargetMetadata.about(call.me()));
        call.client().monitored().keySet().stream()
                .flatMap(name -> call.session().queries().users().find(name).stream())
                .forEach(who -> add(first, TargetMetadata.about(who)));
        first.forEach(metadata -> all.putIfAbsent(metadata.target, metadata));
        List<RoomName> rooms = call.session().rooms().places().stream()
                .map(Place::room)
                .filter(room -> !room.isConversation())
                .toList();
        ofRooms(call, rooms, all, () -> then.accept(List.copyOf(all.values())));
    }

    /** @param all receives the metadata by target, so that a member of several rooms is listed once */
    private static void ofRooms(Call call, List<RoomName> rooms, Map<String, TargetMetadata> all, Runnable then) {
        if (rooms.isEmpty()) {
            then.run();
            return;
        }
        Runnable rest = () -> ofRooms(call, rooms.subList(1, rooms.size()), all, then);
        of(
                call,
                rooms.get(0),
                found -> {
                    found.forEach(metadata -> all.putIfAbsent(metadata.target, metadata));
                    rest.run();
                },
                rest);
    }

    // Registration

    /** Applies the metadata that a client set before registration, up to the limit. */
    static void registered(Call call) {
        Map<String, String> given = call.client().pendingMetadata();
        call.client().pendingMetadata(Map.of());
        Map<String, String> known = call.me().metadata();
        Map<String, String> fitting = new LinkedHashMap<>();
        int most = call.server().settings().metadata().keys();
        given.forEach((key, value) -> {
            if (known.containsKey(key) || known.size() + fitting.size() < most) {
                fitting.put(key, value);
            }
        });
        if (!fitting.isEmpty()) {
            call.session().identity().changeMetadata(fitting);
        }
    }

    /** Sends a client its own metadata when it registers, even if there is none. */
    static void own(Call call) {
        if (isAware(call.client())) {
            batch(call, call.nick(), lines(call, call.nick(), call.me().metadata()));
        }
    }

    // Sent unasked

    private static boolean isAware(IrcClient client) {
        return client.has(Capability.METADATA) && client.has(Capability.BATCH);
    }

    private static boolean isInterested(IrcClient client) {
        return isAware(client) && !client.subscriptions().isEmpty();
    }

    /** The client has joined a channel: sends the subscribed keys, even if there are none. */
    static void entered(Call call, RoomName room) {
        if (isAware(call.client())) {
            Set<String> keys = call.client().subscriptions();
            of(call, room, found -> tell(call, IrcServer.channel(room), few(call, keys, found)), () -> {});
        }
    }

    /** A monitored user is online: sends the subscribed keys, even if there are none. */
    public static void online(Call call, UserSnapshot who) {
        if (isAware(call.client())) {
            String nick = who.nick().text();
            tell(call, nick, of(call, call.client().subscriptions(), who, nick));
        }
    }

    /** The client has subscribed to {@code keys}: sends their current values, if there are any. */
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

    /** The lines for {@code keys}; it stops as soon as there are too many to be sent unasked. */
    private static List<String> few(Call call, Set<String> keys, List<TargetMetadata> found) {
        List<String> lines = new ArrayList<>();
        for (TargetMetadata metadata : found) {
            if (lines.size() > UNASKED) {
                break;
            }
            lines.addAll(metadata.lines(call, keys));
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

    /** Another user has joined a channel of the client. */
    static void joined(Call call, RoomEvent.Joined joined) {
        if (isInterested(call.client())) {
            String nick = joined.nick().text();
            Set<String> keys = call.client().subscriptions();
            call.session()
                    .queries()
                    .users()
                    .find(nick)
                    .ifPresent(who -> of(call, keys, who, nick).forEach(call::line));
        }
    }

    /** The metadata of {@code target} has changed. The client that changed it got a reply instead. */
    static void changed(Call call, String target, Map<String, String> changes) {
        if (isInterested(call.client())) {
            some(call, call.client().subscriptions(), target, changes).forEach(call::line);
        }
    }
}
