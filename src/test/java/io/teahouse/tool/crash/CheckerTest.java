package io.teahouse.tool.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** One made-up run for each way to break a promise. */
class CheckerTest {
    private final Case run = new Case();

    /** Three messages that were sent, acknowledged and stored. */
    private Case three() {
        return run.receipt("ann-1").receipt("bob-2").receipt("ann-3").stored("ann-1", "bob-2", "ann-3");
    }

    @Test
    void aCorrectRunHasNoViolations() {
        three().listener("ann-1", "bob-2", "ann-3").listener("bob-2", "ann-3").listener();
        assertThat(run.violations()).isEmpty();
    }

    @Test
    void aReceiptForAMessageThatIsNotStoredIsFound() {
        run.receipt("ann-1").receipt("bob-2").stored("ann-1");
        assertThat(run.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.promise()).isEqualTo(Promise.RECEIPT_MEANS_STORED);
            assertThat(violation).hasToString("#tea: bob-2 got m2");
        });
    }

    @Test
    void aMessageThatNeverGetsAReceiptIsFound() {
        run.receipts("ann-1").stored("ann-1");
        assertThat(run.broken()).containsExactly(Promise.REPEATS_ARE_ANSWERED);
    }

    @Test
    void anAbandonedMessageMayBeStoredOrNot() {
        run.abandoned("ann-1").abandoned("ann-2").stored("ann-2");
        assertThat(run.violations()).isEmpty();
    }

    @Test
    void anAbandonedMessageThatIsStoredTwiceIsFound() {
        run.abandoned("ann-1").stored("ann-1").stored(Case.shown("ann-1", "ann", "m2", 2));
        assertThat(run.broken()).containsExactly(Promise.STORED_ONCE);
    }

    @Test
    void twoDifferentReceiptsAreFound() {
        run.receipts("ann-1", "m1", "m2").stored("ann-1");
        assertThat(run.broken()).containsExactly(Promise.ONE_RECEIPT);
    }

    @Test
    void aRepeatThatWasStoredAgainIsFound() {
        three().stored(Case.shown("bob-2", "bob", "m4", 4));
        assertThat(run.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.promise()).isEqualTo(Promise.STORED_ONCE);
            assertThat(violation.what()).contains("bob-2", "msgid m4", "msgid m2");
        });
    }

    @Test
    void aMessageStoredTwiceAndShownTwiceInOrderBreaksTwoPromises() {
        ShownMessage again = Case.shown("bob-2", "bob", "m4", 4);
        three().stored(again);
        Transcript cyd = run.transcript("cyd");
        cyd.shown(Case.message("bob-2"));
        cyd.shown(Case.message("ann-3"));
        cyd.shown(again);
        assertThat(run.broken()).containsExactly(Promise.STORED_ONCE, Promise.SHOWN_ONCE);
    }

    @Test
    void theSameEventTwiceInTheHistoryIsFound() {
        three().stored("ann-3");
        assertThat(run.broken()).contains(Promise.STORED_ONCE);
    }

    @Test
    void oneMsgidForTwoMessagesIsFound() {
        run.receipt("ann-1").receipts("ann-2", "m1").stored("ann-1").stored(Case.shown("ann-2", "ann", "m1", 2));
        assertThat(run.broken()).containsExactly(Promise.ONE_MSGID);
    }

    @Test
    void aMessageShownTwiceOnOneConnectionIsFound() {
        three().listener("ann-1", "bob-2", "bob-2", "ann-3");
        assertThat(run.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.promise()).isEqualTo(Promise.SHOWN_ONCE);
            assertThat(violation.what()).contains("bob-2", "to cyd at server 1");
        });
    }

    @Test
    void aMessageMayBeShownOnTwoConnections() {
        three().listener("ann-1", "bob-2").listener("bob-2", "ann-3");
        assertThat(run.violations()).isEmpty();
    }

    @Test
    void eachRepeatMayBeAnswered() {
        three();
        Transcript ann = run.transcript("ann");
        ann.sent("ann-1", true);
        ann.sent("ann-3", false);
        ann.shown(Case.message("bob-2"));
        ann.shown(Case.message("ann-1")); // out of order: the answer to a repeat
        ann.shown(Case.message("ann-3"));
        ann.sent("ann-3", true);
        ann.shown(Case.message("ann-3"));
        assertThat(run.violations()).isEmpty();

        ann.shown(Case.message("ann-3"));
        assertThat(run.broken()).containsExactly(Promise.SHOWN_ONCE);
    }

    @Test
    void aMessageThatWasShownButNotStoredIsFound() {
        run.receipt("ann-1").abandoned("bob-2").stored("ann-1").listener("ann-1", "bob-2");
        assertThat(run.broken()).containsExactly(Promise.SHOWN_MEANS_STORED);
    }

    @Test
    void aMessageThatIsShownDifferentlyThanStoredIsFound() {
        three();
        run.transcript("cyd").shown(Case.shown("bob-2", "bob", "m9", 2));
        run.transcript("cyd").shown(Case.shown("bob-2", "bob", "m2", 9));
        run.transcript("cyd").shown(Case.shown("bob-2", "ann", "m2", 2));
        ShownMessage whole = Case.message("bob-2");
        run.transcript("cyd")
                .shown(new ShownMessage(whole.room(), whole.id(), whole.by(), whole.msgid(), whole.at(), false));
        assertThat(run.broken()).hasSize(4).containsOnly(Promise.SAME_FOR_ALL);
    }

    @Test
    void withoutIdsTheOtherPromisesAreStillChecked() {
        three();
        Transcript terminal = run.transcript("terminal");
        terminal.shown(new ShownMessage(Case.ROOM, "ann-1", "ann", "", Instant.EPOCH, true));
        terminal.shown(new ShownMessage(Case.ROOM, "bob-2", "bob", "", Instant.EPOCH, true));
        assertThat(run.violations()).isEmpty();

        terminal.shown(new ShownMessage(Case.ROOM, "bob-2", "bob", "", Instant.EPOCH, true));
        assertThat(run.broken()).containsExactly(Promise.SHOWN_ONCE);
    }

    @Test
    void withoutIdsDuplicatesInTheHistoryAreAmbiguous() {
        three().stored(Case.shown("bob-2", "bob", "m4", 4));
        Transcript terminal = run.transcript("terminal");
        terminal.shown(new ShownMessage(Case.ROOM, "ann-3", "ann", "", Instant.EPOCH, true));
        terminal.shown(new ShownMessage(Case.ROOM, "bob-2", "bob", "", Instant.EPOCH, true));
        assertThat(run.broken()).containsExactly(Promise.STORED_ONCE);
    }

    @Test
    void aTruncatedTextIsFound() {
        ShownMessage whole = Case.message("ann-1");
        run.receipt("ann-1")
                .stored(new ShownMessage(whole.room(), whole.id(), whole.by(), whole.msgid(), whole.at(), false));
        assertThat(run.broken()).containsExactly(Promise.SAME_FOR_ALL);
    }

    @Test
    void anOrderThatDiffersFromTheHistoryIsFound() {
        three().listener("bob-2", "ann-1", "ann-3");
        assertThat(run.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.promise()).isEqualTo(Promise.SAME_ORDER);
            assertThat(violation.what()).contains("ann-1", "to cyd", "after bob-2");
        });
    }

    @Test
    void aSkippedMessageIsFound() {
        three().listener("ann-1", "ann-3");
        assertThat(run.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.promise()).isEqualTo(Promise.NOTHING_SKIPPED);
            assertThat(violation.what()).contains("bob-2", "to cyd");
        });
    }

    @Test
    void messagesOfOneSenderInAnotherOrderAreFound() {
        run.receipts("ann-2", "m2").receipts("ann-1", "m1").stored("ann-1", "ann-2");
        assertThat(run.broken()).containsExactly(Promise.IN_TURN);
    }

    @Test
    void aMessageThatWasRefusedAtFirstMayComeLate() {
        run.late("ann-2").receipt("ann-1").stored("ann-1", "ann-2");
        assertThat(run.violations()).isEmpty();
    }

    @Test
    void timesThatDecreaseAreFound() {
        run.receipt("ann-1").receipts("bob-2", "m2").stored("ann-1").stored(Case.shown("bob-2", "bob", "m2", 0));
        assertThat(run.broken()).containsExactly(Promise.TIME_GOES_ON);
    }

    @Test
    void aMessageThatNobodySentIsFound() {
        three().stored("eve-4");
        assertThat(run.broken()).containsExactly(Promise.NOTHING_INVENTED);
    }

    @Test
    void aMessageInAnotherRoomIsFound() {
        ShownMessage there = Case.message("ann-1");
        run.receipt("ann-1").stored(new ShownMessage("den", there.id(), there.by(), there.msgid(), there.at(), true));
        assertThat(run.broken()).containsExactly(Promise.NOTHING_INVENTED);
    }
}
