package io.teahouse.client;

import io.teahouse.room.Archive;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomName;
import io.teahouse.room.UserId;
import io.teahouse.user.Place;
import io.teahouse.user.UserSnapshot;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The history that a client may see, from the server's archive: of its rooms and its conversations. An answer is empty
 * if the store does not answer. Belongs to one {@link ClientSession}.
 */
final class ClientPast implements Past {
    /** The maximum number of conversations and messages that are counted. */
    private static final int MOST_CONVERSATIONS = 100;

    private static final int MOST_MESSAGES = 100;

    private final Services services;
    private final CurrentUser me;
    private final PendingWork work;

    ClientPast(Services services, CurrentUser me, PendingWork work) {
        this.services = services;
        this.me = me;
        this.work = work;
    }

    @Override
    public void latest(
            boolean signals, Instant after, Instant before, int limit, Consumer<Optional<List<Archive.Latest>>> then) {
        List<RoomName> rooms = me.places().stream().map(Place::room).toList();
        work.await(
                services.archive().latest(me.identity(), rooms, signals, after, Instant.MAX, Integer.MAX_VALUE),
                found -> then.accept(found.map(all -> onePerName(all).stream()
                        .filter(each -> each.at().isBefore(before))
                        .limit(limit)
                        .toList())));
    }

    /** Keeps one conversation per name: that with the user who has it now, or else the newest one; in order of time. */
    private List<Archive.Latest> onePerName(List<Archive.Latest> all) {
        Map<String, Archive.Latest> byName = new LinkedHashMap<>();
        for (Archive.Latest each : all) {
            RoomName room = each.room();
            String name = room.isConversation() ? partner(room) : "#" + room.key();
            String key = services.users().key(name).orElse(name);
            Archive.Latest other = byName.get(key);
            if (other == null || !isWithSomebodyHere(other.room())) {
                byName.remove(key);
                byName.put(key, each);
            }
        }
        return List.copyOf(byName.values());
    }

    private boolean isWithSomebodyHere(RoomName room) {
        return room.isConversation() && isPartner(room, partner(room));
    }

    /** Resolves named rooms at once: they may be renamed before the answer arrives. */
    @Override
    public void search(Archive.Query query, Consumer<Optional<Archive.Found>> then) {
        if (!query.rooms().isEmpty()) {
            List<RoomName> own = query.rooms().stream().filter(this::isOwn).toList();
            find(query.in(own), then);
            return;
        }
        work.await(
                services.archive().latest(me.identity(), List.of(), Instant.EPOCH, Instant.MAX, Integer.MAX_VALUE),
                talks -> talks.ifPresentOrElse(
                        all -> find(
                                query.in(Stream.concat(
                                                me.places().stream().map(Place::room),
                                                all.stream().map(Archive.Latest::room))
                                        .toList()),
                                then),
                        () -> then.accept(Optional.empty())));
    }

    @Override
    public void directMessages(Instant since, Consumer<Optional<DirectMessages>> then) {
        directMessagesAfter(
                since.truncatedTo(ChronoUnit.MILLIS).minusMillis(1), then); // messages have whole milliseconds
    }

    private void directMessagesAfter(Instant since, Consumer<Optional<DirectMessages>> then) {
        work.await(
                services.archive().latest(me.identity(), List.of(), since, Instant.MAX, MOST_CONVERSATIONS), talks -> {
                    if (talks.isEmpty() || talks.get().isEmpty()) {
                        then.accept(talks.map(none -> DirectMessages.by(List.of(), true)));
                    } else {
                        count(talks.get(), since, then);
                    }
                });
    }

    private void count(List<Archive.Latest> talks, Instant since, Consumer<Optional<DirectMessages>> then) {
        Archive.Query query = new Archive.Query(
                talks.stream().map(Archive.Latest::room).toList(),
                "",
                Optional.empty(),
                Optional.of(since),
                Optional.empty(),
                MOST_MESSAGES);
        find(
                query,
                found -> then.accept(found.map(all -> {
                    List<String> names = all.said().stream()
                            .filter(said -> !me.said(said.room(), said.by(), said.profile()))
                            .map(said -> partner(said.room()))
                            .toList();
                    boolean complete =
                            all.isComplete() && all.said().size() < MOST_MESSAGES && talks.size() < MOST_CONVERSATIONS;
                    return DirectMessages.by(names, complete);
                })));
    }

    private boolean isOwn(RoomName room) {
        return room.isConversationOf(me.identity())
                || me.places().stream().anyMatch(place -> place.room().key().equals(room.key()));
    }

    private void find(Archive.Query query, Consumer<Optional<Archive.Found>> then) {
        work.read(reading -> work.await(services.archive().search(query), found -> {
            reading.end(found.map(all -> Sizes.of(all.said())).orElse(0L));
            then.accept(found);
        }));
    }

    // Partners of conversations

    /** Does not open a conversation without messages. */
    @Override
    public void conversation(String name, Consumer<Optional<RoomName>> then) {
        Optional<UserSnapshot> here = services.users().find(name);
        if (here.isPresent()) {
            RoomName known =
                    RoomName.conversation(me.identity(), here.get().id().value());
            newest("", List.of(known), any -> true, Optional.of(known), then);
        } else {
            Optional<RoomName> stranger = services.users()
                    .key(name)
                    .map(key -> RoomName.conversation(
                            me.identity(), UserId.ofNick(new Nick(name, key)).value()));
            newest(me.identity(), List.of(), isWith(name), stranger, then);
        }
    }

    /**
     * Matches the conversation with an offline user: by the name of their account, or by the nick that they had first
     * or last.
     */
    private Predicate<RoomName> isWith(String name) {
        Optional<String> key = services.users().key(name);
        List<String> former = services.users().former(name).stream()
                .map(each -> each.profile().id().value())
                .toList();
        return conversation -> {
            String other = conversation.partner(me.identity());
            return former.contains(other)
                    || (key.isPresent() && key.equals(services.users().key(new UserId(other).name())));
        };
    }

    private void newest(
            String identity,
            List<RoomName> rooms,
            Predicate<RoomName> meant,
            Optional<RoomName> unanswered,
            Consumer<Optional<RoomName>> then) {
        work.await(
                services.archive().latest(identity, rooms, true, Instant.EPOCH, Instant.MAX, Integer.MAX_VALUE),
                found -> then.accept(found.map(all -> all.stream()
                                .filter(each -> meant.test(each.room()))
                                .reduce((earlier, later) -> later)
                                .map(Archive.Latest::room))
                        .orElse(unanswered)));
    }

    /** Whether the user with that name is the other participant, who may be offline. */
    boolean isPartner(RoomName conversation, String name) {
        String other = conversation.partner(me.identity());
        return services.users()
                .find(name)
                .filter(found -> found.id().value().equals(other))
                .isPresent();
    }

    /** The other participant's nick, if they are online; else the name of their account, or the first nick. */
    String partner(RoomName conversation) {
        String other = conversation.partner(me.identity());
        UserId id = new UserId(other);
        return services.users().find(id).map(found -> found.nick().text()).orElse(id.name());
    }
}
