package io.teahouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.NickRules;
import io.teahouse.user.Notification;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PeopleTest {
    private static final int ROUNDS = 20_000;
    private final People people = new People(new NickRules(32, CaseMapping.ASCII));
    private final TestInbox<Object> told = TestInbox.create();

    private Presence presence(String name) {
        return new Presence(told.getRef(), false, Nick.of(name), Profile.APPLICATION.withAccount(name));
    }

    @Test
    void whoComesBackWhenTheAbsentOneHasJustLeftIsSeenToComeAndCounts() {
        Presence absent = presence("ann");
        absent.absent();
        people.enter(absent);
        people.leave(absent);
        people.enter(presence("bob"));
        people.watch(presence("dan"), "ann");
        Presence again = presence("ann");
        people.enterInstead(absent, again);
        assertThat(people.find("ann")).containsSame(again);
        assertThat(told.receiveMessage())
                .isEqualTo(new ClientActor.Told(new Notification.Online(again.nick(), again.profile())));
        assertThat(people.most()).isEqualTo(2);
    }

    @Test
    void whoTakesThePlaceOfTheAbsentOneIsNotSeenToCome() {
        Presence absent = presence("ann");
        absent.absent();
        people.enter(absent);
        people.watch(presence("dan"), "ann");
        people.enterInstead(absent, presence("ann"));
        assertThat(told.hasMessages()).isFalse();
    }

    @Test
    void nobodyIsForgottenWhoBeginsToWatchWhenTheLastOneEnds() {
        TestInbox<Object> others = TestInbox.create();
        Presence ann = new Presence(others.getRef(), false, Nick.of("ann"), Profile.APPLICATION);
        Presence bob = presence("bob");
        Presence dan = presence("dan");
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> comesAndGoes = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                people.watch(ann, "dan");
                people.unwatch(ann, "dan");
            }
        });
        try {
            for (int i = 0; i < ROUNDS; i++) {
                people.watch(bob, "dan");
                people.enter(dan);
                people.unwatch(bob, "dan");
                people.leave(dan);
                assertThat(told.getAllReceived())
                        .as("what bob is told in round %d", i)
                        .hasSize(1);
            }
        } finally {
            done.set(true);
            comesAndGoes.join();
        }
    }
}
