package io.teahouse.net;

import akka.NotUsed;
import akka.actor.Cancellable;
import akka.actor.typed.ActorRef;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.SubscriptionWithCancelException;
import akka.stream.javadsl.Flow;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.InHandler;
import akka.stream.stage.OutHandler;
import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import io.teahouse.client.Outbox;
import io.teahouse.client.ReadWindow;
import io.teahouse.room.support.Rounds;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import scala.concurrent.duration.FiniteDuration;

/**
 * The stream between a transport and a client: passes incoming lines to the client's actor, and pushes all bytes in the
 * outbox as one write. Stops reading while too much input waits for the client.
 *
 * <p>When the outbox is closed, the rest is written and the connection is closed in good order. If the peer does not
 * read the rest or does not close its side, the connection is aborted after a while. The client is always notified of
 * the end.
 */
final class ConnectionStage extends GraphStage<FlowShape<ByteString, ByteString>> {
    /**
     * How long the peer of a connection that was closed in good order may take to read the next piece, and finally to
     * close.
     */
    private static final FiniteDuration LINGER = FiniteDuration.create(5, TimeUnit.SECONDS);

    /** The same when the server shuts down; and in all when the client was disconnected. */
    private static final FiniteDuration LINGER_SHORT = FiniteDuration.create(1, TimeUnit.SECONDS);

    /** The approximate size of one write; more would only move the queue elsewhere. */
    private static final int WRITE = 128 * 1024;

    /** The approximate size of one write while lingering: a slow line can take it within the time limit. */
    private static final int LAST_WRITE = 16 * 1024;

    private static final Cancellable NO_TIMER = Cancellable.alreadyCancelled();

    private enum Wake {
        OUTBOX,
        READ_WINDOW,
        TIME_IS_UP
    }

    /**
     * The parts of one connection's stage.
     *
     * @param lines cuts the output into one element per line; empty: an element is all waiting bytes
     * @param socket written directly while it takes everything; null: all is written through the stream
     */
    record Parts(
            ActorRef<ClientActor.Command> client,
            Outbox outbox,
            ReadWindow readWindow,
            Framer framer,
            Optional<OutputLines> lines,
            @Nullable SocketChannel socket)
            implements Attributes.Attribute {
        Parts with(SocketChannel direct) {
            return new Parts(client, outbox, readWindow, framer, lines, direct);
        }
    }

    private static final Flow<ByteString, ByteString, NotUsed> SHARED = Flow.fromGraph(new ConnectionStage());

    private final Inlet<ByteString> in = Inlet.create("connection.in");
    private final Outlet<ByteString> out = Outlet.create("connection.out");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);

    private ConnectionStage() {}

    /** The stage of one connection; one stage object serves all, which saves half a KB each. */
    static Flow<ByteString, ByteString, NotUsed> flow(Parts parts) {
        return SHARED.addAttributes(Attributes.none().and(parts));
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        Parts parts = attributes.getAttribute(Parts.class).orElseThrow(() -> new IllegalStateException("use flow()"));
        if (parts.outbox.isAttached()) {
            throw new IllegalStateException("the stream of a connection runs once");
        }
        return new Logic(parts);
    }

    private final class Logic extends GraphStageLogic
            implements InHandler, OutHandler, Outbox.Stage, ReadWindow.Reader {
        private final Parts parts;
        private final AsyncCallback<Wake> callback = createAsyncCallback(this::onWake);
        private boolean mayRead = true;

        /** Unless this is {@code OPEN}, input is read only to notice the peer's close, and is dropped. */
        private Outbox.End ending = Outbox.End.OPEN;

        private Cancellable timer = NO_TIMER;
        private String why = "closed by the peer";

        Logic(Parts parts) {
            super(shape);
            this.parts = parts;
            setHandlers(in, out, this);
        }

        @Override
        public void preStart() {
            SocketChannel socket = parts.socket;
            parts.outbox.attach(
                    socket != null && Thread.currentThread() instanceof Rounds
                            ? new SocketWriter(socket, parts.outbox, this)
                            : this);
            parts.readWindow.attach(this);
            pull(in);
            lingerIfClosed();
        }

        // From the peer

        @Override
        public void onPush() {
            ByteString bytes = grab(in);
            if (!isLingering() && bytes.nonEmpty()) {
                parts.framer.feed(bytes, this::tell);
                parts.readWindow.begun(parts.framer.begun());
            }
            if (mayRead || isLingering()) {
                pull(in);
            }
        }

        private void tell(ClientActor.Command command) {
            if (command.weight() > 0) {
                mayRead &= parts.readWindow.handed(command.weight());
            }
            parts.client.tell(command);
        }

        @Override
        public void onUpstreamFinish() {
            parts.framer.end(this::tell);
            parts.client.tell(new ClientActor.InputEnded());
            if (isClosed(out)) {
                completeStage();
            }
        }

        @Override
        public void onUpstreamFailure(Throwable cause) {
            end(cause);
        }

        // To the peer

        @Override
        public void onPull() {
            flush();
        }

        @Override
        public void onDownstreamFinish(Throwable cause) {
            end(cause);
        }

        @Override
        public void wake() {
            callback.invoke(Wake.OUTBOX);
        }

        @Override
        public void resume() {
            callback.invoke(Wake.READ_WINDOW);
        }

        private void onWake(Wake what) {
            switch (what) {
                case OUTBOX -> {
                    if (parts.outbox.end() == Outbox.End.ABORTED && !isAvailable(out)) {
                        fail("the send queues of all clients are full, and it does not read");
                    } else {
                        flush();
                        lingerIfClosed();
                    }
                }
                case READ_WINDOW -> {
                    mayRead = true;
                    pullIfPossible();
                }
                case TIME_IS_UP -> fail("the peer did not close in time");
            }
        }

        private void fail(String cause) {
            why = cause;
            failStage(new IllegalStateException(why)); // which resets the connection
        }

        private void flush() {
            if (!isAvailable(out)) {
                return;
            }
            ByteString bytes = parts.lines.isPresent() ? nextLine(parts.lines.get()) : nextWrite();
            if (bytes.nonEmpty()) {
                push(out, bytes);
                giveMoreTime();
            } else if (parts.outbox.end() != Outbox.End.OPEN) {
                giveMoreTime();
                complete(out);
                if (isClosed(in)) {
                    completeStage();
                }
            }
        }

        private ByteString nextWrite() {
            return parts.outbox.take(isLingering() ? LAST_WRITE : WRITE);
        }

        /**
         * Empty when nothing waits. Lines count as waiting until the last one that was taken with them is
         * written.
         */
        private ByteString nextLine(OutputLines lines) {
            ByteString line = lines.next();
            while (line.isEmpty()) {
                ByteString taken = nextWrite();
                if (taken.isEmpty()) {
                    return taken;
                }
                lines.add(taken);
                line = lines.next();
            }
            return line;
        }

        /** Limits the time for which a peer that does not read keeps its connection. */
        private void lingerIfClosed() {
            Outbox.End how = parts.outbox.end();
            if (how != ending) {
                ending = how;
                startTimer();
                pullIfPossible();
            }
        }

        private boolean isLingering() {
            return ending != Outbox.End.OPEN;
        }

        /** A peer that has read a piece may take as long for the next one, unless it was disconnected. */
        private void giveMoreTime() {
            if (isLingering() && ending != Outbox.End.CUT_OFF) {
                startTimer();
            }
        }

        private void startTimer() {
            timer.cancel();
            timer = materializer()
                    .scheduleOnce(
                            ending == Outbox.End.FINISHED ? LINGER : LINGER_SHORT,
                            () -> callback.invoke(Wake.TIME_IS_UP));
        }

        private void pullIfPossible() {
            if (!isClosed(in) && !hasBeenPulled(in)) {
                pull(in);
            }
        }

        private void end(Throwable cause) {
            String message = cause.getMessage();
            if (!(cause instanceof SubscriptionWithCancelException.NonFailureCancellation)) {
                why = message == null ? cause.getClass().getSimpleName() : message;
            }
            completeStage();
        }

        @Override
        public void postStop() {
            timer.cancel();
            parts.outbox.discard();
            parts.client.tell(new ClientActor.Disconnected(why));
        }
    }
}
