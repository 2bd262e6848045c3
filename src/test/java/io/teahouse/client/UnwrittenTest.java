package io.teahouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import org.junit.jupiter.api.Test;

class UnwrittenTest {
    private final Unwritten unwritten = new Unwritten();

    private static Outbox.Progress written(long offered, long taken) {
        return new Outbox.Progress(offered, taken);
    }

    @Test
    void ifEverythingIsWrittenTheLastShownEventIsTheLastTaken() {
        unwritten.shown(0, written(100, 100));
        unwritten.shown(1, written(200, 150));
        assertThat(unwritten.lastTaken(2, written(200, 200))).isEqualTo(2);
    }

    @Test
    void theFirstWaitingBatchAndLaterOnesAreMissed() {
        unwritten.shown(0, written(100, 0));
        unwritten.shown(1, written(200, 100));
        unwritten.shown(4, written(300, 100));
        assertThat(unwritten.lastTaken(5, written(350, 100))).isEqualTo(1);
        assertThat(unwritten.lastTaken(5, written(350, 200))).isEqualTo(4);
    }

    @Test
    void aPartlyWrittenBatchIsMissed() {
        unwritten.shown(6, written(100, 0));
        assertThat(unwritten.lastTaken(7, written(100, 99))).isEqualTo(6);
    }

    @Test
    void droppedBatchesAreMissed() {
        Outbox outbox = new Outbox(100);
        outbox.offer(ByteString.fromString("taken"));
        outbox.take(100);
        outbox.offer(ByteString.fromString("thrown away"));
        outbox.giveUp(ByteString.fromString("bye"));
        outbox.take(100);
        assertThat(outbox.progress()).isEqualTo(written(16, 5));
    }

    @Test
    void batchesAfterTheEndOfTheConnectionAreMissed() {
        Outbox outbox = new Outbox(100);
        outbox.offer(ByteString.fromString("taken"));
        outbox.take(100);
        outbox.discard();
        outbox.offer(ByteString.fromString("too late"));
        assertThat(outbox.progress()).isEqualTo(written(13, 5));
    }
}
