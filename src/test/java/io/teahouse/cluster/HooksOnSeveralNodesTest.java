package io.teahouse.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.cluster.typed.Down;
import io.teahouse.account.AccountSettings;
import io.teahouse.account.HashedToken;
import io.teahouse.hook.HookSettings;
import io.teahouse.hook.HookTotals;
import io.teahouse.hook.Hooks;
import io.teahouse.hook.IncomingHooks;
import io.teahouse.hook.MemoryHookQueue;
import io.teahouse.hook.Targets;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three nodes with the same incoming hook, and ann, who is in its room on the last one. */
class HooksOnSeveralNodesTest {
    private static final RoomName TEA = RoomName.of("Tea");
    private static final String TOKEN = "the token of the hook";
    private static final AccountSettings.Pace PACE = new AccountSettings.Pace(100, 100);

    private final List<TestNode> nodes = new ArrayList<>(TestNode.three());
    private final List<IncomingHooks> incoming = new ArrayList<>();
    private final List<ActorRef<Hooks.Command>> hooks = new ArrayList<>();

    @BeforeEach
    void form() {
        TestNode.form(nodes);
    }

    @AfterEach
    void stop() {
        nodes.forEach(TestNode::close);
    }

    private static HookSettings settings(HookSettings.Incoming... incoming) {
        return new HookSettings(
                List.of(incoming),
                List.of(),
                new HookSettings.Receiving(PACE, PACE),
                new HookSettings.Sending(
                        Duration.ofSeconds(1),
                        new HookSettings.Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)),
                        100,
                        new Targets(false, List.of())));
    }

    private void run(TestNode node) {
        run(node, "ci");
    }

    private void run(TestNode node, String hook) {
        HookSettings settings =
                settings(new HookSettings.Incoming(hook, Nick.of("builder"), TEA, HashedToken.of(TOKEN)));
        HookTotals totals = new HookTotals();
        IncomingHooks posts = new IncomingHooks(node.akka.system(), settings.receiving(), totals);
        Hooks.Parts parts =
                new Hooks.Parts("akka.actor.default-dispatcher", node.rooms, new MemoryHookQueue(), posts, totals);
        hooks.add(node.akka.spawn(Hooks.create(settings, parts)));
        incoming.add(posts);
        node.akka
                .createTestProbe()
                .awaitAssert(
                        TestNode.SOON,
                        () -> assertThat(post(hook, posts, "wrong", "no", "no"))
                                .returns(401, IncomingHooks.Answer::status));
    }

    private static IncomingHooks.Answer post(String hook, IncomingHooks to, String token, String text, String key) {
        IncomingHooks.Request request = new IncomingHooks.Request(
                hook,
                Optional.of("Bearer " + token),
                Optional.of("text/plain"),
                Optional.of(key),
                InetAddress.getLoopbackAddress());
        return to.post(request, text.getBytes(UTF_8)).toCompletableFuture().join();
    }

    private IncomingHooks.Answer post(int node, String text, String key) {
        return post("ci", incoming.get(node), TOKEN, text, key);
    }

    /** The room may be away, or the hook not in it, for longer than a hook waits. */
    private IncomingHooks.Answer untilAccepted(int node, String text, String key, TestNode.Client to) {
        return to.events.awaitAssert(TestNode.SOON, () -> {
            IncomingHooks.Answer answer = post(node, text, key);
            assertThat(answer).returns(200, IncomingHooks.Answer::status);
            return answer;
        });
    }

    private void isShown(int node, String text, TestNode.Client to) {
        untilAccepted(node, text, text.replace(' ', '-'), to);
        assertThat(to.next())
                .isInstanceOfSatisfying(
                        RoomEvent.Said.class,
                        said -> assertThat(said.by() + ": " + said.text()).isEqualTo("builder: " + text));
    }

    @Test
    void aHookSpeaksOnEveryNodeAsOneMember() {
        TestNode.Client ann = nodes.get(2).client("ann", TEA);
        ann.joins();
        ann.expect(RoomEvent.Joined.class);
        TestNode lost = nodes.get(1); // not the first one, which coordinates the shards
        run(lost);
        untilAccepted(0, "once", "build-1", ann);
        assertThat(ann.expect(RoomEvent.Joined.class).nick()).isEqualTo(Nick.of("builder"));
        ann.hears("once");
        run(nodes.get(0));
        run(nodes.get(2));
        assertThat(untilAccepted(1, "once", "build-1", ann).body().toString()).contains("repeated=true");
        isShown(1, "from the second", ann);
        isShown(2, "from the third", ann);

        hooks.get(2).tell(new Hooks.Change(settings()));
        isShown(1, "without the third", ann);

        Address address = lost.cluster().selfMember().address();
        lost.close();
        nodes.remove(lost);
        nodes.get(0).cluster().manager().tell(new Down(address));
        isShown(1, "without the first", ann);
        ann.events.expectNoMessage(TestNode.SHORTLY.plusSeconds(1));
        isShown(1, "after the time to return", ann);

        hooks.get(1).tell(new Hooks.Change(settings()));
        assertThat(ann.next())
                .isInstanceOfSatisfying(
                        RoomEvent.Left.class, left -> assertThat(left.how()).isEqualTo(RoomEvent.Departure.PARTED));
    }

    /** The nodes are told of the new settings one after the other. */
    @Test
    void aHookGetsTheNameThatAnotherHadUntilTheLastNodeWasReloaded() {
        TestNode.Client ann = nodes.get(2).client("ann", TEA);
        ann.joins();
        ann.expect(RoomEvent.Joined.class);
        run(nodes.get(0));
        isShownAfterJoin(0, "before", ann);
        run(nodes.get(1), "deploy");
        assertThat(post("deploy", incoming.get(1), TOKEN, "too early", "1")).returns(503, IncomingHooks.Answer::status);

        hooks.get(0).tell(new Hooks.Change(settings()));
        assertThat(ann.expect(RoomEvent.Left.class).nick()).isEqualTo(Nick.of("builder"));
        ann.events.awaitAssert(
                TestNode.SOON,
                () -> assertThat(post("deploy", incoming.get(1), TOKEN, "after", "2"))
                        .returns(200, IncomingHooks.Answer::status));
        ann.hears("after");
    }

    private void isShownAfterJoin(int node, String text, TestNode.Client to) {
        untilAccepted(node, text, text, to);
        to.hears(text);
    }
}
