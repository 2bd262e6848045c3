package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** In which order members are told: each runs in the thread that tells him, and notes his name. */
class ToldLastTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();
    private static final Props IN_THE_TELLING_THREAD =
            DispatcherSelector.fromConfig("akka.test.calling-thread-dispatcher");

    private final List<String> told = new ArrayList<>();
    private final Room room = Some.room(TestRoom.TEA);

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
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
                        IN_THE_TELLING_THREAD),
                Delivery.BATCHED);
        room.show(member);
        return member;
    }

    @Test
    void whoeverDidSomethingIsToldAfterAllWhoDidNothing() {
        Member ann = enter("ann");
        enter("bob");
        Member cyd = enter("cyd");
        enter("dan");

        FanOut out = new FanOut(room);
        out.add(ann, Some.said(1, "ann", "hi"));
        out.add(cyd, Some.said(2, "cyd", "hi"));
        out.add(ann, Some.said(3, "ann", "how are you?"));
        out.send();

        assertThat(told).hasSize(4);
        assertThat(told.subList(0, 2)).containsExactlyInAnyOrder("bob", "dan");
    }

    @Test
    void whoSpokeInTheLastRoundIsNoSpeakerInThis() {
        Member ann = enter("ann");
        Member bob = enter("bob");
        FanOut first = new FanOut(room);
        first.add(bob, Some.said(1, "bob", "hi"));
        first.send();
        told.clear();

        FanOut second = new FanOut(room);
        second.add(ann, Some.said(2, "ann", "hi"));
        second.send();

        assertThat(told).containsExactly("bob", "ann");
    }

    @Test
    void aLeaverIsToldBeforeWhoeverSaidSomething() {
        Member ann = enter("ann");
        Member bob = enter("bob");
        enter("cyd");

        FanOut out = new FanOut(room);
        out.add(ann, Some.said(1, "ann", "hi"));
        out.leaves(bob);
        out.send();

        assertThat(told).containsExactly("cyd", "bob", "ann");
    }
}
