package io.teahouse.net;

import akka.Done;
import akka.NotUsed;
import akka.actor.Cancellable;
import akka.stream.Attributes;
import akka.stream.BidiShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.InHandler;
import akka.stream.stage.OutHandler;
import akka.util.ByteString;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import scala.concurrent.duration.FiniteDuration;

/**
 * TLS between a socket and a {@link ConnectionStage}. As without TLS, the client gets all input that was
 * received before the end of the connection, however the connection ended. The costly steps of the handshake run
 * on their own threads.
 */
final class TlsStage extends GraphStage<BidiShape<ByteString, ByteString, ByteString, ByteString>> {
    /** The time for a peer to read the next piece of the rest, and finally to close. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    /**
     * The handshake settings that the connections of a listener share.
     *
     * @param timeout of a handshake
     * @param tasks runs the computations of handshakes
     */
    record Handshakes(Duration timeout, Executor tasks) {}

    /** The handshake failed; the message is one line for the log. */
    static final class HandshakeFailed extends IOException {
        private static final long serialVersionUID = 1;

        HandshakeFailed(String why) {
            super("TLS handshake failed: " + why);
        }
    }

    private final Inlet<ByteString> toEncrypt = Inlet.create("tls.toEncrypt");
    private final Outlet<ByteString> toSend = Outlet.create("tls.toSend");
    private final Inlet<ByteString> received = Inlet.create("tls.received");
    private final Outlet<ByteString> decrypted = Outlet.create("tls.decrypted");
    private final BidiShape<ByteString, ByteString, ByteString, ByteString> shape =
            new BidiShape<>(toEncrypt, toSend, received, decrypted);

    private final SSLEngine engine;
    private final Handshakes handshakes;
    private final Consumer<HandshakeFailed> failed;
    private final IntConsumer held;

    private TlsStage(SSLEngine engine, Handshakes handshakes, Consumer<HandshakeFailed> failed, IntConsumer held) {
        this.engine = engine;
        this.handshakes = handshakes;
        this.failed = failed;
        this.held = held;
    }

    /**
     * A socket over TLS.
     *
     * @param failed called on any thread when the handshake has failed
     * @param held gets the number of received bytes that are held
     */
    static Flow<ByteString, ByteString, NotUsed> over(
            Flow<ByteString, ByteString, NotUsed> socket,
            SSLEngine engine,
            Handshakes handshakes,
            Consumer<HandshakeFailed> failed,
            IntConsumer held) {
        return below(engine, handshakes, failed, held).join(socket);
    }

    /** TLS below a connection, and above a socket that is not there yet; see {@link #over}. */
    static BidiFlow<ByteString, ByteString, ByteString, ByteString, NotUsed> below(
            SSLEngine engine, Handshakes handshakes, Consumer<HandshakeFailed> failed, IntConsumer held) {
        return BidiFlow.fromGraph(new TlsStage(engine, handshakes, failed, held));
    }

    @Override
    public BidiShape<ByteString, ByteString, ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) throws SSLException {
        return new Logic(new TlsSession(engine));
    }

    private final class Logic extends GraphStageLogic {
        private final TlsSession session;
        private final AsyncCallback<Done> computed = createAsyncCallback(done -> {
            computing = false;
            proceed();
        });
        private final AsyncCallback<Done> timeoutCallback = createAsyncCallback(done -> onTimeout());
        private Cancellable timer = Cancellable.alreadyCancelled();

        /** Whether a task of the handshake is running on another thread; then the session must not be touched. */
        private boolean computing;

        /** Whether the bytes to send may wait until the client writes. */
        private boolean mayWait;

        /** Decrypted bytes that wait for demand. */
        private ByteString plain = ByteString.emptyByteString();

        private boolean peerEnded;

        /** Whether downstream has cancelled; it has waited for the peer itself. */
        private boolean cancelled;

        private boolean lingering;

        /** The failure of the socket; passed on after the earlier input. */
        private @Nullable Throwable reset;

        /** The failure of the session. */
        private @Nullable Throwable failure;

        Logic(TlsSession session) {
            super(shape);
            this.session = session;
            setHandler(received, new FromPeer());
            setHandler(decrypted, new ToConnection());
            setHandler(toEncrypt, new FromConnection());
            setHandler(toSend, new ToPeer());
        }

        @Override
        public void preStart() {
            startTimer(handshakes.timeout);
            pull(received);
        }

        private void startTimer(Duration delay) {
            timer.cancel();
            timer = materializer()
                    .scheduleOnce(
                            FiniteDuration.create(delay.toMillis(), TimeUnit.MILLISECONDS),
                            () -> timeoutCallback.invoke(Done.done()));
        }

        @Override
        public void postStop() {
            timer.cancel();
            held.accept(0);
        }

        private void onTimeout() {
            if (lingering) {
                completeStage();
            } else if (!session.isEstablished() && failure == null) {
                fail(new SSLException("the handshake took too long"));
                proceed();
            }
        }

        // One step: the session advances, bytes move, ends are passed on

        private void proceed() {
            if (computing) {
                return;
            }
            advance();
            pushToConnection();
            pushToPeer();
            propagateEnds();
            askForMore();
            held.accept(session.held() + plain.size());
        }

        private void advance() {
            if (failure != null) {
                return;
            }
            try {
                boolean before = session.isEstablished();
                boolean wanted = plain.isEmpty() && (isClosed(decrypted) || isAvailable(decrypted));
                Optional<Runnable> task = session.advance(wanted);
                task.ifPresent(this::compute);
                if (session.isEstablished() && !before) {
                    timer.cancel();
                    mayWait = session.hasTicketsOnly();
                }
                if (isClosed(toEncrypt) && !computing) {
                    session.close();
                }
            } catch (SSLException e) {
                fail(e);
            }
        }

        private void compute(Runnable task) {
            computing = true;
            handshakes.tasks.execute(() -> {
                try {
                    task.run();
                } finally {
                    computed.invoke(Done.done());
                }
            });
        }

        private void fail(Exception why) {
            String message = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
            if (session.isEstablished()) {
                failure = new IOException("TLS failed: " + message);
            } else {
                HandshakeFailed cause = new HandshakeFailed(message);
                failure = cause;
                failed.accept(cause);
            }
            if (!computing) {
                session.abandon();
            }
        }

        private void pushToConnection() {
            plain = plain.concat(session.takePlain());
            if (isClosed(decrypted)) {
                plain = ByteString.emptyByteString();
            } else if (plain.nonEmpty() && isAvailable(decrypted)) {
                push(decrypted, plain);
                plain = ByteString.emptyByteString();
            }
        }

        private void pushToPeer() {
            if (isClosed(toSend)) {
                session.takeEncrypted(); // the peer reads no more
            } else if (isAvailable(toSend) && isToBeSent()) {
                push(toSend, session.takeEncrypted());
            }
        }

        private boolean isToBeSent() {
            return session.hasEncrypted() && (!mayWait || isOutputOver());
        }

        private void propagateEnds() {
            if (plain.isEmpty() && isInputOver() && !isClosed(decrypted)) {
                endInput();
            }
            if (isOutputOver() && !session.hasEncrypted() && !isClosed(toSend)) {
                complete(toSend);
            }
            if (isClosed(decrypted) && (failure != null || isClosed(toEncrypt))) {
                end();
            } else if (isClosed(decrypted) && isClosed(toSend)) {
                cancel(toEncrypt);
            }
        }

        /** Waits for the peer: closing before it has read the rest would reset the connection and lose the rest. */
        private void end() {
            if (isClosed(toSend) && (peerEnded || cancelled)) {
                completeStage();
            } else if (!lingering) {
                lingering = true;
                startTimer(LINGER);
            }
        }

        /** Whether everything that can be decrypted has been. */
        private boolean isInputOver() {
            return failure != null || session.isInputClosed() || (peerEnded && session.isStarved() && !computing);
        }

        private boolean isOutputOver() {
            return failure != null || (isClosed(toEncrypt) && !computing);
        }

        private void endInput() {
            if (failure == null && !session.isEstablished()) {
                fail(new SSLException("the client closed the connection"));
            }
            Throwable why = failure == null ? reset : failure;
            if (why == null) {
                complete(decrypted);
            } else {
                fail(decrypted, why);
            }
        }

        private void askForMore() {
            boolean wanted = failure != null
                    || session.isInputClosed()
                    || (!computing && session.isStarved() && (!session.isEstablished() || plain.isEmpty()));
            if (wanted && !isClosed(received) && !hasBeenPulled(received)) {
                pull(received);
            }
            boolean writable = isClosed(toSend) || (isAvailable(toSend) && !isToBeSent());
            if (writable && session.isEstablished() && !isClosed(toEncrypt) && !hasBeenPulled(toEncrypt)) {
                pull(toEncrypt);
            }
        }

        private final class FromPeer implements InHandler {
            @Override
            public void onPush() {
                ByteString bytes = grab(received);
                if (failure == null && !session.isInputClosed()) {
                    session.received(bytes);
                }
                proceed();
            }

            @Override
            public void onUpstreamFinish() {
                peerEnded = true;
                proceed();
            }

            /** A failure is signalled at once, even before the received input has been read. */
            @Override
            public void onUpstreamFailure(Throwable cause) {
                peerEnded = true;
                reset = cause;
                proceed();
            }
        }

        private final class ToConnection implements OutHandler {
            @Override
            public void onPull() {
                proceed();
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
                cancelled = true;
                proceed(); // further input is dropped
            }
        }

        private final class FromConnection implements InHandler {
            @Override
            public void onPush() {
                ByteString bytes = grab(toEncrypt);
                mayWait = false;
                try {
                    if (failure == null && !isClosed(toSend)) {
                        session.write(bytes);
                    }
                } catch (SSLException e) {
                    fail(e);
                }
                proceed();
            }

            @Override
            public void onUpstreamFinish() {
                proceed();
            }

            /** The connection is aborted, and so is the socket. */
            @Override
            public void onUpstreamFailure(Throwable cause) {
                failStage(cause);
            }
        }

        private final class ToPeer implements OutHandler {
            @Override
            public void onPull() {
                if (lingering) {
                    startTimer(LINGER);
                }
                proceed();
            }

            /** Nothing can be sent any more; received input is still processed. */
            @Override
            public void onDownstreamFinish(Throwable cause) {
                proceed();
            }
        }
    }
}
