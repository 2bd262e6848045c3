package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The state of one room: who is in it, what it is about, how far it has counted. It sends nothing and knows no actor
 * beyond the references that name its members. One thread at a time.
 *
 * <p>Somebody is <em>registered</em> from the moment his join is accepted, and <em>shown</em> from the moment the
 * others are told of it; the same apart when he leaves.
 */
public final class Room {
    private RoomName name;
    private RoomName nameToCome;
    private final Map<UserId, Member> byId = new HashMap<>();
    private final Map<ActorRef<RoomEvent>, Member> bySubscriber = new HashMap<>();
    private final Map<String, Member> byKey = new HashMap<>();

    /** One member of each owner; the others follow it, see {@link Member#nextOfOwner}. */
    private final Map<ActorRef<?>, Member> byOwner = new HashMap<>();

    private Member[] shown = new Member[4];
    private int shownCount;
    private long arrivals;
    private long seq;
    private Topic topic = Topic.NONE;

    /** The newest one that is for all. */
    private Topic openTopic = Topic.NONE;

    private final RoomSettings settings;
    private final Modes modes;
    private Instant created;
    private boolean awaited;

    /** The ranks of those who are about to rejoin. */
    private final Map<UserId, Ranks> formerRanks = new HashMap<>();

    private long past;
    private long session;

    /** The first member of the session, until they are shown. */
    private Optional<Member> opener = Optional.empty();

    private String founder = "";
    private Map<String, String> metadata = Map.of();
    private final RoomBudget.Share notes;

    /** A room without members. */
    Room(RoomName name, RoomSettings settings, Instant created) {
        this.name = name;
        this.nameToCome = name;
        this.settings = settings;
        this.modes = new Modes(
                settings.rules().modes(),
                settings.rules().folding(),
                settings.memory().lists());
        this.notes = settings.memory().lists().share();
        this.created = created;
    }

    /** As those who are in it know it. */
    public RoomName name() {
        return name;
    }

    /** As they will know it when all that stands in the line has been told. */
    RoomName nameToCome() {
        return nameToCome;
    }

    /** It stands in the line that the room is called otherwise. */
    void willBeCalled(RoomName to) {
        nameToCome = to;
    }

    /** They are being told. */
    void isCalled(RoomName now) {
        name = now;
    }

    /** Of the newest stored event; 0 when there is none. */
    public long seq() {
        return seq;
    }

    public Topic topic() {
        return topic;
    }

    public Modes modes() {
        return modes;
    }

    /** When the first one came in. */
    public Instant created() {
        return created;
    }

    /** How many are registered. */
    public int size() {
        return byId.size();
    }

    public Optional<Member> member(UserId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The member to whom that subscriber belongs. */
    public Optional<Member> member(ActorRef<RoomEvent> subscriber) {
        return Optional.ofNullable(bySubscriber.get(subscriber));
    }

    /** Another actor is the owner of the member from now on. */
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

    /** The members whose owner is that actor, in the order in which they came: one, unless it speaks for several users. */
    List<Member> ownedBy(ActorRef<?> owner) {
        return Stream.iterate(byOwner.get(owner), Objects::nonNull, member -> member.nextOfOwner)
                .sorted(Comparator.comparingLong(member -> member.arrival))
                .toList();
    }

    /** The member of that name, in any spelling. */
    public Optional<Member> named(Nick nick) {
        return Optional.ofNullable(byKey.get(nick.key()));
    }

    /** The member of that name, as it was typed. */
    Optional<Member> byName(String typed) {
        try {
            Nick nick = Nick.of(typed);
            return named(new Nick(nick.text(), settings.rules().folding().apply(nick.key())));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // nobody can be called so
        }
    }

    /** Whether they are registered, and not only somebody who speaks from outside. */
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
        member.isSilenced(modes); // what silences them now does so under the new name
        byKey.remove(member.nick().key(), member);
        member.rename(to);
        byKey.put(to.key(), member);
    }

    /** The same member under another id, which no other member has. */
    void changeId(Member member, UserId to) {
        modes.invitations().changeInviter(member.id(), to);
        byId.remove(member.id(), member);
        member.id(to);
        byId.put(to, member);
    }

    /** The others are told that the member is there. */
    void show(Member member) {
        if (shownCount == shown.length) {
            shown = Arrays.copyOf(shown, shownCount * 2);
        }
        member.slot = shownCount;
        shown[shownCount++] = member;
    }

    /** The last one takes the free place: no search, no hole. */
    void hide(Member member) {
        Member last = shown[--shownCount];
        shown[member.slot] = last;
        last.slot = member.slot;
        member.slot = -1;
        Arrays.fill(shown, shownCount, shownCount + 1, null);
    }

    /** The same person, as others may know them now; what silenced them before does so still. */
    void changeProfile(Member member, Profile to) {
        member.isSilenced(modes);
        member.profile(to);
    }

    /** Those who are shown, in no order. */
    Stream<Member> shownMembers() {
        return Arrays.stream(shown, 0, shownCount);
    }

    /** Those who are shown, in the order in which they came. */
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
     * Ranks do not reach messages up to this seq: they were sent in an earlier session, by people of whom the present members
     * know nothing. In a registered room: in a session before that in which it was registered.
     */
    public long past() {
        return past;
    }

    /** As {@link RoomLog} knows it; see {@link VisibilitySession}. */
    long session() {
        return session;
    }

    /** The session that the log was opened with. */
    void session(long opened) {
        session = opened;
    }

    /** A user enters the empty room; what is still pending belongs to an earlier session. */
    void beginSession(long fresh) {
        session = fresh;
        past = Long.MAX_VALUE;
        opener = Optional.empty();
    }

    /** @param before the seq of the newest event that was shown before */
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

    /** The account that the room belongs to; empty: to nobody. */
    public String founder() {
        return founder;
    }

    /** It is set as it was left, whoever is here. */
    void keep(RegisteredState kept) {
        founder = kept.founder();
        created = kept.created();
        modes.restore(kept.modes());
        metadata(kept.metadata());
        past = Math.min(kept.past(), seq); // a log may have been set back
    }

    /** @param to empty: to nobody */
    void founder(String to) {
        founder = to;
    }

    /** What outlives its members. */
    Optional<RegisteredState> kept() {
        return founder.isEmpty()
                ? Optional.empty()
                : Optional.of(new RegisteredState(founder, created, modes.snapshot(), metadata, Math.min(past, seq)));
    }

    /** What programs note about it. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** True if it is not so already. {@code changes} as in {@link RoomEvent.MetadataChanged}. */
    boolean noteMetadata(Map<String, String> changes) {
        Map<String, String> next = Metadata.changed(metadata, changes);
        boolean differs = !next.equals(metadata);
        metadata(next);
        return differs;
    }

    private void metadata(Map<String, String> to) {
        notes.add(Metadata.bytes(to) - Metadata.bytes(metadata));
        metadata = to;
    }

    /** Whether nothing more can be noted about it, though there are not many notes. */
    boolean hasNoMemoryForNotes() {
        return notes.isFullWith(Metadata.MOST_BYTES);
    }

    /** It ends. */
    void close() {
        modes.close();
        notes.close();
    }

    /** The first to come keeps order; where the room belongs to somebody, he does. */
    Ranks initialRanks(Profile newcomer) {
        boolean first = size() == 0 && !awaited && !name.isConversation() && !isOfficial();
        boolean keepsOrder = founder.isEmpty() ? first : founder.equals(newcomer.account());
        return keepsOrder ? Ranks.OPERATOR : Ranks.NONE;
    }

    /** @param forWhom as {@link RoomLog#append} takes it */
    void topic(Topic to, long forWhom) {
        topic = to;
        openTopic = forWhom == RoomLog.FOR_ALL ? to : openTopic;
    }

    /** What the room needs to go on elsewhere, now. */
    RoomState state(long generation, long version) {
        Map<UserId, Ranks> ranks = new HashMap<>();
        for (Member member : byId.values()) {
            if (!member.ranks().equals(Ranks.NONE)) {
                ranks.put(member.id(), member.ranks());
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
                Collections.unmodifiableMap(ranks));
    }

    /** Its former members are about to rejoin, and find it as it was. */
    void goOn(RoomState former) {
        if (founder.isEmpty()) { // otherwise the log knows it, and better
            modes.restore(former.modes());
            created = former.created();
            past = Math.min(former.past(), seq);
        }
        metadata(former.metadata());
        formerRanks.putAll(former.ranks());
        awaited = true;
    }

    /** The ranks with which a former member rejoins: as the room told them last, or else as the member was told. */
    Ranks takeFormerRanks(UserId id, Ranks told) {
        return Optional.ofNullable(formerRanks.remove(id)).orElse(told);
    }

    /** True until somebody is in it again. */
    boolean isAwaited() {
        return awaited;
    }

    /** Somebody has come in. */
    void entered() {
        awaited = false;
    }

    /** Everybody has gone: whoever comes next finds it as new, but for what was said, unless it is registered. */
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
