package io.teahouse.net;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import io.teahouse.client.Outbox;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A writer on a real socket; the test plays the stream. */
class SocketWriterTest {
    private static final int BUFFER = 4096;
    private static final int CAPACITY = 16 << 20;
    private static final long PATIENCE_SECONDS = 30;

    private final EventLoop loop = EventLoop.start("loop", Thread::new);
    private final Outbox outbox = new Outbox(CAPACITY);
    private final List<ByteBuffer> taken = new ArrayList<>();
    private int streamWrites;
    private boolean wasClosed;
    private ServerSocketChannel server;
    private Socket client;
    private SocketChannel socket;

    @BeforeEach
    void connect() throws Exception {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client = new Socket();
        client.setReceiveBufferSize(BUFFER);
        client.connect(server.getLocalAddress());
        client.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        socket = server.accept();
        socket.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER);
        socket.configureBlocking(false);
        onLoop(() -> {
            outbox.attach(new SocketWriter(socket, outbox, () -> loop.execute(this::stream)));
            assertThat(outbox.take(1).isEmpty()).isTrue();
        });
    }

    @AfterEach
    void close() throws Exception {
        loop.shutdown();
        assertThat(loop.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        client.close();
        socket.close();
        server.close();
    }

    private void onLoop(Runnable task) throws Exception {
        CompletableFuture.runAsync(task, loop).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Plays the stream: takes the waiting bytes, writes them when the socket is ready, and takes again. */
    private void stream() {
        try {
            if (taken.isEmpty()) {
                ByteString bytes = outbox.take(BUFFER);
                if (bytes.isEmpty()) {
                    return;
                }
                taken.add(bytes.toByteBuffer());
                streamWrites++;
            }
            socket.write(taken.get(0));
            if (!taken.get(0).hasRemaining()) {
                taken.clear();
            }
            loop.execute(this::stream);
        } catch (IOException e) {
            wasClosed = true;
        }
    }

    private static byte[] pattern(int from, int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) ((from + i) % 251);
        }
        return bytes;
    }

    /** Offers bytes in pieces of many sizes, some at once and some in rounds of their own. */
    private int offer(int most) throws Exception {
        int offered = 0;
        for (int i = 0; offered < most; i++) {
            int from = offered;
            int size = 1 + i * 37 % 9000;
            onLoop(() -> {
                assertThat(outbox.offer(ByteString.fromArray(pattern(from, size))))
                        .isTrue();
                assertThat(outbox.offer(ByteString.fromArray(pattern(from + size, 10))))
                        .isTrue();
            });
            offered += size + 10;
        }
        return offered;
    }

    private static void assertArrives(InputStream in, int bytes) throws IOException {
        assertThat(in.readNBytes(bytes)).isEqualTo(pattern(0, bytes));
    }

    @Test
    void bytesThatTheSocketTakesBypassTheStream() throws Exception {
        for (int i = 0; i < 1000; i++) {
            int from = i * 20;
            onLoop(() -> outbox.offer(ByteString.fromArray(pattern(from, 20))));
            assertThat(client.getInputStream().readNBytes(20)).isEqualTo(pattern(from, 20));
        }
        onLoop(() -> assertThat(streamWrites).isZero());
    }

    @Test
    void everyByteArrivesOnceAndInOrderWhenEachWriteIsPartial() throws Exception {
        int offered = offer(2 << 20);
        assertArrives(client.getInputStream(), offered);
        onLoop(() -> assertThat(streamWrites).isPositive());
    }

    @Test
    void directWritingBeginsAgainWhenTheStreamHasWrittenAll() throws Exception {
        int offered = offer(1 << 20);
        assertArrives(client.getInputStream(), offered);
        onLoop(() -> {}); // until the stream has written its bytes
        while (outbox.size() > 0) {
            onLoop(() -> {});
        }
        onLoop(() -> {});
        int[] before = new int[1];
        onLoop(() -> before[0] = streamWrites);
        onLoop(() -> outbox.offer(ByteString.fromString("again")));
        assertThat(client.getInputStream().readNBytes(5))
                .isEqualTo("again".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        onLoop(() -> assertThat(streamWrites).isEqualTo(before[0]));
    }

    @Test
    void anEventForManyClientsIsWrittenToEach() throws Exception {
        ByteString event = ByteString.fromArray(pattern(0, 500));
        try (Socket other = new Socket()) {
            other.connect(server.getLocalAddress());
            other.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            try (SocketChannel second = server.accept()) {
                second.configureBlocking(false);
                Outbox others = new Outbox(CAPACITY);
                onLoop(() -> {
                    others.attach(new SocketWriter(second, others, () -> {}));
                    others.take(1);
                    outbox.offer(event);
                    others.offer(event);
                });
                onLoop(() -> others.offer(ByteString.fromString("own")));
                onLoop(() -> outbox.offer(event));
                assertThat(other.getInputStream().readNBytes(503))
                        .startsWith(pattern(0, 500))
                        .endsWith('o', 'w', 'n');
                byte[] twice = client.getInputStream().readNBytes(1000);
                assertThat(java.util.Arrays.copyOfRange(twice, 500, 1000)).isEqualTo(pattern(0, 500));
            }
        }
    }

    @Test
    void anErrorIsLeftToTheStream() throws Exception {
        socket.close();
        onLoop(() -> outbox.offer(ByteString.fromString("late")));
        onLoop(() -> {});
        onLoop(() -> assertThat(wasClosed).isTrue());
    }

    @Test
    void theEndIsLeftToTheStream() throws Exception {
        CountDownLatch woken = new CountDownLatch(1);
        onLoop(() -> {
            outbox.attach(new SocketWriter(socket, outbox, woken::countDown));
            outbox.take(1);
            outbox.finish();
        });
        assertThat(woken.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anOfferOfAnotherThreadGoesThroughTheStream() throws Exception {
        outbox.offer(ByteString.fromString("hello"));
        assertThat(client.getInputStream().readNBytes(5)).hasSize(5);
        onLoop(() -> assertThat(streamWrites).isEqualTo(1));
    }
}
