package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.teahouse.room.Delivery;
import io.teahouse.room.EventBatch;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.MemoryRoomLogs;
import io.teahouse.room.Nick;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomQuotas;
import io.teahouse.room.RoomReply;
import io.teahouse.room.UserId;
import io.teahouse.user.AlwaysOnUsers;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.ConnectionInfo;
import io.teahouse.user.LocalUserDirectory;
import io.teahouse.user.MemoryAlwaysOnUsers;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.NickRules;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.UserServices;
import io.teahouse.user.UserSettings;
import io.teahouse.user.UserSnapshot;
import io.teahouse.user.UserSupervisor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A node of a cluster, in this JVM. */
final class TestNode implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(40);

    /** How long users of a node that is gone are expected back. */
    static final Duration SHORTLY = Duration.ofSeconds(6);

    /** How many rooms one user may open. */
    static final int ROOMS_PER_USER = 2;

    /** How many rooms there may be on one node, and how many conversations. */
    static final int MOST_ROOMS = 100;

    private static final RoomQuotas QUOTAS =
            RoomQuotas.of(MOST_ROOMS).withRooms(new RoomQuotas.Quota(MOST_ROOMS, ROOMS_PER_USER, MOST_ROOMS));

    final ActorTestKit akka;
    final ActorRef<RoomDirectory.Command> rooms;
    final LocalUserDirectory users = new LocalUserDirectory(new NickRules(32, CaseMapping.ASCII));
    final ForeignUsers foreign = new ForeignUsers();
    final ActorRef<NickRegistry.Command> nicks;
    final ActorRef<UserSupervisor.Command> supervisor;

    TestNode(RoomLogs logs) {
        this(logs, new MemoryAlwaysOnUsers(10));
    }

    private TestNode(RoomLogs logs, AlwaysOnUsers alwaysOn) {
        Config config = ConfigFactory.parseString("""
                        akka.actor.provider = cluster
                        akka.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
                        akka.cluster.jmx.multi-mbeans-in-same-jvm = on
                        akka.cluster {
                          gossip-interval = 100 ms
                          leader-actions-interval = 100 ms
                          periodic-tasks-initial-delay = 100 ms
                          unreachable-nodes-reaper-interval = 200 ms
                          failure-detector { heartbeat-interval = 300 ms, acceptable-heartbeat-pause = 1500 ms }
                        }
                        akka.remote.artery.advanced.shutdown-flush-timeout = 100 ms
                        akka.cluster.sharding.passivation.strategy = none
                        akka.cluster.sharding {
                          retry-interval = 100 ms
                          coordinator-failure-backoff = 1 s
                          waiting-for-state-timeout = 1 s
                          updating-state-timeout = 2 s
                          coordinator-state { write-majority-plus = 0, read-majority-plus = 0 }
                          distributed-data {
                            majority-min-cap = 1
                            gossip-interval = 200 ms
                            notify-subscribers-interval = 100 ms
                          }
                        }
                        akka.cluster.min-nr-of-members = 1
                        akka.cluster.downing-provider-class = ""
                        akka.loglevel = warning
                        akka.coordinated-shutdown { exit-jvm = off, run-by-actor-system-terminate = off }
                        """)
                .withFallback(ConfigFactory.parseResources("teahouse-cluster.conf"))
                .withFallback(ConfigFactory.load());
        akka = ActorTestKit.create("teahouse", config);
        nicks = akka.spawn(ClusterNicks.create(users, foreign), "nicks");
        akka.spawn(ClusterUsers.create(users, foreign, SHORTLY), "users");
        SharedUsers shared = new SharedUsers(users, foreign, nicks, CaseMapping.ASCII, SHORTLY);
        rooms = akka.spawn(
                ClusterRooms.builder(logs)
                        .quotas(QUOTAS)
                        .users(shared)
                        .pendingBytes(1 << 20)
                        .create(),
                "rooms");
        UserSettings.AlwaysOn optIn = new UserSettings.AlwaysOn(UserSettings.Mode.OPT_IN, 10, Duration.ofDays(1));
        supervisor = akka.spawn(
                ClusterUserSupervisor.create(
                        new UserServices(
                                nicks,
                                users,
                                rooms,
                                alwaysOn,
                                List.of("akka.actor.default-dispatcher"),
                                new UserSettings(9, Duration.ZERO, 10, optIn, Duration.ofSeconds(5))),
                        foreign,
                        SHORTLY),
                "supervisor");
    }

    Cluster cluster() {
        return Cluster.get(akka.system());
    }

    void join(TestNode seed) {
        cluster().manager().tell(Join.create(seed.cluster().selfMember().address()));
    }

    /** Three nodes over one store, which are no cluster yet. */
    static List<TestNode> three() {
        MemoryRoomLogs logs = new MemoryRoomLogs();
        MemoryAlwaysOnUsers alwaysOn = new MemoryAlwaysOnUsers(10);
        return List.of(new TestNode(logs, alwaysOn), new TestNode(logs, alwaysOn), new TestNode(logs, alwaysOn));
    }

    /** All nodes become one cluster. */
    static void form(List<TestNode> nodes) {
        TestNode first = nodes.get(0);
        nodes.forEach(node -> node.join(first));
        first.akka.createTestProbe().awaitAssert(SOON, () -> {
            for (TestNode node : nodes) {
                assertThat(node.cluster().state().getMembers()).hasSize(nodes.size());
                assertThat(node.cluster().selfMember().status()).isEqualTo(MemberStatus.up());
            }
            return first;
        });
    }

    /** A user who is online on this node. */
    OnlineUser enter(String nick, ActorRef<Object> actor, List<ActorRef<RoomEvent>> subscribers) {
        Profile profile = Profile.APPLICATION.withGuest(UserId.ofGuest("id of " + nick));
        ConnectionInfo connection = new ConnectionInfo(1, 1, "plain", "192.0.2.1", false, Instant.now(), 0);
        OnlineUser user = users.enter(UserSnapshot.online(Nick.of(nick), profile, connection), actor.narrow());
        user.subscribers(subscribers);
        return user;
    }

    /** The user of a client is online on this node. */
    OnlineUser enter(Client client, List<ActorRef<RoomEvent>> subscribers) {
        ConnectionInfo connection = new ConnectionInfo(1, 1, "plain", "192.0.2.1", false, Instant.now(), 0);
        UserSnapshot first = UserSnapshot.online(client.nick, client.identity().profile(), connection);
        OnlineUser user =
                users.enter(first, client.user.ref().<Object>unsafeUpcast().narrow());
        user.subscribers(subscribers);
        return user;
    }

    /** An actor of another node, as this node knows it. */
    <T> ActorRef<T> resolve(ActorRef<T> other, TestNode of) {
        String text = ActorRefResolver.get(of.akka.system()).toSerializationFormat(other);
        return ActorRefResolver.get(akka.system()).resolveActorRef(text);
    }

    ActorRef<RoomActor.Command> locate(RoomName name) {
        return ((RoomDirectory.Found) find(name)).ref();
    }

    /** The application itself wants to join the room. */
    RoomDirectory.Location find(RoomName name) {
        TestProbe<RoomDirectory.Location> probe = akka.createTestProbe();
        rooms.tell(new RoomDirectory.Locate(name, probe.ref()));
        return probe.receiveMessage(SOON);
    }

    /** A user wants to join the room, and opens it if nobody has. */
    RoomDirectory.Location locate(RoomName name, RoomDirectory.Opener opener) {
        TestProbe<RoomDirectory.Location> answers = akka.createTestProbe();
        rooms.tell(new RoomDirectory.Locate(name, Optional.of(opener), 1, answers.ref()));
        return answers.receiveMessage(SOON);
    }

    Client client(String nick, RoomName room) {
        return new Client(nick, room);
    }

    @Override
    public void close() {
        akka.shutdownTestKit();
    }

    /** A user with one connection. */
    final class Client {
        final Nick nick;
        final ActorRef<RoomActor.Command> room;
        final TestProbe<RoomEvent> events = akka.createTestProbe();
        final TestProbe<RoomReply> replies = akka.createTestProbe();
        final TestProbe<MemberEvent> user = akka.createTestProbe();
        private final List<RoomEvent> unread = new ArrayList<>();

        Client(String nick, RoomName room) {
            this.nick = Nick.of(nick);
            this.room = locate(room);
        }

        UserId id() {
            return UserId.ofAccount(nick.key());
        }

        RoomActor.Identity identity() {
            Profile profile = new Profile(nick.key(), "host", nick.text(), nick.key(), "", false, UserId.UNKNOWN, "");
            return new RoomActor.Identity(id(), nick, profile, false, user.ref(), Optional.of(user.ref()));
        }

        RoomEvent.Welcome joins() {
            room.tell(new RoomActor.Join(
                    identity(), "", events.ref(), Delivery.BATCHED, Optional.empty(), 1, replies.ref()));
            return expect(RoomEvent.Welcome.class);
        }

        void say(String text) {
            say(text, 7);
        }

        void say(String text, long number) {
            room.tell(new RoomActor.Say(
                    events.ref(), new OutgoingMessage(RoomEvent.Kind.MESSAGE, text), number, replies.ref()));
        }

        RoomEvent.Said hears(String text) {
            RoomEvent.Said said = expect(RoomEvent.Said.class);
            if (!said.text().equals(text)) {
                throw new AssertionError(nick + " heard " + said.text() + " instead of " + text);
            }
            return said;
        }

        /** The next event of that type; others before it are passed over. */
        <E extends RoomEvent> E expect(Class<E> type) {
            while (true) {
                RoomEvent next = next();
                if (type.isInstance(next)) {
                    return type.cast(next);
                }
            }
        }

        /** The next event. */
        RoomEvent next() {
            while (unread.isEmpty()) {
                RoomEvent event = events.receiveMessage(SOON);
                unread.addAll(event instanceof EventBatch batch ? batch.events() : List.of(event));
            }
            return unread.remove(0);
        }
    }
}
