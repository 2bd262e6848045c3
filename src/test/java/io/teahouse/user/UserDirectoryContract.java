package io.teahouse.user;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.UserId;
import io.teahouse.user.OnlineUsers.Absence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every directory of users does; one test class per directory. */
abstract class UserDirectoryContract {
    private static final int LOGINS = 20_000;
    static final NickRules RULES = new NickRules(32, CaseMapping.ASCII);

    /** A directory of nobody. */
    abstract OnlineUsers create(NickRules rules);

    final OnlineUsers users = create(RULES);
    private int connections;

    /** A user who is online, and what the owner is told. */
    final class User {
        final TestInbox<UserActor.Command> told = TestInbox.create("user" + connections);
        final OnlineUser online;

        /** @param account empty: a guest */
        User(String nick, String account) {
            online = users.enter(first(nick, account), told.getRef());
        }

        UserId id() {
            return online.snapshot().id();
        }

        void watches(String nick) {
            users.watch(users.key(nick).orElseThrow(), told.getRef());
        }

        void logIn(String account) {
            UserSnapshot now = online.snapshot();
            online.publish(now.withProfile(now.profile().withAccount(account)), 1);
        }

        void rename(String to) {
            online.publish(online.snapshot().withNick(Nick.of(to)), 1);
        }
    }

    private UserSnapshot first(String nick, String account) {
        String connection = nick + "~" + connections++;
        Profile profile = new Profile(nick, nick + ".example", "", account, "", false)
                .withGuest(UserId.ofGuest(connection))
                .withAddress("192.0.2.1");
        ConnectionInfo info = new ConnectionInfo(connection.hashCode(), 1, "irc", "192.0.2.1", true, Instant.now(), 0);
        return UserSnapshot.online(Nick.of(nick), profile, info);
    }

    User guest(String nick) {
        return new User(nick, "");
    }

    private List<String> nicks() {
        List<String> nicks = new ArrayList<>();
        users.all().forEach(user -> nicks.add(user.nick().text()));
        return nicks;
    }

    private static Optional<String> nick(Optional<UserSnapshot> user) {
        return user.map(found -> found.nick().text());
    }

    // Queries

    @Test
    void aUserIsFoundByNickInAnySpellingAndById() {
        User ann = guest("ann");
        assertThat(nick(users.find("ANN"))).contains("ann");
        assertThat(nick(users.find(ann.id()))).contains("ann");
        assertThat(users.find("bob")).isEmpty();
        assertThat(users.find("not a nick")).isEmpty();
        assertThat(users.find(UserId.ofGuest("bob~1"))).isEmpty();
    }

    @Test
    void aSnapshotShowsNoAddressInTheProfile() {
        guest("ann");
        UserSnapshot ann = users.find("ann").orElseThrow();
        assertThat(ann.profile().address()).isEmpty();
        assertThat(ann.address()).isEqualTo("192.0.2.1");
        assertThat(ann.isCloaked()).isTrue();
        assertThat(ann.connections()).hasSize(1);
        assertThat(ann.isSecure()).isTrue();
    }

    @Test
    void allUsersAreListedAndCounted() {
        users.connected();
        assertThat(users.unregistered()).isEqualTo(1);
        users.identified();
        User ann = guest("ann");
        guest("bob");
        assertThat(nicks()).containsExactlyInAnyOrder("ann", "bob");
        ann.online.leave();
        assertThat(nicks()).containsExactly("bob");
        assertThat(users.count()).isEqualTo(1);
        assertThat(users.most()).isEqualTo(2);
        assertThat(users.unregistered()).isZero();
    }

    @Test
    void modesAreCounted() {
        User ann = guest("ann");
        ann.online.publish(ann.online.snapshot().withMode(UserMode.INVISIBLE, true), 0);
        ann.online.publish(ann.online.snapshot().withMode(UserMode.INVISIBLE, true), 0);
        assertThat(users.count(UserMode.INVISIBLE)).isEqualTo(1);
        ann.online.publish(ann.online.snapshot().withMode(UserMode.OPERATOR, true), 0);
        ann.online.publish(ann.online.snapshot().withMode(UserMode.INVISIBLE, false), 0);
        assertThat(users.count(UserMode.INVISIBLE)).isZero();
        assertThat(users.count(UserMode.OPERATOR)).isEqualTo(1);
        ann.online.leave();
        assertThat(users.count(UserMode.OPERATOR)).isZero();
    }

    @Test
    void aChangeReplacesTheSnapshot() {
        User ann = guest("ann");
        UserSnapshot before = users.find("ann").orElseThrow();
        RoomName tea = RoomName.of("tea");
        ann.online.publish(before.withPlace(new Place(tea, Ranks.NONE, false)), 0);
        assertThat(before.places()).isEmpty();
        assertThat(users.find("ann").orElseThrow().place(tea)).isPresent();
    }

    @Test
    void aRenamedUserIsFoundByTheNewNickAndRememberedByTheOld() {
        User ann = guest("ann");
        ann.rename("anna");
        assertThat(users.find("ann")).isEmpty();
        assertThat(nick(users.find("anna"))).contains("anna");
        assertThat(nick(users.find(ann.id()))).contains("anna");
        assertThat(users.former("Ann")).hasSize(1);
        ann.rename("Anna");
        assertThat(users.former("anna")).as("another spelling is the same nick").isEmpty();
    }

    @Test
    void aGuestWhoLogsInIsFoundByTheAccount() {
        User ann = guest("ann");
        UserId guest = ann.id();
        ann.online.publish(
                ann.online
                        .snapshot()
                        .withProfile(ann.online.snapshot().profile().withAccount("ann")),
                1);
        assertThat(users.find(guest)).isEmpty();
        assertThat(nick(users.find(UserId.ofAccount("ann")))).contains("ann");
    }

    @Test
    void aUserWhoLogsOutIsFoundAsAGuest() {
        User ann = new User("ann", "ann");
        UserId account = ann.id();
        ann.online.publish(
                ann.online
                        .snapshot()
                        .withProfile(ann.online.snapshot().profile().withAccount("")),
                1);
        assertThat(users.find(account)).isEmpty();
        assertThat(nick(users.find(ann.id()))).contains("ann");
        ann.online.leave();
        assertThat(users.find(ann.id())).isEmpty();
    }

    @Test
    void formerUsersAreListedLatestFirst() {
        guest("ann").online.leave();
        new User("ann", "ann").online.leave();
        assertThat(users.former("ANN"))
                .extracting(former -> former.profile().account())
                .containsExactly("ann", "");
        assertThat(users.former("ann").get(0).address()).isEqualTo("192.0.2.1");
        assertThat(users.former("not a nick")).isEmpty();
    }

    // Messages

    @Test
    void aUserIsNotified() {
        User ann = new User("ann", "ann");
        User bob = guest("bob");
        Notification told = new Notification.Offline(Nick.of("cyd"));
        users.notify(ann.id(), told);
        assertThat(ann.told.getAllReceived()).containsExactly(told);
        assertThat(bob.told.hasMessages()).isFalse();
    }

    @Test
    void usersAreNotifiedByMode() {
        User ann = guest("ann");
        User bob = guest("bob");
        ann.online.publish(ann.online.snapshot().withMode(UserMode.WALLOPS, true), 0);
        Notification told = new Notification.Offline(Nick.of("cyd"));
        users.notify(UserMode.WALLOPS, told);
        assertThat(ann.told.getAllReceived()).containsExactly(told);
        assertThat(bob.told.hasMessages()).isFalse();
    }

    @Test
    void whoFindsAUserWithConnectionsFindsThese() {
        ActorRef<RoomEvent> first = TestInbox.<RoomEvent>create("first").getRef();
        ActorRef<RoomEvent> second = TestInbox.<RoomEvent>create("second").getRef();
        ActorRef<UserActor.Command> owner =
                TestInbox.<UserActor.Command>create("owner").getRef();
        UserSnapshot ann = first("ann", "ann");

        assertThat(users.enter(ann, owner, List.of(first)).subscribers()).containsExactly(first);
        assertThat(users.enter(ann, owner, List.of(second)).subscribers()).containsExactly(second);
        assertThat(users.enter(ann, owner).subscribers())
                .as("they are as before")
                .containsExactly(second);
    }

    @Test
    void aUserIsDisconnected() {
        User ann = new User("ann", "ann");
        users.disconnect(ann.id(), "why");
        assertThat(ann.told.getAllReceived()).containsExactly(new Disconnect("why"));
    }

    @Test
    void nobodyIsNotifiedWhoHasLeft() {
        User ann = guest("ann");
        ann.online.leave();
        users.notify(ann.id(), new Notification.Offline(Nick.of("cyd")));
        users.disconnect(ann.id(), "why");
        assertThat(ann.told.hasMessages()).isFalse();
        assertThat(users.online(ann.id())).isEmpty();
    }

    // Watching

    @Test
    void whoWatchesANickIsToldWhoComesAndGoes() {
        User dan = guest("dan");
        dan.watches("ANN");
        User ann = guest("ann");
        Profile profile = ann.online.snapshot().profile();
        ann.rename("anna");
        ann.rename("ann");
        ann.online.leave();
        Notification online = new Notification.Online(Nick.of("ann"), profile);
        Notification offline = new Notification.Offline(Nick.of("ann"));
        assertThat(dan.told.getAllReceived()).containsExactly(online, offline, online, offline);
        users.unwatch("ann", dan.told.getRef());
        guest("ann");
        assertThat(dan.told.hasMessages()).isFalse();
    }

    @Test
    void whoWatchesAUserIsToldOfChanges() {
        User dan = guest("dan");
        User ann = guest("ann");
        dan.watches("ann");
        UserSnapshot before = ann.online.snapshot();
        Profile away = before.profile().withAway("tea");
        ann.online.publish(before.withProfile(away), 7);
        ann.online.publish(ann.online.snapshot().withMetadataChanged(Map.of("url", "x", "tea", "green")), 8);
        ann.online.publish(ann.online.snapshot().withMetadataChanged(Map.of("url", "")), 9);
        ann.online.publish(ann.online.snapshot().active(List.of(), System.currentTimeMillis()), 0);
        Nick nick = before.nick();
        assertThat(dan.told.getAllReceived())
                .containsExactly(
                        new Notification.ProfileChanged(nick, before.profile(), away, 7),
                        new Notification.MetadataChanged(nick, Map.of("url", "x", "tea", "green"), 8),
                        new Notification.MetadataChanged(nick, Map.of("url", ""), 9));
    }

    @Test
    void aChangeIsInTheDirectoryBeforeAnybodyIsTold() {
        User dan = guest("dan");
        dan.watches("ann");
        guest("ann").rename("anna");
        dan.told.getAllReceived();
        assertThat(nick(users.find("anna"))).contains("anna");
    }

    // Absence

    @Test
    void absentUsersAreLimited() {
        assertThat(users.mayBeAbsent(Absence.LOST, 1)).isTrue();
        assertThat(users.mayBeAbsent(Absence.LOST, 1)).isFalse();
        assertThat(users.mayBeAbsent(Absence.ALWAYS_ON, 1)).isTrue();
        assertThat(users.mayBeAbsent(Absence.ALWAYS_ON, 1)).isFalse();
        users.absenceEnded(Absence.LOST);
        assertThat(users.absent(Absence.LOST)).isZero();
        assertThat(users.absent(Absence.ALWAYS_ON)).isEqualTo(1);
        assertThat(users.mayBeAbsent(Absence.ALWAYS_ON, 1)).isFalse();
        assertThat(users.mayBeAbsent(Absence.LOST, 1)).isTrue();
    }

    @Test
    void aUserIsReachedForAConversation() {
        User ann = guest("ann");
        User bob = guest("bob");
        UserSnapshot before = ann.online.snapshot();
        ann.rename("anna");
        bob.rename("ann");
        assertThat(users.online(before.id()))
                .as("by id, whoever has the nick now")
                .containsSame(ann.online);
        TestInbox<RoomEvent> phone = TestInbox.create();
        ann.online.subscribers(List.of(phone.getRef()));
        assertThat(users.online(before.id()).orElseThrow().subscribers()).containsExactly(phone.getRef());
        assertThat(ann.online.identity().nick()).isEqualTo(Nick.of("anna"));
        assertThat(ann.online.identity().owner()).isEqualTo(ann.told.getRef());
    }

    @Test
    void aConversationIsNotToldAnythingForWhoHasAnotherNickOrIdNow() {
        User ann = guest("ann");
        UserSnapshot before = ann.online.snapshot();
        List<String> told = new ArrayList<>();
        assertThat(ann.online.whileKnownAs(before, () -> told.add("first"))).isTrue();
        ann.online.publish(before.withProfile(before.profile().withAway("tea")), 1);
        assertThat(ann.online.whileKnownAs(before, () -> told.add("away"))).isTrue();
        ann.rename("anna");
        assertThat(ann.online.whileKnownAs(before, () -> told.add("renamed"))).isFalse();
        ann.rename("ann");
        ann.logIn("ann");
        assertThat(ann.online.whileKnownAs(before, () -> told.add("logged in"))).isFalse();
        assertThat(told).containsExactly("first", "away");
    }

    @Test
    void aConversationIsNotToldAnythingForWhoHasLeft() {
        User ann = guest("ann");
        List<String> told = new ArrayList<>();
        ann.online.leave();
        assertThat(ann.online.whileKnownAs(ann.online.snapshot(), () -> told.add("gone")))
                .isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void aUserLeavesAfterWhatAConversationIsTold() throws Exception {
        User ann = guest("ann");
        CompletableFuture<Void> leaving = new CompletableFuture<>();
        ann.online.whileKnownAs(ann.online.snapshot(), () -> {
            Thread other = new Thread(() -> {
                ann.online.leave();
                leaving.complete(null);
            });
            other.start();
            while (other.getState() != Thread.State.BLOCKED && other.isAlive()) {
                Thread.onSpinWait();
            }
            assertThat(users.find("ann")).isPresent();
        });
        leaving.get(1, TimeUnit.MINUTES);
        assertThat(users.find("ann")).isEmpty();
    }

    /** Another thread looks for the user meanwhile, by what it has found by the nick. */
    @Test
    void whoeverFindsASnapshotFindsTheUserByItsId() throws Exception {
        User ann = guest("ann");
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Boolean> looking = CompletableFuture.supplyAsync(() -> {
            while (!done.get()) {
                UserId id = users.find("ann").orElseThrow().id();
                boolean found = users.online(id).isPresent();
                if (!found && users.find("ann").orElseThrow().id().equals(id)) {
                    return false;
                }
            }
            return true;
        });
        for (int i = 0; i < LOGINS && !looking.isDone(); i++) {
            ann.logIn("ann" + i);
        }
        done.set(true);
        assertThat(looking.get(1, TimeUnit.MINUTES)).isTrue();
    }

    /** A task that is under way holds up the change of the id, but no other change. */
    @Test
    void aChangeOfTheIdWaitsForWhatAConversationIsTold() throws Exception {
        User ann = guest("ann");
        UserSnapshot before = ann.online.snapshot();
        CompletableFuture<Void> login = new CompletableFuture<>();
        ann.online.whileKnownAs(before, () -> {
            Thread other = new Thread(() -> {
                ann.logIn("ann");
                login.complete(null);
            });
            other.start();
            while (other.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            assertThat(ann.id()).isEqualTo(before.id());
        });
        login.get(1, TimeUnit.MINUTES);
        assertThat(ann.id()).isEqualTo(UserId.ofAccount("ann"));
    }
}
