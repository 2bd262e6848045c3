package io.teahouse.client;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import akka.util.ByteString;
import io.teahouse.account.Accounts;
import io.teahouse.account.LoginToken;
import io.teahouse.account.Result;
import io.teahouse.account.SomeSettings;
import io.teahouse.room.Archive;
import io.teahouse.room.EventType;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.Mode;
import io.teahouse.room.ModeChange;
import io.teahouse.room.Modes;
import io.teahouse.room.Nick;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.RoomState;
import io.teahouse.room.RoomSummary;
import io.teahouse.room.Topic;
import io.teahouse.room.UserId;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.ConnectionInfo;
import io.teahouse.user.Entrance;
import io.teahouse.user.LocalUserDirectory;
import io.teahouse.user.NickRules;
import io.teahouse.user.Notification;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.Place;
import io.teahouse.user.UserDirectory;
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A session without actors, in a fixed world. Its client, ann, is operator of the room tea, with bob, who is away, and
 * dan, an actor of the application. She is not in market and in garden, which is secret and has eve as a member. Calls
 * are recorded as text, and answered at once.
 */
public final class ScriptedSession
        implements Session,
                Session.Identity,
                Session.Rooms,
                Session.Queries,
                Session.Connection,
                RoomQuestions,
                Past,
                Markers,
                ClientAccount.Waiting,
                ClientLogin.Subject {
    private static final Instant THEN = Instant.parse("2026-03-01T12:00:00Z");
    private static final RoomName TEA = RoomName.of("tea");
    private static final RoomName GARDEN = RoomName.of("garden");
    private static final RoomName MARKET = RoomName.of("market");

    private static final NickRules RULES = new NickRules(32, CaseMapping.ASCII);

    private final List<String> asked = new ArrayList<>();
    private Outcome last = Outcome.IGNORED;
    private final StringBuilder written = new StringBuilder();
    private final LocalUserDirectory users = new LocalUserDirectory(RULES);
    private final TestInbox<Notification> watcher = TestInbox.create();
    private boolean directoryAnswers = true;
    private Optional<Nick> nick = Optional.empty();
    private Optional<OnlineUser> online = Optional.empty();
    private Profile profile = new Profile("guest", "192.0.2.1", "", "", "", false);

    private boolean alwaysOn;
    private final Accounts accounts = SomeSettings.accounts(SomeSettings.scram());
    private final ClientAccount account = new ClientAccount(accounts, InetAddress.getLoopbackAddress(), this);
    private final ClientLogin login =
            new ClientLogin(accounts, RULES, users, InetAddress.getLoopbackAddress(), account, this, Entrance.OPEN);

    public ScriptedSession() {
        users.connected();
        somebody("bob", new Place(TEA, Ranks.NONE, false), "having tea");
        somebody("eve", new Place(GARDEN, Ranks.OPERATOR, true), "");
    }

    private void somebody(String name, Place place, String away) {
        Profile his = new Profile(name, "192.0.2.2", "Real " + name, "", away, false);
        OnlineUser other = enter(Nick.of(name), his.withGuest(UserId.ofGuest(name + "~1")));
        other.publish(other.snapshot().withPlace(place), 0);
    }

    private OnlineUser enter(Nick nick, Profile profile) {
        TestInbox<Object> inbox = TestInbox.create(nick.text());
        ConnectionInfo connection =
                new ConnectionInfo(1, 1, "irc", profile.host(), false, Instant.now(), System.currentTimeMillis());
        return users.enter(
                UserSnapshot.online(nick, profile, connection), inbox.getRef().narrow());
    }

    private void show(UnaryOperator<UserSnapshot> change, long cause) {
        online.ifPresent(me -> me.publish(change.apply(me.snapshot()), cause));
    }

    /** The directory does not answer any more. */
    public void losesDirectory() {
        directoryAnswers = false;
    }

    public void isCalledAnn() {
        nick = Optional.of(Nick.of("ann"));
    }

    /** Joins the room, after the registration; discards earlier calls and output. */
    public void isInTea() {
        show(me -> me.withPlace(new Place(TEA, Ranks.OPERATOR, false)), 0);
        asked();
        written();
    }

    /** The calls since the last time. */
    public List<String> asked() {
        List<String> result = List.copyOf(asked);
        asked.clear();
        return result;
    }

    /** The room refuses the latest command. */
    public void isRefused(RoomReply.Refused refused) {
        last.refused(refused);
    }

    /** The output since the last time. */
    public List<String> written() {
        List<String> lines = written.toString().lines().toList();
        written.setLength(0);
        return lines;
    }

    private void note(String what) {
        asked.add(what.strip());
    }

    @Override
    public Session.Identity identity() {
        return this;
    }

    @Override
    public ScriptedSession rooms() {
        return this;
    }

    @Override
    public Session.Queries queries() {
        return this;
    }

    @Override
    public Session.Connection connection() {
        return this;
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
    public boolean isSecure() {
        return false;
    }

    @Override
    public Optional<UserSnapshot> user() {
        return online.map(OnlineUser::snapshot);
    }

    @Override
    public Optional<ConnectionInfo> thisConnection() {
        return user().map(me -> me.connections().get(0));
    }

    @Override
    public void endConnection(ConnectionInfo which, String reason) {
        note("end connection " + which.number() + ": " + reason);
    }

    @Override
    public UserDirectory users() {
        return users;
    }

    @Override
    public void watch(String key) {
        users.watch(key, watcher.getRef());
    }

    @Override
    public void unwatch(String key) {
        users.unwatch(key, watcher.getRef());
    }

    @Override
    public void claim(String name) {
        note("claim " + name);
    }

    @Override
    public void enter(Runnable then) {
        profile = profile.withGuest(UserId.ofGuest("ann~1"));
        users.identified();
        online = nick.map(me -> enter(me, profile));
        then.run();
    }

    @Override
    public Login login() {
        return login;
    }

    @Override
    public <T> void await(CompletionStage<T> answer, Consumer<Optional<T>> then) {
        then.accept(Optional.of(
                answer.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join()));
    }

    @Override
    public void introduce(String user, String realName) {
        changeProfile(profile.withUser(user).withRealName(realName));
    }

    @Override
    public void setAway(String text) {
        changeProfile(profile.withAway(text));
    }

    @Override
    public void setRealName(String name) {
        changeProfile(profile.withRealName(name));
    }

    @Override
    public void logIn(Nick account, boolean rename, Runnable then) {
        changeProfile(profile.withAccount(account.text()));
        then.run();
        if (rename) {
            claim(account.text());
        }
    }

    @Override
    public boolean logOut(Runnable then) {
        changeProfile(profile.withAccount(""));
        then.run();
        return true;
    }

    @Override
    public void alwaysOn(Optional<Boolean> choice, Consumer<Result<Boolean>> then) {
        note("always-on " + choice.map(Object::toString).orElse("?"));
        alwaysOn = choice.orElse(alwaysOn);
        then.accept(new Result.Done<>(alwaysOn));
    }

    @Override
    public void disconnectOthers(String reason) {}

    @Override
    public void disconnectOthers(LoginToken token, String reason) {
        note("disconnect others with token " + token.number());
    }

    private void changeProfile(Profile to) {
        if (!to.account().equals(profile.account())) {
            note("account " + to.account());
        }
        note("profile " + to.user() + " '" + to.realName() + "' away '" + to.away() + "'" + (to.bot() ? " bot" : ""));
        profile = to;
        show(me -> me.withProfile(to), 1);
    }

    @Override
    public void setMode(UserMode mode, boolean set) {
        note("mode " + (set ? "+" : "-") + mode.letter());
        show(me -> me.withMode(mode, set), 0);
        if (mode == UserMode.BOT) {
            changeProfile(profile.withBot(set));
        }
    }

    // The connection

    @Override
    public void write(ByteString bytes) {
        written.append(bytes.utf8String());
    }

    @Override
    public void separateWrites() {}

    @Override
    public void quit(String text) {
        note("quit " + text);
    }

    @Override
    public void cutOff(String reason) {
        note("cut off " + reason);
    }

    // Rooms

    @Override
    public List<Place> places() {
        return user().map(UserSnapshot::places).orElse(List.of());
    }

    @Override
    public boolean isIn(RoomName room) {
        return user().flatMap(me -> me.place(room)).isPresent();
    }

    @Override
    public long lastSeq(RoomName room) {
        return 0;
    }

    @Override
    public void join(RoomName room, String key, Outcome outcome) {
        last = outcome;
        note("join " + room + " " + key);
    }

    @Override
    public void part(RoomName room, String text) {
        note("part " + room + " " + text);
    }

    @Override
    public void say(RoomName room, OutgoingMessage words, Outcome outcome) {
        last = outcome;
        note("say " + room + " " + text(words));
    }

    @Override
    public void whisper(UserSnapshot to, OutgoingMessage words, Outcome outcome) {
        last = outcome;
        note("whisper " + to.nick() + " " + text(words));
    }

    @Override
    public void signal(RoomName room, OutgoingMessage words, Outcome outcome) {
        last = outcome;
        note("signal " + room + " " + text(words));
    }

    @Override
    public void signal(UserSnapshot to, OutgoingMessage words, Outcome outcome) {
        last = outcome;
        note("signal " + to.nick() + " " + text(words));
    }

    private static String text(OutgoingMessage words) {
        return words.kind() + " '" + words.text().replace("\n", "|") + "'"
                + (words.attributes().isEmpty()
                        ? ""
                        : " attributes " + words.attributes().values())
                + (words.audience() == io.teahouse.room.Audience.ALL ? "" : " to " + words.audience())
                + (words.clientId().isEmpty() ? "" : " id " + words.clientId())
                + (words.query() ? " query" : "");
    }

    @Override
    public void setTopic(RoomName room, String text, Outcome outcome) {
        last = outcome;
        note("topic " + room + " '" + text + "'");
    }

    @Override
    public void kick(RoomName room, Nick target, String text, Outcome outcome) {
        last = outcome;
        note("kick " + room + " " + target + " " + text);
    }

    @Override
    public void renameRoom(RoomName room, RoomName to, String reason, Outcome outcome) {
        last = outcome;
        note("rename " + room + " " + to + " " + reason);
    }

    @Override
    public void setModes(RoomName room, List<ModeChange> changes, Outcome outcome) {
        last = outcome;
        StringBuilder line = new StringBuilder("modes " + room);
        for (ModeChange change : changes) {
            line.append(change.set() ? " +" : " -")
                    .append(change.mode().letter())
                    .append(' ')
                    .append(change.value());
        }
        note(line.toString().replaceAll(" +", " "));
    }

    // Questions

    @Override
    public Past past() {
        return this;
    }

    @Override
    public Markers markers() {
        return this;
    }

    @Override
    public void invite(RoomName room, UserSnapshot target, Consumer<RoomReply> then) {
        note("invite " + room + " " + target.nick());
        then.accept(new RoomReply.Invitation(room, 0, target.nick()));
    }

    @Override
    public void metadata(RoomName room, Consumer<RoomReply> then) {
        note("metadata " + room);
        then.accept(
                room.equals(TEA) ? new RoomReply.Metadata(TEA, 0, Map.of("url", "http://tea.example")) : noSuch(room));
    }

    @Override
    public void setMetadata(RoomName room, String key, String value, Consumer<RoomReply> then) {
        note("note of " + room + " " + key + "=" + value);
        then.accept(room.equals(TEA) ? new RoomReply.Metadata(TEA, 0, Map.of(key, value)) : noSuch(room));
    }

    @Override
    public void clearMetadata(RoomName room, Consumer<RoomReply> then) {
        note("note nothing of " + room);
        then.accept(room.equals(TEA) ? new RoomReply.Metadata(TEA, 0, Map.of("url", "")) : noSuch(room));
    }

    @Override
    public void changeMetadata(Map<String, String> changes) {
        note("note of myself " + changes);
        show(me -> me.withMetadataChanged(changes), 1);
    }

    @Override
    public void names(RoomName room, Consumer<RoomReply> then) {
        note("names " + room);
        if (room.equals(TEA)) {
            then.accept(new RoomReply.NameList(
                    TEA,
                    0,
                    false,
                    List.of(
                            participant("ann", Ranks.OPERATOR),
                            participant("bob", Ranks.NONE),
                            participant("dan", Ranks.NONE))));
        } else if (room.equals(GARDEN)) {
            then.accept(new RoomReply.NameList(GARDEN, 0, true, List.of(participant("eve", Ranks.OPERATOR))));
        } else {
            then.accept(noSuch(room));
        }
    }

    private static RoomReply.Participant participant(String name, Ranks ranks) {
        return new RoomReply.Participant(Nick.of(name), Profile.APPLICATION, ranks);
    }

    private static RoomReply noSuch(RoomName room) {
        Refusal why = new Refusal(Refusal.Reason.NO_SUCH_ROOM, "there is no room " + room);
        return new RoomReply.Refused(room, 0, "", why);
    }

    @Override
    public void describe(RoomName room, Optional<Mode> list, Consumer<RoomReply> then) {
        note("describe " + room + list.map(mode -> " " + mode).orElse(""));
        boolean tea = room.equals(TEA);
        if (tea || room.equals(GARDEN) || room.equals(MARKET)) {
            List<ModeChange> settings = List.of(
                    new ModeChange(true, room.equals(GARDEN) ? Mode.SECRET : Mode.NO_OUTSIDE, ""),
                    new ModeChange(true, Mode.KEY, "sesame"));
            List<Modes.Entry> entries = list.isPresent() ? List.of(new Modes.Entry("x!*@*", "bob", THEN)) : List.of();
            Topic topic = tea ? new Topic("green", "bob", THEN) : Topic.NONE;
            then.accept(new RoomReply.Description(room, 0, tea, THEN, topic, settings, entries));
        } else {
            then.accept(noSuch(room));
        }
    }

    @Override
    public void conversation(String name, Consumer<Optional<RoomName>> then) {
        note("conversation " + name);
        then.accept(name.equals("bob") ? Optional.of(RoomName.conversation("n:ann", "n:" + name)) : Optional.empty());
    }

    @Override
    public String partner(RoomName conversation) {
        return new UserId(conversation.partner("n:ann")).name();
    }

    private static String text(HistoryRange span) {
        return span.after().map(mark -> " after " + mark).orElse("")
                + span.before().map(mark -> " before " + mark).orElse("")
                + (span.inclusive() ? " inclusive" : "")
                + (span.newest() ? " newest " : " oldest ")
                + span.limit();
    }

    @Override
    public void directMessages(Instant since, Consumer<Optional<DirectMessages>> then) {
        note("direct messages since " + since);
        then.accept(Optional.empty());
    }

    @Override
    public void latest(
            boolean signals, Instant after, Instant before, int limit, Consumer<Optional<List<Archive.Latest>>> then) {
        note("latest after " + after + " before " + before);
        then.accept(Optional.of(List.of(new Archive.Latest(TEA, THEN))));
    }

    @Override
    public void search(Archive.Query query, Consumer<Optional<Archive.Found>> then) {
        note("search " + query.rooms() + " '" + query.text() + "'"
                + query.by().map(key -> " by " + key).orElse("")
                + query.after().map(time -> " after " + time).orElse("")
                + query.before().map(time -> " before " + time).orElse("")
                + " newest " + query.limit());
        then.accept(Optional.of(new Archive.Found(List.of(), !query.text().equals("everything"))));
    }

    @Override
    public void get(String target, Consumer<Optional<Optional<Instant>>> then) {
        note("read marker " + target);
        then.accept(Optional.of(target.equals("#tea") ? Optional.of(THEN) : Optional.empty()));
    }

    @Override
    public void put(String target, Instant at, Consumer<Optional<Instant>> then) {
        note("mark read " + target + " " + at);
        then.accept(Optional.of(at.isAfter(THEN) ? at : THEN));
    }

    @Override
    public void redact(RoomName room, String id, String reason, Outcome outcome) {
        last = outcome;
        note("redact " + room + " " + id + " " + reason);
    }

    @Override
    public void history(RoomName room, HistoryRange span, Set<EventType> sorts, Consumer<RoomReply> then) {
        note("history " + room + text(span));
        then.accept(new RoomReply.Past(room, 0, List.<RoomEvent.Recorded>of(), true, false));
    }

    @Override
    public void listRooms(Consumer<Optional<RoomDirectory.Listing>> then) {
        note("list rooms");
        if (!directoryAnswers) {
            then.accept(Optional.empty());
            return;
        }
        ActorRef<RoomActor.Command> ref = TestInbox.<RoomActor.Command>create().getRef();
        Modes.Snapshot secret = new Modes.Snapshot(Set.of(Mode.SECRET), "", 0, Map.of(), Set.of());
        then.accept(Optional.of(new RoomDirectory.Listing(List.of(
                new RoomSummary(TEA, ref, 2, new Topic("green", "bob", THEN), state(Modes.Snapshot.NONE)),
                new RoomSummary(GARDEN, ref, 1, Topic.NONE, state(secret))))));
    }

    private static RoomState state(Modes.Snapshot modes) {
        return new RoomState(1, 1, THEN, "", 0, 0, modes, Map.of(), Map.of(), 1);
    }

    @Override
    public void countRooms(Consumer<Optional<RoomDirectory.Count>> then) {
        then.accept(directoryAnswers ? Optional.of(new RoomDirectory.Count(2, 3)) : Optional.empty());
    }

    @Override
    public void whenRead(Runnable step) {
        step.run();
    }

    @Override
    public void afterwards(Runnable step) {
        step.run();
    }

    @Override
    public <T> void compute(Supplier<T> work, Consumer<T> then) {
        then.accept(work.get());
    }
}
