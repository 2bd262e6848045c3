package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The state of a room: its members, topic, modes and seq. It sends nothing; actor references only identify its members.
 * Not thread-safe.
 *
 * <p>A member is <em>registered</em> when their join is accepted, and <em>shown</em> when it is published; leaving has
 * the same two steps.
 */
public final class Room {
    /** Older ones are forgotten: their connections have rejoined long since. */
    private static final int MOST_DEPARTED = 1024;

    private RoomName name;
    private RoomName pendingName;
    private final Map<UserId, Member> byId = new HashMap<>();
    private final Map<ActorRef<RoomEvent>, Member> bySubscriber = new HashMap<>();
    private final Map<String, Member> byKey = new HashMap<>();

    /** The first member of each owner; the others follow it in a list, see {@link Member#nextOfOwner}. */
    private final Map<ActorRef<?>, Member> byOwner = new HashMap<>();

    private Member[] shown = new Member[4];
    private int shownCount;
    private long arrivals;
    private long seq;
    private Topic topic = Topic.NONE;

    /** The newest topic that is for all. */
    private Topic openTopic = Topic.NONE;

    private final RoomSettings settings;
    private final Modes modes;
    private Instant created;
    private boolean awaited;

    /** The ranks of former members who are about to rejoin. */
    private final Map<UserId, Ranks> formerRanks = new HashMap<>();

    /** The users who came back after a failure and have left since, the oldest first. */
    private final Set<UserId> departed = new LinkedHashSet<>();

    private long past;
    private long session;

    /** The first member of the session, until they are shown. */
    private Optional<Member> opener = Optional.empty();

    private String founder = "";
    private Map<String, String> metadata = Map.of();
    private final RoomBudget.Share metadataMemory;

    /** A room without members. */
    Room(RoomName name, RoomSettings settings, Instant created) {
        this.name = name;
        this.pendingName = name;
        this.settings = settings;
        this.modes = new Modes(
                settings.rules().modes(),
                settings.rules().folding(),
                settings.memory().lists());
        this.metadataMemory = settings.memory().lists().share();
        this.created = created;
    }

    /** The name that the members know. */
    public RoomName name() {
        return name;
    }

    /** The name after all pending renames. */
    RoomName pendingName() {
        return pendingName;
    }

    /** A rename has been enqueued. */
    void setPendingName(RoomName to) {
        pendingName = to;
    }

    /** A rename is being published. */
    void setName(RoomName now) {
        name = now;
    }

    /** The seq of the newest stored event; 0 if there is none. */
    public long seq() {
        return seq;
    }

    public Topic topic() {
        return topic;
    }

    public Modes modes() {
        return modes;
    }

    /** When the first member joined. */
    public Instant created() {
        return created;
    }

    /** The number of registered members. */
    public int size() {
        return byId.size();
    }

    /** All members, in the order of their joins. */
    List<Member> all() {
        return byId.values().stream()
                .sorted(Comparator.comparingLong(member -> member.arrival))
                .toList();
    }

    public Optional<Member> member(UserId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The member of that subscriber. */
    public Optional<Member> member(ActorRef<RoomEvent> subscriber) {
        return Optional.ofNullable(bySubscriber.get(subscriber));
    }

    /** Sets the actor that owns the member from now on. */
    void own(Member member, RoomActor.Identity user) {
        leaveOwner(member);
        member.own(user);
        joinOwner(member);
    }

    private void joinOwner(Member member) {
        member.nextOfOwner = byOwner.put(member.owner(), member);
    }

    private void leaveOwner(Member member) {
        Member first = byOwner.get(member.owner());
        if (first == member && member.nextOfOwner == null) {
            byOwner.remove(member.owner());
        } else if (first == member) {
            byOwner.put(member.owner(), member.nextOfOwner);
        }
        for (Member each = first; each != null; each = each.nextOfOwner) {
            if (each.nextOfOwner == member) {
                each.nextOfOwner = member.nextOfOwner;
            }
        }
        member.nextOfOwner = null;
    }

    boolean isOwner(ActorRef<?> actor) {
        return byOwner.containsKey(actor);
    }

    /** The members of that owner, in the order of their joins: one, unless it speaks for several users. */
    List<Member> ownedBy(ActorRef<?> owner) {
        return Stream.iterate(byOwner.get(owner), Objects::nonNull, member -> member.nextOfOwner)
                .sorted(Comparator.comparingLong(member -> member.arrival))
                .toList();
    }

    /** The member with that nick, in any spelling. */
    public Optional<Member> named(Nick nick) {
        return Optional.ofNullable(byKey.get(nick.key()));
    }

    /** The member with that nick, as it was typed. */
    Optional<Member> byName(String typed) {
        try {
            Nick nick = Nick.of(typed);
            return named(new Nick(nick.text(), settings.rules().folding().apply(nick.key())));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not a valid nick
        }
    }

    /** Whether they are registered; false for a sender from outside. */
    boolean isMember(Member member) {
        return byId.get(member.id()) == member;
    }

    Member register(RoomActor.Identity user, Ranks ranks, Instant at) {
        Member member = new Member(user, ranks, at);
        member.arrival = arrivals++;
        byId.put(member.id(), member);
        byKey.put(member.nick().key(), member);
        joinOwner(member);
        if (past == Long.MAX_VALUE) {
            opener = opener.or(() -> Optional.of(member));
        }
        return member;
    }

    void unregister(Member member) {
        byId.remove(member.id(), member);
        byKey.remove(member.nick().key(), member);
        leaveOwner(member);
        member.subscribers().forEach(subscriber -> bySubscriber.remove(subscriber, member));
    }

    void subscribe(Member member, ActorRef<RoomEvent> subscriber) {
        member.subscribe(subscriber);
        bySubscriber.put(subscriber, member);
    }

    void unsubscribe(Member member, ActorRef<RoomEvent> subscriber) {
        member.unsubscribe(subscriber);
        bySubscriber.remove(subscriber, member);
    }

    void rename(Member member, Nick to) {
        member.isSilenced(modes); // bans that silence them now do so under the new nick, too
        byKey.remove(member.nick().key(), member);
        member.rename(to);
        byKey.put(to.key(), member);
    }

    /** Gives the member another id, which no other member has. */
    void changeId(Member member, UserId to) {
        modes.invitations().changeInviter(member.id(), to);
        byId.remove(member.id(), member);
        member.id(to);
        byId.put(to, member);
    }

    /** The join of the member is being published. */
    void show(Member member) {
        if (shownCount == shown.length) {
            shown = Arrays.copyOf(shown, shownCount * 2);
        }
        member.slot = shownCount;
        shown[shownCount++] = member;
    }

    /** The last one moves into the free slot: no search, no hole. */
    void hide(Member member) {
        Member last = shown[--shownCount];
        shown[member.slot] = last;
        last.slot = member.slot;
        member.slot = -1;
        Arrays.fill(shown, shownCount, shownCount + 1, null);
    }

    /** Changes the profile of a member; bans that silenced them before still do. */
    void changeProfile(Member member, Profile to) {
        member.isSilenced(modes);
        member.profile(to);
    }

    /** The shown members, in no order. */
    Stream<Member> shownMembers() {
        return Arrays.stream(shown, 0, shownCount);
    }

    /** The shown members, in the order of their joins. */
    List<Member> inOrder() {
        return shownMembers()
                .sorted(Comparator.comparingLong(member -> member.arrival))
                .toList();
    }

    int shownCount() {
        return shownCount;
    }

    void count(long stored) {
        seq = stored;
    }

    /**
     * Ranks give no rights over messages up to this seq: they were sent in an earlier session, by other users. In a
     * registered room: in a session before that in which it was registered.
     */
    public long past() {
        return past;
    }

    /** The session, as in {@link RoomLog}; see {@link VisibilitySession}. */
    long session() {
        return session;
    }

    /** Sets the session that the log was opened with. */
    void session(long opened) {
        session = opened;
    }

    /** A user enters the empty room; what is still pending belongs to an earlier session. */
    void beginSession(long fresh) {
        session = fresh;
        past = Long.MAX_VALUE;
        opener = Optional.empty();
    }

    /** @param before the seq of the newest event that was published before */
    void shown(Member member, long before) {
        if (opener.filter(member::equals).isPresent()) {
            past = before;
            opener = Optional.empty();
        }
    }

    /** See {@link RoomSettings.Rules#official}. */
    public boolean isOfficial() {
        return settings.rules().official().test(name);
    }

    /** The account that the room belongs to; empty: none. */
    public String founder() {
        return founder;
    }

    /** Restores the settings of a registered room. */
    void keep(RegisteredState kept) {
        founder = kept.founder();
        created = kept.created();
        modes.restore(kept.modes());
        metadata(kept.metadata());
        past = Math.min(kept.past(), seq); // the log may have been restored from a backup
    }

    /** @param to an account; empty: none */
    void founder(String to) {
        founder = to;
    }

    /** The state that outlives the members. */
    Optional<RegisteredState> kept() {
        return founder.isEmpty()
                ? Optional.empty()
                : Optional.of(new RegisteredState(founder, created, modes.snapshot(), metadata, Math.min(past, seq)));
    }

    /** The metadata of the room. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Returns whether it changes anything. {@code changes} as in {@link RoomEvent.MetadataChanged}. */
    boolean changeMetadata(Map<String, String> changes) {
        Map<String, String> next = Metadata.changed(metadata, changes);
        boolean differs = !next.equals(metadata);
        metadata(next);
        return differs;
    }

    private void metadata(Map<String, String> to) {
        metadataMemory.add(Metadata.bytes(to) - Metadata.bytes(metadata));
        metadata = to;
    }

    /** Whether the budget has no memory for more metadata, however few there are. */
    boolean isMetadataFull() {
        return metadataMemory.isFullWith(Metadata.MOST_BYTES);
    }

    /** The room ends. */
    void close() {
        modes.close();
        metadataMemory.close();
    }

    /** By the rules of IRC: the first member becomes operator; in a registered room, only its founder does. */
    public Ranks initialRanks(Profile newcomer) {
        boolean first = size() == 0 && !awaited && !name.isConversation() && !isOfficial();
        boolean mayModerate = founder.isEmpty() ? first : founder.equals(newcomer.account());
        return mayModerate ? Ranks.OPERATOR : Ranks.NONE;
    }

    /** @param forWhom as {@link RoomLog#append} takes it */
    void topic(Topic to, long forWhom) {
        topic = to;
        openTopic = forWhom == RoomLog.FOR_ALL ? to : openTopic;
    }

    /** The state that the room needs to continue after a failure. */
    RoomState state(long generation, long version) {
        Map<UserId, Ranks> ranks = new HashMap<>();
        for (Member member : byId.values()) {
            if (!member.shownRanks().equals(Ranks.NONE)) {
                ranks.put(member.id(), member.shownRanks());
            }
        }
        return new RoomState(
                generation,
                version,
                created,
                founder,
                session,
                past,
                modes.snapshot(),
                metadata,
                Collections.unmodifiableMap(ranks),
                shownCount);
    }

    /** Restores the state that the former members know, who are about to rejoin. */
    void restore(RoomState former) {
        if (founder.isEmpty()) { // otherwise the log has it
            modes.restore(former.modes());
            created = former.created();
            past = Math.min(former.past(), seq);
        }
        metadata(former.metadata());
        formerRanks.putAll(former.ranks());
        awaited = true;
    }

    /**
     * The ranks with which a former member rejoins: those in the last state of the room, or else those that the member
     * knows.
     */
    Ranks takeFormerRanks(UserId id, Ranks known) {
        return Optional.ofNullable(formerRanks.remove(id)).orElse(known);
    }

    /**
     * A user leaves. If they came back after a failure, another of their connections may not know it, and be about to bring them
     * back.
     */
    void departs(Member member) {
        if (member.hasReturned
                && !name.isConversation()
                && departed.add(member.id())
                && departed.size() > MOST_DEPARTED) {
            departed.remove(departed.iterator().next());
        }
    }

    /** Whether a user has left whose other connections may still be about to bring them back. */
    boolean hasDeparted(UserId id) {
        return departed.contains(id);
    }

    /** Whether former members are expected and nobody has joined yet. */
    boolean isAwaited() {
        return awaited;
    }

    /** A user has joined. */
    void entered(Member member, boolean back) {
        awaited = false;
        member.hasReturned = departed.remove(member.id()) || back;
    }

    /** The last member has left: apart from its history, a room that is not registered is as new. */
    void empty(Instant at) {
        if (!founder.isEmpty()) {
            return;
        }
        formerRanks.clear();
        modes.reset(settings.rules().modes());
        metadata(Map.of());
        topic = openTopic;
        created = at;
    }
}
