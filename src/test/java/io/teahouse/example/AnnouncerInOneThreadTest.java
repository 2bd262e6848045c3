package io.teahouse.example;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import io.teahouse.room.Nick;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.ScriptedLog;
import io.teahouse.testkit.TestRoom;
import org.junit.jupiter.api.Test;

/** The same with {@code BehaviorTestKit}: an actor and its room, step by step in the thread of the test. */
class AnnouncerInOneThreadTest {
    private final ScriptedLog log = new ScriptedLog();
    private final TestRoom room = new TestRoom(log);
    private final InboxGuest ann = room.enter("ann");
    private final BehaviorTestKit<Announcer.Command> crier =
            BehaviorTestKit.create(Announcer.create(Nick.of("crier"), room.ref()));
    private final TestInbox<Announcer.Outcome> outcomes = TestInbox.create();

    @Test
    void theApplicationHearsWhatHasBecomeOfAnAnnouncement() {
        crier.run(new Announcer.Announce("hear, hear", outcomes.getRef()));
        room.run();
        log.nextAppend().notStored();
        room.run();

        TestRoom.runAll(crier);

        assertThat(outcomes.receiveMessage()).isInstanceOf(Announcer.NotShown.class);
        assertThat(ann.lines()).containsExactly("+crier");
    }
}
