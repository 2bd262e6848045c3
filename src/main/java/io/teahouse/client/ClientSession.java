package io.teahouse.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.ActorContext;
import akka.util.ByteString;
import io.teahouse.client.Dialect.NameProblem;
import io.teahouse.room.Archive;
import io.teahouse.room.Mode;
import io.teahouse.room.ModeChange;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.Sort;
import io.teahouse.room.Span;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What one {@link ClientActor} does for its dialect: who the client is, and what it asks of registry, directory and
 * rooms. Runs in that actor.
 */
final class ClientSession implements Session, ClientLogin.Waiting {
    /** How the life of the connection goes on. */
    interface Life {
        void entered();

        void quit(String text);

        void cutOff(String reason);

        void write(ByteString bytes);

        void separateWrites();

        /** Has {@code then} called once when little waits to be written; from any thread. */
        void whenRead(Runnable then);
    }

    /** Something has been worked out. */
    record Computed(Runnable goOn) {}

    private static final ArrayDeque<Runnable> NOTHING_LATER = new ArrayDeque<>(1);

    private static final String ABSENT = "connection lost";

    private final ActorContext<Object> context;
    private final Services services;
    private final Dialect dialect;
    private final Life life;
    private final boolean secure;
    private final ClientLogin login;
    private final ClientRooms rooms;
    private final Questions questions;
    private final Markers markers;
    private final Whispers whispers = new Whispers();
    private ArrayDeque<Runnable> later = NOTHING_LATER;
    private Profile profile;
    private Optional<Nick> nick = Optional.empty();

    /** Since when the name is the client's. */
    private Instant namedAt = Instant.EPOCH;

    private Optional<Presence> presence = Optional.empty();

    /** The name before the last change, until it is certain that no room refuses the new one. */
    private Optional<Nick> former = Optional.empty();

    /** Answers of the registry and the directory that the next line has to wait for. */
    private int awaited;

    ClientSession(ActorContext<Object> context, Services services, Dialect dialect, Life life, Peer peer) {
        this.context = context;
        this.services = services;
        this.dialect = dialect;
        this.life = life;
        this.profile = peer.profile();
        this.secure = peer.secure();
        this.login = new ClientLogin(
                services.accounts(), services.rules(), peer.address().getAddress(), this, this);
        this.markers = new Markers(services.markers());
        this.rooms = new ClientRooms(context, services, dialect, this);
        this.questions = new Questions(context, services, rooms, found -> nick.ifPresent(me -> rooms.enter(found, me)));
    }

    ClientRooms rooms() {
        return rooms;
    }

    Questions questions() {
        return questions;
    }

    /** True while the next line has to wait for an answer, or for the rest of the request. */
    boolean isAwaiting() {
        return isUnanswered() || !later.isEmpty();
    }

    private boolean isUnanswered() {
        return awaited > 0 || rooms.isAwaiting() || !questions.isEmpty();
    }

    @Override
    public void afterwards(Runnable step) {
        if (later == NOTHING_LATER) {
            later = new ArrayDeque<>(4);
        }
        later.addLast(step);
    }

    /** Does what was put off, as far as that can be. */
    void goOn() {
        while (!later.isEmpty() && !isUnanswered() && rooms.outstanding() == 0) {
            later.removeFirst().run();
        }
    }

    // Answers

    void on(RoomDirectory.Location location) {
        if (whispers.isAbout(location)) {
            awaited--;
            if (location instanceof RoomDirectory.Found found && nick.isPresent()) {
                whispers.say(rooms, found, nick.get());
            } else if (location instanceof RoomDirectory.NotFound notFound) {
                RoomActor.Asking asked = whispers.drop().apply(rooms.me());
                dialect.refused(this, new RoomReply.Refused(notFound.room(), asked, notFound.refusal()));
            }
        } else if (questions.on(location)) {
            return;
        } else if (location instanceof RoomDirectory.NotFound notFound) {
            rooms.on(notFound);
        } else if (location instanceof RoomDirectory.Found found && nick.isPresent()) {
            rooms.on(found, nick.get());
        }
    }

    /** The rooms of the one who was absent are this one's now. */
    void on(ClientActor.Places places) {
        awaited--;
        nick.ifPresent(me -> places.rooms().forEach(held -> rooms.resume(held, places.of(), me)));
    }

    void on(RoomReply reply) {
        if (questions.on(reply)) {
            return;
        } else if (reply instanceof RoomReply.Refused refused) {
            rooms.on(refused);
            if (rooms.isAboutNewName(refused)) {
                takeBackOldName();
            }
        } else if (reply instanceof RoomReply.InDoubt doubt) {
            rooms.on(doubt);
        } else if (reply instanceof RoomReply.Repeated repeated) {
            rooms.on(repeated);
        } else if (reply instanceof RoomReply.ModesSet set) {
            rooms.on(set);
        }
    }

    /** What happened in a room has been shown. */
    void on(RoomEvent.Batch batch) {
        rooms.on(batch);
        batch.newName().ifPresent(to -> {
            questions.renamed(batch.room(), to);
            batch.events().forEach(event -> dialect.roomRenamed(this, (RoomEvent.RoomRenamed) event));
        });
    }

    void on(NickRegistryActor.Claimed claimed) {
        awaited--;
        Nick asked = claimed.nick();
        if (claimed.obstacle().isPresent()) {
            Nick other = claimed.obstacle().get();
            String why = other.sameAs(asked)
                    ? "the name " + asked + " is taken"
                    : "the name " + asked + " looks like " + other + ", which is taken";
            dialect.nameRefused(this, asked.text(), NameProblem.TAKEN, why);
            return;
        }
        Nick before = nick.orElse(asked);
        namedAt = before.sameAs(asked) && nick.isPresent() ? namedAt : Instant.now();
        former = nick;
        nick = Optional.of(asked);
        presence.ifPresent(present -> {
            services.people().rename(present, asked);
            rooms.rename(asked, services.people().cause());
        });
        dialect.named(this, asked, before);
    }

    /** A room has somebody of the new name who is not in the registry: an actor of the application. */
    private void takeBackOldName() {
        former.ifPresent(this::claim);
        former = Optional.empty();
    }

    // Who the client is

    @Override
    public Optional<Nick> nick() {
        return nick;
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public Optional<Presence> presence() {
        return presence;
    }

    @Override
    public Login login() {
        return login;
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public People people() {
        return services.people();
    }

    @Override
    public void claim(String name) {
        NickRules.Checked checked = services.rules().check(name);
        if (checked instanceof NickRules.Accepted accepted) {
            Nick wanted = accepted.nick();
            if (presence.isEmpty() || nick.filter(wanted::sameAs).isPresent()) {
                claim(wanted); // who is not here yet is asked when he enters: he may log in until then
            } else {
                login.check(
                        wanted, () -> claim(wanted), (problem, why) -> dialect.nameRefused(this, name, problem, why));
            }
        } else if (checked instanceof NickRules.Rejected rejected) {
            dialect.nameRefused(this, name, NameProblem.INVALID, rejected.why());
        }
    }

    /** Who is logged in to the account of that name need not wait for somebody who asked for it and does not enter. */
    private void claim(Nick wanted) {
        awaited++;
        boolean mine = login.owns(wanted)
                && services.people()
                        .find(wanted.text())
                        .filter(other -> !other.isAbsent())
                        .isEmpty();
        services.nicks()
                .tell(new NickRegistryActor.Claim(
                        wanted,
                        mine,
                        context.getSelf().narrow(),
                        context.getSelf().narrow()));
    }

    @Override
    public void enter(Runnable then) {
        nick.filter(me -> presence.isEmpty())
                .ifPresent(me -> login.check(
                        me,
                        () -> {
                            if (nick.filter(me::equals).isPresent()) {
                                enter(me);
                                then.run();
                            }
                        },
                        (problem, why) -> {
                            services.nicks()
                                    .tell(new NickRegistryActor.Release(
                                            context.getSelf().narrow()));
                            loseName(me, problem, why);
                        }));
    }

    private void enter(Nick me) {
        Presence present = new Presence(context.getSelf(), secure, me, profile);
        presence = Optional.of(present);
        Optional<Presence> before = services.people().find(me.text()).filter(this::isMyself);
        if (before.isPresent()) {
            services.people().enterInstead(before.get(), present);
            awaited++;
            before.get().giveWay(context.getSelf());
        } else {
            services.people().enter(present);
        }
        life.entered();
    }

    private void loseName(Nick lost, NameProblem problem, String why) {
        if (nick.filter(lost::sameAs).isPresent()) {
            nick = Optional.empty();
            dialect.nameRefused(this, lost.text(), problem, why);
        }
    }

    void on(NickRegistryActor.Lost lost) {
        if (presence.isEmpty()) {
            loseName(lost.nick(), NameProblem.OWNED, ClientLogin.owned(lost.nick()));
        } else if (nick.filter(lost.nick()::sameAs).isPresent()) {
            cutOff("your name is used by another connection of its account");
        }
    }

    /** Whether that is the same person, who has lost the connection and was expected back. */
    private boolean isMyself(Presence other) {
        return other.isAbsent()
                && !profile.account().isEmpty()
                && other.profile().account().equals(profile.account());
    }

    /**
     * The connection is lost. True: the client stays in its rooms for whoever proves to be the same; only who goes by the
     * name of his account can, so nobody else may take that name meanwhile.
     */
    boolean stay() {
        boolean may = presence.isPresent()
                && !settings().absence().isZero()
                && nick.map(Nick::key).equals(services.people().key(profile.account()))
                && services.people().mayBeAbsent(settings().mostAbsent());
        if (may) {
            presence.ifPresent(Presence::absent);
            rooms.lost();
            changeProfile(profile.isAway() ? profile : profile.withAway(ABSENT));
            services.nicks()
                    .tell(new NickRegistryActor.Release(context.getSelf().narrow()));
        }
        return may;
    }

    private ClientSettings settings() {
        return services.settings();
    }

    @Override
    public void changeProfile(Profile to) {
        boolean changed = !profile.equals(to);
        profile = to;
        if (changed) {
            presence.ifPresent(present -> {
                long cause = services.people().cause();
                services.people().changeProfile(present, to, cause);
                rooms.changeProfile(to, cause);
            });
        }
    }

    @Override
    public void setMode(UserMode mode, boolean set) {
        presence.ifPresent(present -> services.people().setMode(present, mode, set));
    }

    // The connection

    @Override
    public void write(ByteString bytes) {
        life.write(bytes);
    }

    @Override
    public void separateWrites() {
        life.separateWrites();
    }

    @Override
    public void quit(String text) {
        life.quit(text);
    }

    @Override
    public void cutOff(String reason) {
        life.cutOff(reason);
    }

    // Rooms

    @Override
    public List<Place> places() {
        return presence.map(Presence::places).orElse(List.of());
    }

    @Override
    public boolean isIn(RoomName room) {
        return rooms.isIn(room);
    }

    @Override
    public String partner(RoomName conversation) {
        String other = conversation.partner(identity());
        return rooms.partner(conversation)
                .orElseGet(() -> services.people()
                        .find(Profile.name(other))
                        .filter(found -> found.identity().equals(other))
                        .map(found -> found.nick().text())
                        .orElse(Profile.name(other)));
    }

    @Override
    public void join(RoomName room, String key) {
        nick.ifPresent(me -> rooms.join(room, key, me));
    }

    @Override
    public void part(RoomName room, String text) {
        rooms.part(room, text);
    }

    @Override
    public void say(RoomName room, Words words) {
        presence.ifPresent(Presence::spoke);
        if (rooms.isIn(room)) {
            rooms.act(room, me -> say(me, words));
        } else {
            nick.ifPresent(me -> questions.ask(
                    room,
                    new RoomActor.SayFromOutside(
                            me,
                            profile,
                            context.getSelf().narrow(),
                            words.kind(),
                            words.text(),
                            words.tags(),
                            words.audience(),
                            words.clientId(),
                            rooms.me().replyTo()),
                    this::saidFromOutside));
        }
    }

    private void saidFromOutside(RoomReply reply) {
        if (reply instanceof RoomReply.Refused refused) {
            dialect.refused(this, refused);
        } else if (reply instanceof RoomReply.InDoubt doubt) {
            dialect.inDoubt(this, doubt);
        } else if (reply instanceof RoomReply.Repeated repeated) {
            dialect.repeated(this, repeated);
        } else if (reply instanceof RoomReply.Shown shown) {
            dialect.shownOutside(this, shown);
        }
    }

    private static RoomActor.Say say(ClientRooms.Me me, Words words) {
        return new RoomActor.Say(
                me.ref(), words.kind(), words.text(), words.tags(), words.audience(), words.clientId(), me.replyTo());
    }

    @Override
    public void whisper(Presence to, Words words) {
        presence.ifPresent(Presence::spoke);
        converse(to, me -> say(me, words));
    }

    private void converse(Presence to, Function<ClientRooms.Me, RoomActor.Asking> words) {
        nick.ifPresent(me -> {
            RoomName room =
                    RoomName.conversation(profile.identity(me), to.profile().identity(to.nick()));
            whispers.begin(room, to, words);
            awaited++;
            services.rooms()
                    .tell(new RoomDirectory.Locate(room, context.getSelf().unsafeUpcast()));
        });
    }

    @Override
    public void signal(RoomName room, Words words) {
        rooms.act(room, me -> signal(me, words));
    }

    @Override
    public void signal(Presence to, Words words) {
        converse(to, me -> signal(me, words));
    }

    private static RoomActor.Signal signal(ClientRooms.Me me, Words words) {
        return new RoomActor.Signal(me.ref(), words.tags(), words.audience(), me.replyTo());
    }

    @Override
    public void setTopic(RoomName room, String text) {
        rooms.act(room, me -> new RoomActor.SetTopic(me.ref(), text, me.replyTo()));
    }

    @Override
    public void redact(RoomName room, String id, String reason) {
        if (room.isConversation() && !rooms.isIn(room)) { // to ask there brings the client in
            history(room, Span.latest(0), Sort.ALL, reply -> redactHere(room, id, reason));
        } else {
            redactHere(room, id, reason);
        }
    }

    private void redactHere(RoomName room, String id, String reason) {
        rooms.act(room, me -> new RoomActor.Redact(me.ref(), id, reason, me.replyTo()));
    }

    @Override
    public void kick(RoomName room, Nick target, String text) {
        rooms.act(room, me -> new RoomActor.Kick(me.ref(), target, text, me.replyTo()));
    }

    @Override
    public void renameRoom(RoomName room, RoomName to, String reason) {
        rooms.act(room, me -> new RoomActor.RenameRoom(me.ref(), to, reason, me.replyTo()));
    }

    @Override
    public void setModes(RoomName room, List<ModeChange> changes) {
        rooms.act(room, me -> new RoomActor.SetModes(me.ref(), changes, me.replyTo()));
    }

    // What was said

    @Override
    public void latest(Instant after, Instant before, int limit, Consumer<Optional<List<Archive.Latest>>> then) {
        await(
                services.archive().latest(identity(), ownRooms(), after, before, limit),
                found -> then.accept(found.map(all -> all.stream()
                        .filter(each -> isOwn(each.room(), each.at()))
                        .toList())));
    }

    @Override
    public void search(Archive.Query query, Consumer<Optional<List<RoomEvent.Said>>> then) {
        latest(
                Instant.EPOCH,
                Instant.MAX,
                Integer.MAX_VALUE,
                own -> own.ifPresentOrElse(
                        all -> search(
                                query, all.stream().map(Archive.Latest::room).toList(), then),
                        () -> then.accept(Optional.empty())));
    }

    private void search(Archive.Query query, List<RoomName> own, Consumer<Optional<List<RoomEvent.Said>>> then) {
        List<String> asked = query.rooms().stream().map(RoomName::key).toList();
        List<RoomName> rooms = own.stream()
                .filter(room -> asked.isEmpty() || asked.contains(room.key()))
                .toList();
        await(
                services.archive().search(query.in(rooms)),
                found -> then.accept(found.map(all -> all.stream()
                        .filter(said -> isOwn(said.room(), said.at()))
                        .toList())));
    }

    /** Nobody opens a room of two by asking for one in which nothing was said. */
    @Override
    public void conversation(String name, Consumer<Optional<RoomName>> then) {
        Optional<Presence> here = services.people().find(name);
        if (here.isPresent()) {
            RoomName known = RoomName.conversation(identity(), here.get().identity());
            newest("", List.of(known), any -> true, Optional.of(known), then);
        } else {
            Optional<RoomName> stranger = services.people()
                    .key(name)
                    .map(key -> RoomName.conversation(identity(), Profile.identityOf(new Nick(name, key))));
            newest(identity(), List.of(), isWith(name), stranger, then);
        }
    }

    /** Of who is not here, his account bears the name, or he bore it when he was here last. */
    private Predicate<RoomName> isWith(String name) {
        Optional<String> key = services.people().key(name);
        List<String> former = services.people().past(name).stream()
                .map(each -> each.profile().identity(each.nick()))
                .toList();
        return conversation -> {
            String other = conversation.partner(identity());
            return former.contains(other)
                    || (key.isPresent() && key.equals(services.people().key(Profile.name(other))));
        };
    }

    private void newest(
            String identity,
            List<RoomName> rooms,
            Predicate<RoomName> meant,
            Optional<RoomName> unanswered,
            Consumer<Optional<RoomName>> then) {
        await(
                services.archive().latest(identity, rooms, Instant.EPOCH, Instant.MAX, Integer.MAX_VALUE),
                found -> then.accept(found.map(all -> all.stream()
                                .filter(each -> isOwn(each.room(), each.at()) && meant.test(each.room()))
                                .reduce((earlier, later) -> later)
                                .map(Archive.Latest::room))
                        .orElse(unanswered)));
    }

    @Override
    public void readMarker(String target, Consumer<Optional<Optional<Instant>>> then) {
        await(markers.get(profile.account(), target), then);
    }

    @Override
    public void markRead(String target, Instant at, Consumer<Optional<Instant>> then) {
        String account = profile.account();
        await(markers.put(account, target, at), moved -> {
            then.accept(moved);
            moved.filter(now -> now.equals(at) && !account.isEmpty())
                    .ifPresent(now -> services.people().tellOthers(account, presence, read(target, now)));
        });
    }

    private static Notification read(String target, Instant at) {
        return new Notification.Read(target, at);
    }

    private List<RoomName> ownRooms() {
        return places().stream().map(Place::room).toList();
    }

    private String identity() {
        return nick.map(profile::identity).orElse("");
    }

    /** In a conversation, what was said before the name was the client's was said to somebody else. */
    private boolean isOwn(RoomName room, Instant at) {
        return !room.isConversation() || !at.isBefore(notBefore());
    }

    private Instant notBefore() {
        return profile.account().isEmpty() ? namedAt : Instant.EPOCH;
    }

    /** The client's next line waits for the answer; empty: there is none. */
    @Override
    public <T> void await(CompletionStage<T> answer, Consumer<Optional<T>> then) {
        awaited++;
        context.pipeToSelf(
                answer,
                (value, failure) -> new Computed(() -> {
                    awaited--;
                    then.accept(failure == null ? Optional.of(value) : Optional.empty());
                }));
    }

    // Questions

    @Override
    public void invite(RoomName room, Nick target, Consumer<RoomReply> then) {
        questions.ask(room, new RoomActor.Invite(self(), target, replies()), then);
    }

    @Override
    public void names(RoomName room, Consumer<RoomReply> then) {
        questions.ask(room, new RoomActor.Names(replies()), then);
    }

    @Override
    public void describe(RoomName room, Optional<Mode> list, Consumer<RoomReply> then) {
        questions.ask(room, new RoomActor.Describe(self(), list, replies()), then);
    }

    @Override
    public void history(RoomName room, Span span, Set<Sort> sorts, Consumer<RoomReply> then) {
        Instant notBefore = room.isConversation() ? notBefore() : Instant.EPOCH;
        questions.ask(room, new RoomActor.History(self(), span, sorts, notBefore, replies()), then);
    }

    @Override
    public void listRooms(Consumer<RoomDirectory.Listing> then) {
        askDirectory(RoomDirectory.Listing.class, RoomDirectory.ListRooms::new, then);
    }

    @Override
    public void countRooms(IntConsumer then) {
        askDirectory(RoomDirectory.Count.class, RoomDirectory.CountRooms::new, count -> then.accept(count.rooms()));
    }

    /** A directory that does not answer is no directory: the client ends. */
    private <T> void askDirectory(
            Class<T> type, akka.japi.function.Function<ActorRef<T>, RoomDirectory.Command> question, Consumer<T> then) {
        awaited++;
        context.ask(
                type,
                services.rooms(),
                services.settings().answerTimeout(),
                question,
                (answer, failure) -> new Computed(() -> computed(answer, failure, then)));
    }

    /** By way of the mailbox: what comes for others meanwhile is not kept waiting by a long answer. */
    @Override
    public void whenRead(Runnable step) {
        awaited++;
        Computed next = new Computed(() -> {
            awaited--;
            step.run();
        });
        life.whenRead(() -> context.getSelf().tell(next));
    }

    @Override
    public <T> void compute(Supplier<T> work, Consumer<T> then) {
        awaited++;
        Executor threads = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
        context.pipeToSelf(
                CompletableFuture.supplyAsync(work, threads),
                (result, failure) -> new Computed(() -> computed(result, failure, then)));
    }

    private <T> void computed(T result, Throwable failure, Consumer<T> then) {
        awaited--;
        if (failure != null) {
            throw new IllegalStateException("could not be worked out: " + failure.getMessage(), failure);
        }
        then.accept(result);
    }

    private ActorRef<RoomEvent> self() {
        return rooms.me().ref();
    }

    private ActorRef<RoomReply> replies() {
        return rooms.me().replyTo();
    }

    // The end

    /** The rooms are told, then everybody who looks for him; then the name is free. */
    void end(Departure how, String text) {
        rooms.leaveAll(how, text, services.people().cause());
        questions.cancel();
        if (presence.isPresent()) {
            services.people().leave(presence.get());
        } else {
            services.people().strangerLeft();
        }
        services.nicks().tell(new NickRegistryActor.Release(context.getSelf().narrow()));
    }
}
