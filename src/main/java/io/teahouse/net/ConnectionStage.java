package io.teahouse.net;

import akka.NotUsed;
import akka.actor.Cancellable;
import akka.actor.typed.ActorRef;
import akka.stream.ActorAttributes;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.SubscriptionWithCancelException;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.RunnableGraph;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.InHandler;
import akka.stream.stage.OutHandler;
import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import io.teahouse.client.Outbox;
import io.teahouse.client.ReadWindow;
import java.util.concurrent.TimeUnit;
import scala.concurrent.duration.FiniteDuration;

/**
 * What runs between a socket and its client: frames come in and are told to the client's actor, all that waits in the
 * outbox goes out as one write. It reads no further while the client has too much to deal with.
 *
 * <p>When the outbox is closed, the rest is written and the connection is closed in good order; a peer who does not
 * read the rest, or does not close its side, is cut off after a while. The client is told of the end in any case.
 */
final class ConnectionStage extends GraphStage<FlowShape<ByteString, ByteString>> {
    /** How long a connection that was closed in good order may take for the next piece, and at last to end. */
    private static final FiniteDuration LINGER = FiniteDuration.create(5, TimeUnit.SECONDS);

    /** The same for one that is closed because the server ends; and all that one has that is cut off. */
    private static final FiniteDuration LINGER_SHORT = FiniteDuration.create(1, TimeUnit.SECONDS);

    /** About how much is one write: more would only wait in more places. */
    private static final int WRITE = 128 * 1024;

    /** About how much is a piece of what is written at last: a slow line is to manage one in the time that it has. */
    private static final int LAST_WRITE = 16 * 1024;

    private static final Cancellable NO_TIMER = Cancellable.alreadyCancelled();

    private enum Wake {
        OUTBOX,
        INTAKE,
        TIME_IS_UP
    }

    /** What the stage of one connection works with. */
    private record Parts(ActorRef<ClientActor.Command> client, Outbox outbox, ReadWindow intake, Framer framer)
            implements Attributes.Attribute {}

    private static final Flow<ByteString, ByteString, NotUsed> SHARED = Flow.fromGraph(new ConnectionStage());

    private final Inlet<ByteString> in = Inlet.create("connection.in");
    private final Outlet<ByteString> out = Outlet.create("connection.out");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);

    private ConnectionStage() {}

    /** Runs between {@code socket} and a client; one stage object serves all connections, which saves half a KB each. */
    static RunnableGraph<NotUsed> between(
            Flow<ByteString, ByteString, NotUsed> socket,
            ActorRef<ClientActor.Command> client,
            Outbox outbox,
            ReadWindow intake,
            Framer framer,
            String dispatcher) {
        return socket.join(SHARED)
                .addAttributes(ActorAttributes.dispatcher(dispatcher).and(new Parts(client, outbox, intake, framer)));
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic(
                attributes.getAttribute(Parts.class).orElseThrow(() -> new IllegalStateException("use between()")));
    }

    private final class Logic extends GraphStageLogic implements InHandler, OutHandler {
        private final Parts parts;
        private final AsyncCallback<Wake> wake = createAsyncCallback(this::onWake);
        private boolean mayRead = true;

        /** Unless it is open, what comes is read, so that the peer's close is seen, and dropped. */
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
            parts.outbox.attach(() -> wake.invoke(Wake.OUTBOX));
            parts.intake.attach(() -> wake.invoke(Wake.INTAKE));
            pull(in);
            lingerIfClosed();
        }

        // From the peer

        @Override
        public void onPush() {
            ByteString bytes = grab(in);
            if (!isLingering()) {
                parts.framer.feed(bytes, this::tell);
                parts.intake.begun(parts.framer.begun());
            }
            if (mayRead || isLingering()) {
                pull(in);
            }
        }

        private void tell(ClientActor.Command command) {
            if (command.weight() > 0) {
                mayRead &= parts.intake.handed(command.weight());
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
                case INTAKE -> {
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
            ByteString bytes = parts.outbox.take(isLingering() ? LAST_WRITE : WRITE);
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

        /** A peer who does not read must not hold its connection for ever. */
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

        /** Who has read a piece of what is left may take as long for the next; not who was cut off. */
        private void giveMoreTime() {
            if (isLingering() && ending != Outbox.End.CUT_OFF) {
                startTimer();
            }
        }

        private void startTimer() {
            timer.cancel();
            timer = materializer()
                    .scheduleOnce(
                            ending == Outbox.End.FINISHED ? LINGER : LINGER_SHORT, () -> wake.invoke(Wake.TIME_IS_UP));
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
