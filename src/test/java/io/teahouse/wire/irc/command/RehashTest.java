package io.teahouse.wire.irc.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.client.ScriptedSession;
import io.teahouse.wire.irc.IrcServer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The settings are read again from several threads at once: by SIGHUP and by operators. */
class RehashTest {
    /** A source whose network name counts the reads; the first read blocks until it is released. */
    private static final class Slow implements IrcServer.Source {
        private final AtomicInteger reads = new AtomicInteger();
        private final CountDownLatch started = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public IrcServer.Reread read() {
            int number = reads.incrementAndGet();
            if (number == 1) {
                started.countDown();
                await(released);
            }
            return new IrcServer.Reread(CommandTest.settings("Net" + number), "");
        }

        @Override
        public String name() {
            return "test.conf";
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theLastSettingsReadAreInEffect() throws InterruptedException {
        Slow source = new Slow();
        IrcServer server = CommandTest.server(new ScriptedSession().users(), source);
        Thread first = new Thread(server::rehash);
        first.start();
        await(source.started);
        Thread second = new Thread(server::rehash);
        second.start();
        while (second.getState() != Thread.State.BLOCKED && second.isAlive()) {
            Thread.onSpinWait();
        }
        source.released.countDown();
        first.join();
        second.join();
        assertThat(server.settings().identity().network()).isEqualTo("Net2");
    }
}
