package io.teahouse.room;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.testkit.ProbeGuest;
import io.teahouse.testkit.RunningRoom;
import io.teahouse.testkit.ScriptedLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An open room stops on command, whatever it waits for; for a room that is not open yet, see RoomOpeningTest. */
class RoomStopTest {
    private static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());

    private final RunningRoom room = new RunningRoom(AKKA).start();
    private final ScriptedLog log = room.log();
    private ProbeGuest ann;

    @BeforeEach
    void enter() {
        ann = room.enter("ann");
    }

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private void stops() {
        room.ask(new RoomActor.Stop());
        room.ends();
    }

    @Test
    void withMembersInIt() {
        stops();
    }

    @Test
    void withAnAppendUnderWay() {
        room.ask(ann.say("hi"), ann.say("again"));
        log.nextAppend();
        stops();
    }

    @Test
    void whileTheOutcomeOfAnAppendIsUnknown() {
        room.ask(ann.say("hi"));
        log.nextAppend();
        room.pass(RunningRoom.APPEND_TIMEOUT);
        ann.replies().expectMessageClass(RoomReply.InDoubt.class);
        stops();
    }

    @Test
    void whileTheLogIsAway() {
        room.ask(ann.say("hi"));
        log.nextAppend();
        room.pass(RunningRoom.APPEND_TIMEOUT);
        room.pass(RunningRoom.APPEND_TIMEOUT);
        ann.replies().expectMessageClass(RoomReply.InDoubt.class);
        room.ask(ann.say("again"));
        ann.wasRefused(Reason.STORE_AWAY);
        stops();
    }

    @Test
    void whileAMemberCatchesUp() {
        log.storesAtOnce(true);
        room.ask(ann.say("hi"));
        ann.hears("1 ann: hi");
        log.readsAtOnce(false);
        room.ask(room.guest("bob").resume(0));
        log.nextRead();
        stops();
    }
}
