package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestRoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The order of deliveries: each subscriber runs in the thread of the sender, and records its name. */
class DeliveryOrderTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();
    private static final Props IN_THE_TELLING_THREAD =
            DispatcherSelector.fromConfig("akka.test.calling-thread-dispatcher");

    private final List<String> told = new ArrayList<>();
    private final Room room = Some.room(TestRoom.TEA);
    private final Subscribers subscribers = new Subscribers();

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private static ActorRef<RoomEvent> ref(Member member) {
        return member.subscribers().get(0);
    }

    private Member enter(String name) {
        Member member = Some.register(
                room,
                name,
                AKKA.spawn(
                        Behaviors.receiveMessage((RoomEvent event) -> {
                            told.add(name);
                            return Behaviors.same();
                        }),
                        IN_THE_TELLING_THREAD));
        room.show(member);
        subscribers.add(ref(member), member.id(), Delivery.BATCHED);
        return member;
    }

    @Test
    void subscribersWhoCausedAnEventReceiveItLast() {
        Member ann = enter("ann");
        enter("bob");
        Member cyd = enter("cyd");
        enter("dan");

        Publication.Builder out = new Publication.Builder(room, 1, 1);
        out.add(ref(ann), Some.said(1, "ann", "hi"));
        out.add(ref(cyd), Some.said(2, "cyd", "hi"));
        out.add(ref(ann), Some.said(3, "ann", "how are you?"));
        subscribers.tell(out.build());

        assertThat(told).hasSize(4);
        assertThat(told.subList(0, 2)).containsExactlyInAnyOrder("bob", "dan");
    }

    @Test
    void causesOfTheLastRoundDoNotCount() {
        Member ann = enter("ann");
        Member bob = enter("bob");
        Publication.Builder first = new Publication.Builder(room, 1, 1);
        first.add(ref(bob), Some.said(1, "bob", "hi"));
        subscribers.tell(first.build());
        told.clear();

        Publication.Builder second = new Publication.Builder(room, 1, 1);
        second.add(ref(ann), Some.said(2, "ann", "hi"));
        subscribers.tell(second.build());

        assertThat(told).containsExactly("bob", "ann");
    }

    @Test
    void aLeavingSubscriberReceivesEventsBeforeTheirAuthor() {
        Member ann = enter("ann");
        Member bob = enter("bob");
        enter("cyd");

        Publication.Builder out = new Publication.Builder(room, 1, 1);
        out.add(ref(ann), Some.said(1, "ann", "hi"));
        out.leaves(bob);
        subscribers.depart(ref(bob));
        subscribers.tell(out.build());

        assertThat(told).containsExactly("cyd", "bob", "ann");
    }

    private <T> ActorRef<T> noting(String name) {
        return AKKA.spawn(
                Behaviors.receiveMessage((T message) -> {
                    told.add(name + " " + message.getClass().getSimpleName());
                    return Behaviors.same();
                }),
                IN_THE_TELLING_THREAD);
    }

    private RoomActor.Join join(String name) {
        UserId id = UserId.ofAccount(name);
        return new RoomActor.Join(
                new RoomActor.Identity(
                        id,
                        Nick.of(name),
                        Profile.APPLICATION.withAccount(name),
                        false,
                        noting("owner"),
                        Optional.of(noting("user " + name))),
                "",
                noting(name),
                Delivery.EACH,
                Optional.empty(),
                0,
                noting("replies"));
    }

    @Test
    void aChangeIsAnsweredAfterItsPublication() {
        TestRoom tea = new TestRoom();
        ActorRef<RoomReply> replies = noting("replies");
        UserId ann = UserId.ofAccount("ann");
        tea.ask(join("ann"), join("bob"));
        told.clear();

        tea.ask(
                new RoomActor.Rename(ann, Nick.of("anna"), 0, 1, replies),
                new RoomActor.ChangeProfile(ann, Profile.APPLICATION.withAway("out"), 0, 2, replies),
                new RoomActor.TellMetadata(ann, Map.of("url", "x"), 0, 3, replies));

        assertThat(told.subList(0, 6)).doesNotContain("replies Done");
        assertThat(told.subList(6, told.size())).containsExactly("replies Done", "replies Done", "replies Done");
    }

    @Test
    void aUserReceivesTheirStandingBeforeAnySubscriber() {
        TestRoom tea = new TestRoom();
        tea.ask(join("ann"));
        told.clear();

        tea.ask(join("bob"));
        tea.ask(new RoomActor.Leave(UserId.ofAccount("bob"), RoomEvent.Departure.PARTED, "", 0));

        assertThat(told)
                .containsExactly(
                        "user bob Placed",
                        "bob Welcome",
                        "ann Joined",
                        "bob Joined",
                        "user bob Removed",
                        "ann Left",
                        "bob Left");
    }
}
