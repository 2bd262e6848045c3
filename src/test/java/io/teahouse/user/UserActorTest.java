package io.teahouse.user;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.UserId;
import io.teahouse.user.UserActor.Newcomer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A user with several connections, and the supervisor that brings them together; rooms and connections are probes. */
class UserActorTest {
    private static final RoomName TEA = RoomName.of("tea");
    private static final Nick ANN = Nick.of("ann");
    private static final Nick ANNA = Nick.of("anna");
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ABSENCE = Duration.ofHours(1);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final ActorTestKit akka = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(akka.system());
    private final LocalUserDirectory users = new LocalUserDirectory(new NickRules(32, CaseMapping.ASCII));
    private final ActorRef<NickRegistry.Command> nicks = akka.spawn(NickRegistryActor.create());
    private final TestProbe<RoomDirectory.Command> directory = akka.createTestProbe();
    private final ActorRef<UserSupervisor.Command> supervisor =
            akka.spawn(UserSupervisor.create(services(3, Duration.ZERO)));

    private UserServices services(int connections, Duration absence) {
        UserSettings.AlwaysOn off = new UserSettings.AlwaysOn(UserSettings.Mode.OFF, 0, Duration.ZERO);
        return services(connections, absence, off, new MemoryAlwaysOnUsers(10));
    }

    private UserServices services(
            int connections, Duration absence, UserSettings.AlwaysOn alwaysOn, AlwaysOnUsers store) {
        return new UserServices(
                nicks,
                users,
                directory.getRef(),
                store,
                List.of("akka.actor.default-dispatcher"),
                new UserSettings(connections, absence, 10, alwaysOn, ANSWER_TIMEOUT));
    }

    @AfterEach
    void shutDown() {
        akka.shutdownTestKit();
    }

    private static Profile profile(String account) {
        return new Profile("u", "host", "Real", account, "", false)
                .withGuest(UserId.ofGuest("g~1"))
                .withAddress("192.0.2.1");
    }

    /** One connection of a user. */
    private final class Device {
        final TestProbe<UserEvent> told = akka.createTestProbe();
        final TestProbe<RoomEvent> subscriber = akka.createTestProbe();
        final UserId claimant = UserId.generate();

        Newcomer as(Nick nick, String account) {
            return new Newcomer(
                    nick,
                    nick.text().equals(account),
                    claimant,
                    profile(account),
                    "irc",
                    true,
                    told.getRef(),
                    subscriber.getRef());
        }

        void asks(ActorRef<UserSupervisor.Command> of, Nick nick, String account) {
            of.tell(new UserActor.Attach(NUMBERS.incrementAndGet(), as(nick, account)));
        }

        UserEvent.Attached attaches(ActorRef<UserSupervisor.Command> to) {
            asks(to, ANN, "ann");
            return told.expectMessageClass(UserEvent.Attached.class);
        }

        void detaches(ActorRef<UserActor.Command> from, Departure how, boolean mayStay) {
            from.tell(new UserActor.Detach(told.getRef(), how, "bye", mayStay, List.of(), Instant.now()));
        }
    }

    /** Ann, on one connection. */
    private final class Ann {
        final Device first = new Device();
        final UserEvent.Attached attached = first.attaches(supervisor);
        final ActorRef<UserActor.Command> user = attached.actor();

        /** One connection more. */
        Device another() {
            Device device = new Device();
            assertThat(device.attaches(supervisor).actor()).isEqualTo(user);
            return device;
        }

        /** A room that she is a member of. */
        TestProbe<RoomActor.Command> room() {
            return roomOf(user);
        }
    }

    /** A room says that the user is a member. */
    private TestProbe<RoomActor.Command> roomOf(ActorRef<UserActor.Command> user) {
        TestProbe<RoomActor.Command> room = akka.createTestProbe();
        user.<Object>unsafeUpcast()
                .tell(new MemberEvent.Placed(TEA, room.getRef(), UserId.UNKNOWN, ANN, Ranks.NONE, false, 7));
        return room;
    }

    private UserSnapshot ann() {
        return users.find(UserId.ofAccount("ann")).orElseThrow();
    }

    // Attaching

    @Test
    void whoeverLogsInToTheAccountIsTheSameUserOnOneConnectionMore() {
        Ann ann = new Ann();
        ann.room();

        Device second = new Device();
        second.asks(supervisor, Nick.of("pad"), "ann");

        UserEvent.Attached also = second.told.expectMessageClass(UserEvent.Attached.class);
        assertThat(also.actor()).isEqualTo(ann.user);
        assertThat(also.user().nick()).isEqualTo(ANN);
        assertThat(also.rooms()).containsExactly(new UserRoom(TEA, -1));
        assertThat(ann().connections()).extracting(ConnectionInfo::number).containsExactly(1, 2);
        assertThat(ann().connections()).extracting(ConnectionInfo::id).contains(also.connection());
        assertThat(users.count()).isEqualTo(1);
    }

    @Test
    void oneConnectionMoreThanAllowedIsRefused() {
        Ann ann = new Ann();
        ann.another();
        ann.another();
        Device fourth = new Device();

        fourth.asks(supervisor, ANN, "ann");

        UserEvent.AttachRefused refused = fourth.told.expectMessageClass(UserEvent.AttachRefused.class);
        assertThat(refused.obstacle()).isEmpty();
        assertThat(refused.mostConnections()).isEqualTo(3);
        assertThat(ann().connections()).hasSize(3);
    }

    @Test
    void aUserWhoseNickIsTakenIsRefusedAndMayTryAgain() {
        TestProbe<NickRegistry.Claimed> claimed = akka.createTestProbe();
        TestProbe<NickRegistry.Lost> owner = akka.createTestProbe();
        nicks.tell(
                new NickRegistry.Claim(1, Nick.of("bob"), false, UserId.generate(), owner.getRef(), claimed.getRef()));
        claimed.receiveMessage();
        Device device = new Device();

        device.asks(supervisor, Nick.of("bob"), "ann");

        assertThat(device.told.expectMessageClass(UserEvent.AttachRefused.class).obstacle())
                .contains(Nick.of("bob"));
        assertThat(users.count()).isZero();
        device.attaches(supervisor);
    }

    @Test
    void whoAttachesWhileTheUserLeavesIsANewUser() {
        Device first = new Device();
        ActorRef<UserActor.Command> before = first.attaches(supervisor).actor();
        Device second = new Device();

        first.detaches(before, Departure.QUIT, false);
        second.asks(supervisor, ANN, "ann"); // which may not know yet, and sends it to the one who leaves

        assertThat(second.told.expectMessageClass(UserEvent.Attached.class).actor())
                .isNotEqualTo(before);
        assertThat(ann().connections()).hasSize(1);
    }

    /** It has opened again after the loss of its node, and learns of its members one node after the other. */
    @Test
    void aRoomThatDoesNotKnowAMemberYetIsAskedAgain() {
        Ann ann = new Ann();
        TestProbe<RoomActor.Command> room = akka.createTestProbe();
        ann.user.tell(new UserActor.Hold(new UserRoom(TEA, -1)));

        refuse(joins(room));
        passes(ann, Duration.ofSeconds(1));
        refuse(joins(room));
        passes(ann, Duration.ofSeconds(2));
        joins(room);
        ann.user
                .<Object>unsafeUpcast()
                .tell(new MemberEvent.Placed(TEA, room.getRef(), UserId.UNKNOWN, ANN, Ranks.NONE, false, 7));

        assertThat(ann.first.told.expectMessageClass(UserEvent.Subscribe.class).room())
                .isEqualTo(new UserRoom(TEA, -1));
        assertThat(ann().place(TEA)).isPresent();
    }

    private RoomActor.Join joins(TestProbe<RoomActor.Command> room) {
        RoomDirectory.Locate asked = directory.expectMessageClass(RoomDirectory.Locate.class);
        asked.replyTo().tell(new RoomDirectory.Found(TEA, asked.number(), room.getRef()));
        return room.expectMessageClass(RoomActor.Join.class);
    }

    /** Time passes, when the user has handled everything before. */
    private void passes(Ann ann, Duration duration) {
        ann.user.tell(new UserActor.SetAway(9, ann.first.told.getRef(), ""));
        ann.first.told.expectMessage(new UserEvent.Done(9));
        time.timePasses(duration);
    }

    private static void refuse(RoomActor.Join join) {
        Refusal why = new Refusal(Refusal.Reason.NOT_A_MEMBER, "you are not in Tea");
        join.replyTo().tell(new RoomReply.Refused(TEA, join.number(), "", why));
    }

    // The end of a connection

    @Test
    void theOthersStayWhenOneConnectionEnds() {
        Ann ann = new Ann();
        ann.another();
        TestProbe<RoomActor.Command> room = ann.room();

        ann.first.detaches(ann.user, Departure.QUIT, false);

        room.expectMessage(new RoomActor.Unsubscribe(ann.first.subscriber.getRef()));
        room.expectNoMessage(Duration.ofMillis(50));
        assertThat(ann().connections()).extracting(ConnectionInfo::number).containsExactly(2);
    }

    @Test
    void aConnectionThatIsToldToEndIsNotListedAnyMore() {
        Ann ann = new Ann();
        Device other = ann.another();

        ann.user.tell(new UserActor.DisconnectOthers(ann.first.told.getRef(), "a new password"));

        other.told.expectMessage(new Disconnect("a new password"));
        assertThat(ann().connections()).extracting(ConnectionInfo::number).containsExactly(1);
    }

    @Test
    void theUserLeavesWithTheLastConnection() {
        Ann ann = new Ann();
        TestProbe<RoomActor.Command> room = ann.room();

        ann.first.detaches(ann.user, Departure.QUIT, true);

        RoomActor.Leave left = room.expectMessageClass(RoomActor.Leave.class);
        assertThat(left.how()).isEqualTo(Departure.QUIT);
        assertThat(left.text()).isEqualTo("bye");
        akka.createTestProbe().expectTerminated(ann.user, Duration.ofSeconds(20));
        assertThat(users.count()).isZero();
    }

    @Test
    void aConnectionThatStopsWithoutAWordIsDetached() {
        Ann ann = new Ann();
        Device second = ann.another();
        TestProbe<RoomActor.Command> room = ann.room();

        ann.first.told.stop();
        room.expectMessage(new RoomActor.Unsubscribe(ann.first.subscriber.getRef()));
        second.told.stop();

        assertThat(room.expectMessageClass(RoomActor.Leave.class).how()).isEqualTo(Departure.LOST);
    }

    @Test
    void anEndedConnectionIsToldWhy() {
        Ann ann = new Ann();
        Device second = ann.another();

        ann.user.tell(new UserActor.EndConnection(ann.attached.connection(), "ended"));

        ann.first.told.expectMessage(new Disconnect("ended"));
        second.told.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void aUserWhoMayStayIsAbsent() {
        ActorRef<UserSupervisor.Command> patient = akka.spawn(UserSupervisor.create(services(3, ABSENCE)));
        Device only = new Device();
        ActorRef<UserActor.Command> user = only.attaches(patient).actor();
        TestProbe<RoomActor.Command> room = roomOf(user);

        only.detaches(user, Departure.LOST, true);

        room.expectMessage(new RoomActor.Unsubscribe(only.subscriber.getRef()));
        assertThat(room.expectMessageClass(RoomActor.ChangeProfile.class).to().isAway())
                .isTrue();
        assertThat(ann().isAbsent()).isTrue();
    }

    // Away

    @Test
    void theUserIsAwayWhenAllConnectionsAre() {
        Ann ann = new Ann();
        Device second = ann.another();

        ann.user.tell(new UserActor.SetAway(1, ann.first.told.getRef(), "lunch"));
        ann.first.told.expectMessage(new UserEvent.Done(1));
        assertThat(ann().profile().isAway()).isFalse();

        ann.user.tell(new UserActor.SetAway(2, second.told.getRef(), "tea"));
        second.told.expectMessage(new UserEvent.Done(2));
        assertThat(ann().profile().away()).isEqualTo("tea");
        ann.first.told.expectMessageClass(UserEvent.Changed.class);

        ann.user.tell(new UserActor.SetAway(3, ann.first.told.getRef(), ""));
        ann.first.told.expectMessage(new UserEvent.Done(3));
        assertThat(ann().profile().isAway()).isFalse();
        second.told.expectMessageClass(UserEvent.Changed.class);

        ann.first.detaches(ann.user, Departure.QUIT, false); // the one that was here
        second.told.expectMessageClass(UserEvent.Changed.class);
        assertThat(ann().profile().away()).isEqualTo("tea");
    }

    @Test
    void whoSaysSomethingIsActiveOnThatConnection() {
        Ann ann = new Ann();
        Device second = ann.another();
        long before = ann().connections().get(0).activeAt();

        ann.user.tell(new UserActor.Active(second.told.getRef()));
        ann.user.tell(new UserActor.SetAway(1, second.told.getRef(), ""));
        second.told.expectMessage(new UserEvent.Done(1));

        assertThat(ann().connections().get(0).activeAt()).isEqualTo(before);
        assertThat(ann().activeAt()).isEqualTo(ann().connections().get(1).activeAt());
    }

    // The nick

    @Test
    void allConnectionsAreRenamedAndTheOneThatAskedIsAnsweredWhenTheRoomsKnow() {
        Ann ann = new Ann();
        Device second = ann.another();
        TestProbe<RoomActor.Command> room = ann.room();
        ann.first.told.expectMessageClass(UserEvent.Subscribe.class);
        second.told.expectMessageClass(UserEvent.Subscribe.class);

        ann.user.tell(new UserActor.Rename(5, second.told.getRef(), ANNA, false));

        ann.first.told.expectMessage(new UserEvent.Named(0, ANNA, ANN, ""));
        second.told.expectMessage(new UserEvent.Named(5, ANNA, ANN, ""));
        RoomActor.Rename asked = room.expectMessageClass(RoomActor.Rename.class);
        second.told.expectNoMessage(Duration.ofMillis(50));
        asked.replyTo().tell(new RoomReply.Done(TEA, asked.number()));
        second.told.expectMessage(new UserEvent.Done(5));
    }

    @Test
    void aNickThatIsTakenIsRefused() {
        Device bob = new Device();
        bob.asks(supervisor, Nick.of("bob"), "bob");
        bob.told.expectMessageClass(UserEvent.Attached.class);
        Ann ann = new Ann();

        ann.user.tell(new UserActor.Rename(5, ann.first.told.getRef(), Nick.of("bob"), false));

        ann.first.told.expectMessage(new UserEvent.NickRefused(5, Nick.of("bob"), Nick.of("bob")));
        assertThat(ann().nick()).isEqualTo(ANN);
    }

    @Test
    void theNickIsTakenBackIfARoomRefusesIt() {
        Ann ann = new Ann();
        TestProbe<RoomActor.Command> room = ann.room();

        ann.user.tell(new UserActor.Rename(5, ann.first.told.getRef(), ANNA, false));
        ann.first.told.expectMessage(new UserEvent.Named(5, ANNA, ANN, ""));
        RoomActor.Rename asked = room.expectMessageClass(RoomActor.Rename.class);
        Refusal why = new Refusal(Refusal.Reason.BANNED, "no");
        RoomReply.Refused refused = new RoomReply.Refused(TEA, asked.number(), "", why);
        asked.replyTo().tell(refused);

        ann.first.told.expectMessage(new UserEvent.RoomRefused(refused));
        ann.first.told.expectMessage(new UserEvent.Done(5));
        ann.first.told.expectMessage(new UserEvent.Named(0, ANN, ANNA, ""));
        assertThat(ann().nick()).isEqualTo(ANN);
    }

    @Test
    void aRoomThatNeverAnswersDelaysTheAnswerUntilTheTimeout() {
        Ann ann = new Ann();
        TestProbe<RoomActor.Command> room = ann.room();

        ann.user.tell(new UserActor.SetRealName(6, ann.first.told.getRef(), "Other"));
        room.expectMessageClass(RoomActor.ChangeProfile.class);
        ann.first.told.expectNoMessage(Duration.ofMillis(50));
        time.timePasses(ANSWER_TIMEOUT);

        ann.first.told.expectMessage(new UserEvent.Done(6));
    }

    @Test
    void eachChangeWaitsForItsOwnAnswers() {
        Ann ann = new Ann();
        TestProbe<RoomActor.Command> room = ann.room();
        ann.user.tell(new UserActor.SetRealName(6, ann.first.told.getRef(), "Other"));
        ann.user.tell(new UserActor.SetRealName(7, ann.first.told.getRef(), "Third"));
        room.expectMessageClass(RoomActor.ChangeProfile.class);
        RoomActor.ChangeProfile second = room.expectMessageClass(RoomActor.ChangeProfile.class);
        ann.user.tell(new UserActor.SetRealName(8, ann.first.told.getRef(), "Fourth"));
        room.expectMessageClass(RoomActor.ChangeProfile.class);

        second.replyTo().tell(new RoomReply.Done(TEA, second.number()));
        ann.first.told.expectMessage(new UserEvent.Done(7));
        time.timePasses(ANSWER_TIMEOUT);
        ann.first.told.expectMessage(new UserEvent.Done(6));
        ann.first.told.expectNoMessage(Duration.ofMillis(50));
        time.timePasses(ANSWER_TIMEOUT);
        ann.first.told.expectMessage(new UserEvent.Done(8));
    }

    @Test
    void aRoomThatEndsKeepsNobodyWaiting() {
        Ann ann = new Ann();
        TestProbe<RoomActor.Command> room = ann.room();
        ann.user.tell(new UserActor.SetRealName(6, ann.first.told.getRef(), "Other"));
        room.expectMessageClass(RoomActor.ChangeProfile.class);

        ann.user.tell(new UserActor.RoomEnded(room.getRef()));

        ann.first.told.expectMessage(new UserEvent.Done(6));
    }

    // The account

    @Test
    void aUserWhoIsAloneMayChangeTheAccount() {
        Ann ann = new Ann();

        ann.user.tell(new UserActor.LogIn(8, ann.first.as(ANN, "bob")));

        ann.first.told.expectMessage(new UserEvent.Done(8));
        assertThat(users.find(UserId.ofAccount("bob")).orElseThrow().nick()).isEqualTo(ANN);
        assertThat(users.find(UserId.ofAccount("ann"))).isEmpty();
        Device second = new Device();
        second.asks(supervisor, Nick.of("pad"), "bob");
        assertThat(second.told.expectMessageClass(UserEvent.Attached.class).actor())
                .isEqualTo(ann.user);
    }

    @Test
    void aConnectionBesideOthersThatLogsInElsewhereBecomesAnotherUser() {
        Ann ann = new Ann();
        Device second = ann.another();

        ann.user.tell(new UserActor.LogIn(8, second.as(Nick.of("bob"), "bob")));

        second.told.expectMessageClass(UserEvent.Detached.class);
        UserEvent.Attached attached = second.told.expectMessageClass(UserEvent.Attached.class);
        assertThat(attached.actor()).isNotEqualTo(ann.user);
        assertThat(attached.user().nick()).isEqualTo(Nick.of("bob"));
        assertThat(ann().connections()).hasSize(1);
    }

    @Test
    void whoLogsInToAnAccountWithAUserIsThatUser() {
        ActorRef<UserActor.Command> user = new Device().attaches(supervisor).actor();
        Device other = new Device();
        other.asks(supervisor, Nick.of("bob"), "bob");
        ActorRef<UserActor.Command> bob =
                other.told.expectMessageClass(UserEvent.Attached.class).actor();

        bob.tell(new UserActor.LogIn(8, other.as(ANN, "ann")));

        other.told.expectMessageClass(UserEvent.Detached.class);
        assertThat(other.told.expectMessageClass(UserEvent.Attached.class).actor())
                .isEqualTo(user);
        assertThat(users.count()).isEqualTo(1);
        assertThat(ann().connections()).hasSize(2);
    }

    @Test
    void aGuestWhoLogsInAtTheSameTimeAsAnotherConnectionIsThatUserToo() {
        TestProbe<UserSupervisor.LoggedIn> login = akka.createTestProbe();
        supervisor.tell(new UserSupervisor.LogIn(1, "ann", "", Optional.empty(), login.getRef()));
        ActorRef<UserActor.Command> user = login.receiveMessage().user();
        assertThat(new Ann().user).isEqualTo(user); // before the guest has been adopted
        Device guest = new Device();
        Profile hers = profile("").withGuest(UserId.ofGuest("eve~1"));
        ConnectionInfo info = new ConnectionInfo(1, 1, "irc", "192.0.2.1", true, Instant.now(), 0);
        UserSnapshot eve = UserSnapshot.online(Nick.of("eve"), hers, info);

        user.tell(new UserActor.Adopt(2, guest.as(ANN, "ann"), eve, List.of(new UserRoom(TEA, 7)), 3, login.getRef()));

        login.expectMessage(new UserSupervisor.LoggedIn(3, user, false)); // the guest leaves, and attaches
        assertThat(ann().connections()).hasSize(1);
    }

    @Test
    void aGuestWhoLogsInGoesOnFromWhereTheyAre() {
        TestProbe<UserSupervisor.LoggedIn> login = akka.createTestProbe();
        supervisor.tell(new UserSupervisor.LogIn(1, "ann", "", Optional.empty(), login.getRef()));
        ActorRef<UserActor.Command> user = login.receiveMessage().user();
        Device guest = new Device();
        Profile hers = profile("").withGuest(UserId.ofGuest("eve~1"));
        ConnectionInfo info = new ConnectionInfo(1, 1, "irc", "192.0.2.1", true, Instant.now(), 0);
        UserSnapshot eve = UserSnapshot.online(Nick.of("eve"), hers, info);
        users.enter(eve, akka.<UserActor.Command>createTestProbe().getRef());
        TestProbe<RoomActor.Command> room = akka.createTestProbe();

        user.tell(new UserActor.Adopt(2, guest.as(ANN, "ann"), eve, List.of(new UserRoom(TEA, 7)), 3, login.getRef()));

        guest.told.expectMessage(new UserEvent.Adopted(user, 3));
        RoomDirectory.Locate locate = directory.expectMessageClass(RoomDirectory.Locate.class);
        locate.replyTo().tell(new RoomDirectory.Found(TEA, locate.number(), room.getRef()));
        RoomActor.Join join = room.expectMessageClass(RoomActor.Join.class);
        assertThat(join.user().id()).isEqualTo(hers.id());
        user.<Object>unsafeUpcast()
                .tell(new MemberEvent.Placed(TEA, room.getRef(), hers.id(), eve.nick(), Ranks.NONE, false, 7));
        RoomActor.ChangeProfile change = room.expectMessageClass(RoomActor.ChangeProfile.class);
        assertThat(change.to().account()).isEqualTo("ann");
        change.replyTo().tell(new RoomReply.Done(TEA, change.number()));
        guest.told.expectMessage(new UserEvent.Subscribe(new UserRoom(TEA, 7)));
        guest.told.expectMessage(new UserEvent.Done(2));
        assertThat(users.count()).isEqualTo(1);
        assertThat(ann().nick()).isEqualTo(eve.nick());
    }

    @Test
    void whoHasLoggedOutIsNotFoundUnderTheAccount() {
        Ann ann = new Ann();

        ann.user.tell(new UserActor.LogOut(9, ann.first.told.getRef()));

        ann.first.told.expectMessage(new UserEvent.Done(9));
        assertThat(users.find(UserId.ofAccount("ann"))).isEmpty();
        Device second = new Device();
        second.asks(supervisor, Nick.of("pad"), "ann");
        assertThat(second.told.expectMessageClass(UserEvent.Attached.class).actor())
                .isNotEqualTo(ann.user);
    }

    // Always-on

    /** A store whose answers about choices have to be waited for. */
    private final class SlowChoices implements AlwaysOnUsers {
        final AlwaysOnUsers store = new MemoryAlwaysOnUsers(10);
        final TestProbe<CompletableFuture<Optional<Boolean>>> asked = akka.createTestProbe();

        @Override
        public CompletionStage<Void> save(Stored user) {
            return store.save(user);
        }

        @Override
        public CompletionStage<Void> remove(String account) {
            return store.remove(account);
        }

        @Override
        public CompletionStage<List<Stored>> all(int most) {
            return store.all(most);
        }

        @Override
        public CompletionStage<Optional<Stored>> find(String account) {
            return store.find(account);
        }

        @Override
        public CompletionStage<Optional<Boolean>> choice(String account) {
            CompletableFuture<Optional<Boolean>> answer = new CompletableFuture<>();
            asked.getRef().tell(answer);
            return answer;
        }

        @Override
        public CompletionStage<Void> choose(String account, boolean alwaysOn) {
            return store.choose(account, alwaysOn);
        }
    }

    @Test
    void aChoiceStaysThoughTheStoreAnswersAnEarlierQuestionAfterIt() {
        SlowChoices store = new SlowChoices();
        UserSettings.AlwaysOn optIn = new UserSettings.AlwaysOn(UserSettings.Mode.OPT_IN, 10, ABSENCE);
        Device only = new Device();
        ActorRef<UserActor.Command> user = only.attaches(
                        akka.spawn(UserSupervisor.create(services(3, Duration.ZERO, optIn, store))))
                .actor();
        CompletableFuture<Optional<Boolean>> before = store.asked.receiveMessage();

        user.tell(new UserActor.ChooseAlwaysOn(1, only.told.getRef(), Optional.of(true)));
        only.told.expectMessage(new UserEvent.Chosen(1, true, Optional.empty()));
        before.complete(Optional.empty());
        user.tell(new UserActor.SetAway(2, only.told.getRef(), "")); // the answer has come when this is done
        only.told.expectMessage(new UserEvent.Done(2));
        TestProbe<RoomActor.Command> room = roomOf(user);
        only.detaches(user, Departure.QUIT, false);

        room.expectMessage(new RoomActor.Unsubscribe(only.subscriber.getRef()));
        room.expectMessageClass(RoomActor.ChangeProfile.class);
        assertThat(ann().isAbsent()).isTrue();
    }

    @Test
    void aKilledUserWhoseClientHasReconnectedStaysAlwaysOn() {
        UserSettings.AlwaysOn optOut = new UserSettings.AlwaysOn(UserSettings.Mode.OPT_OUT, 10, ABSENCE);
        ActorRef<UserSupervisor.Command> supervisor =
                akka.spawn(UserSupervisor.create(services(3, Duration.ZERO, optOut, new MemoryAlwaysOnUsers(10))));
        Device first = new Device();
        ActorRef<UserActor.Command> user = first.attaches(supervisor).actor();
        TestProbe<RoomActor.Command> room = roomOf(user);

        users.disconnect(UserId.ofAccount("ann"), "spam");
        Device second = new Device();
        second.attaches(supervisor);
        first.detaches(user, Departure.QUIT, false);
        second.detaches(user, Departure.QUIT, false);

        room.expectMessage(new RoomActor.Unsubscribe(first.subscriber.getRef()));
        room.expectMessage(new RoomActor.Unsubscribe(second.subscriber.getRef()));
        room.expectMessageClass(RoomActor.ChangeProfile.class);
        assertThat(ann().isAbsent()).isTrue();
    }

    /** Ann, who was always-on before a restart; the registry of nicks and the supervisor are probes. */
    private final class Restored {
        final TestProbe<NickRegistry.Command> registry = akka.createTestProbe();
        final TestProbe<UserSupervisor.Command> told = akka.createTestProbe();
        final AlwaysOnUsers.Stored before =
                new AlwaysOnUsers.Stored("ann", ANN, "u", "Real", "", Instant.now(), Map.of(), List.of());
        final ActorRef<UserActor.Command> user;

        Restored(int most) {
            UserSettings.AlwaysOn optOut = new UserSettings.AlwaysOn(UserSettings.Mode.OPT_OUT, most, ABSENCE);
            UserSettings settings = new UserSettings(3, Duration.ZERO, 10, optOut, ANSWER_TIMEOUT);
            user = akka.spawn(UserActor.create(
                            new UserServices(
                                    registry.getRef(),
                                    users,
                                    directory.getRef(),
                                    new MemoryAlwaysOnUsers(10),
                                    List.of("akka.actor.default-dispatcher"),
                                    settings),
                            told.getRef(),
                            UserDelivery.DIRECT)
                    .narrow());
        }

        void attaches(Device device) {
            user.tell(new UserActor.Attach(NUMBERS.incrementAndGet(), device.as(ANNA, "ann")));
        }

        void restores() {
            user.tell(new UserActor.Restore(before));
        }

        NickRegistry.Claim claims() {
            return registry.expectMessageClass(NickRegistry.Claim.class);
        }

        void answer(NickRegistry.Claim claim, Optional<Nick> obstacle) {
            claim.replyTo().tell(new NickRegistry.Claimed(claim.number(), claim.nick(), obstacle));
        }
    }

    @Test
    void anAlwaysOnUserIsRestoredThoughTheirFirstConnectionIsRefused() {
        Restored ann = new Restored(10);
        Device device = new Device();
        ann.attaches(device);
        NickRegistry.Claim refused = ann.claims();
        ann.restores();

        ann.answer(refused, Optional.of(ANNA));

        device.told.expectMessageClass(UserEvent.AttachRefused.class);
        NickRegistry.Claim restoring = ann.claims();
        assertThat(restoring.nick()).isEqualTo(ANN);
        ann.answer(restoring, Optional.empty());
        ann.told.expectMessage(new UserSupervisor.Settled(ann.user));
        assertThat(ann().isAbsent()).isTrue();
    }

    /** Another node has ended: in the rooms where they were, nobody has seen them leave. */
    @Test
    void aUserWhoIsStillListedComesBackUnseen() {
        RoomName hall = RoomName.of("hall");
        users.enter(
                UserSnapshot.absent(ANN, profile("ann"), Instant.now(), Map.of())
                        .withPlace(new Place(TEA, Ranks.NONE, false)),
                akka.<UserActor.Command>createTestProbe().getRef());
        Restored ann = new Restored(10);
        AlwaysOnUsers.Stored before = new AlwaysOnUsers.Stored(
                "ann",
                ANN,
                "u",
                "Real",
                "",
                Instant.now(),
                Map.of(),
                List.of(
                        new AlwaysOnUsers.Membership(TEA, Ranks.NONE, 3),
                        new AlwaysOnUsers.Membership(hall, Ranks.NONE, 4)));

        ann.user.tell(new UserActor.Restore(before));
        ann.answer(ann.claims(), Optional.empty());

        TestProbe<RoomActor.Command> room = akka.createTestProbe();
        assertThat(joins(room).back().orElseThrow().announced()).isFalse();
        assertThat(joins(room).back().orElseThrow().announced()).isTrue();
    }

    @Test
    void aGuestWhoLogsInWhileTheUserIsRestoredWaitsForThat() {
        Restored ann = new Restored(10);
        ann.restores();
        NickRegistry.Claim restoring = ann.claims();
        Device guest = new Device();
        Profile hers = profile("").withGuest(UserId.ofGuest("eve~1"));
        ConnectionInfo info = new ConnectionInfo(1, 1, "irc", "192.0.2.1", true, Instant.now(), 0);
        UserSnapshot eve = UserSnapshot.online(Nick.of("eve"), hers, info);
        TestProbe<UserSupervisor.LoggedIn> refused = akka.createTestProbe();

        ann.user.tell(new UserActor.Adopt(2, guest.as(ANNA, "ann"), eve, List.of(), 3, refused.getRef()));
        refused.expectMessage(new UserSupervisor.LoggedIn(3, ann.user, false));
        ann.attaches(guest);
        ann.answer(restoring, Optional.empty());

        assertThat(guest.told
                        .expectMessageClass(UserEvent.Attached.class)
                        .user()
                        .nick())
                .isEqualTo(ANN);
        assertThat(users.count()).isEqualTo(1);
    }

    /** Otherwise they would get the name of the account instead, since their connections still have the nick. */
    @Test
    void aUserWhoseAccountIsRenamedIsRestoredWhenTheConnectionsHaveEnded() {
        Restored ann = new Restored(10);
        Device device = new Device();
        ann.attaches(device);
        ann.answer(ann.claims(), Optional.empty());
        device.told.expectMessageClass(UserEvent.Attached.class);

        users.accountRenamed(UserId.ofAccount("ann"), Nick.of("eva"), "renamed");
        device.told.expectMessage(new Disconnect("renamed"));
        device.detaches(ann.user, Departure.QUIT, false);

        ann.told
                .expectMessageClass(UserSupervisor.AwaitRestore.class)
                .replyTo()
                .tell(new UserSupervisor.RestoreEnded(true));
        ann.told.expectMessage(new UserSupervisor.Gone("ann", ann.user));
        ann.told.expectMessage(new UserSupervisor.RestoreUser("eva"));
    }

    @Test
    void theNickOfAUserWhoCannotBeRestoredIsReleasedBeforeANewcomerClaimsTheirs() {
        Restored ann = new Restored(0);
        ann.restores();
        NickRegistry.Claim restoring = ann.claims();
        Device device = new Device();
        ann.attaches(device);

        ann.answer(restoring, Optional.empty());

        assertThat(ann.registry.expectMessageClass(NickRegistry.Release.class).user())
                .isEqualTo(restoring.user());
        assertThat(ann.claims().user()).isEqualTo(device.claimant);
    }

    // Failure

    @Test
    void aUserWhoseActorFailsIsGoneAndTheNextOneIsAnother() {
        Ann ann = new Ann();

        ann.user.<Object>unsafeUpcast().tell(new UserRooms.Continue(() -> {
            throw new IllegalStateException("in a test");
        }));

        akka.createTestProbe()
                .expectTerminated(ann.user, Duration.ofSeconds(20)); // so do rooms and connections find out
        UserEvent.Attached attached = akka.createTestProbe()
                .awaitAssert(
                        () -> { // until the supervisor has, too
                            Device second = new Device();
                            second.asks(supervisor, ANN, "ann");
                            return second.told.expectMessageClass(UserEvent.Attached.class, Duration.ofSeconds(3));
                        });
        assertThat(attached.actor()).isNotEqualTo(ann.user);
        assertThat(attached.user().nick()).isEqualTo(ANN);
        assertThat(ann().connections()).hasSize(1);
        assertThat(users.count()).isEqualTo(1);
    }

    @Test
    void aKilledUserHasAllConnectionsEnded() {
        Ann ann = new Ann();
        Device second = ann.another();

        users.disconnect(UserId.ofAccount("ann"), "spam");

        ann.first.told.expectMessage(new Disconnect("spam"));
        second.told.expectMessage(new Disconnect("spam"));
    }
}
