package io.teahouse.net;

import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.stream.ActorAttributes;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.SubscriptionWithCancelException;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.RunnableGraph;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import io.teahouse.client.Intake;
import io.teahouse.client.Outbox;
import java.time.Duration;

/**
 * What runs between a socket and its client: frames come in and are told to the client's actor, all that waits in the
 * outbox goes out as one write. It reads no further while the client has too much to deal with.
 *
 * <p>When the outbox is closed, the rest is written and the connection is closed in good order; a peer who does not
 * read, or does not close its side, is cut off after a while. The client is told of the end in any case.
 */
final class ConnectionStage extends GraphStage<FlowShape<ByteString, ByteString>> {
    /** How long a connection that was closed in good order may take to end. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    /** How long one that is cut off may take to read the reason. */
    private static final Duration LINGER_CUT_OFF = Duration.ofSeconds(1);

    /** About how much is one write: more would only wait in more places. */
    private static final int WRITE = 128 * 1024;

    private enum Wake {
        OUTBOX,
        INTAKE
    }

    /** What the stage of one connection works with. */
    private record Parts(ActorRef<ClientActor.Command> client, Outbox outbox, Intake intake, Framer framer)
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
            Intake intake,
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

    private final class Logic extends TimerGraphStageLogic {
        private final ActorRef<ClientActor.Command> client;
        private final Outbox outbox;
        private final Intake intake;
        private final Framer framer;
        private final AsyncCallback<Wake> wake = createAsyncCallback(this::onWake);
        private boolean mayRead = true;
        private boolean lingering;
        private String why = "closed by the peer";

        Logic(Parts parts) {
            super(shape);
            client = parts.client;
            outbox = parts.outbox;
            intake = parts.intake;
            framer = parts.framer;
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    onBytes(grab(in));
                }

                @Override
                public void onUpstreamFinish() {
                    framer.end(Logic.this::tell);
                    client.tell(new ClientActor.InputEnded());
                    if (isClosed(out)) {
                        completeStage();
                    }
                }

                @Override
                public void onUpstreamFailure(Throwable cause) {
                    end(cause);
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    flush();
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    end(cause);
                }
            });
        }

        @Override
        public void preStart() {
            outbox.attach(() -> wake.invoke(Wake.OUTBOX));
            intake.attach(() -> wake.invoke(Wake.INTAKE));
            pull(in);
        }

        private void onBytes(ByteString bytes) {
            if (!lingering) {
                framer.feed(bytes, this::tell);
            }
            if (mayRead || lingering) {
                pull(in);
            }
        }

        private void tell(ClientActor.Command command) {
            if (command.weight() > 0) {
                mayRead &= intake.handed(command.weight());
            }
            client.tell(command);
        }

        private void onWake(Wake what) {
            if (what == Wake.INTAKE) {
                mayRead = true;
                if (!isClosed(in) && !hasBeenPulled(in)) {
                    pull(in);
                }
            } else {
                flush();
                if (outbox.end() == Outbox.End.CUT_OFF && !lingering) {
                    linger(LINGER_CUT_OFF);
                }
            }
        }

        private void flush() {
            if (!isAvailable(out)) {
                return;
            }
            ByteString bytes = outbox.take(WRITE);
            if (bytes.nonEmpty()) {
                push(out, bytes);
            } else if (outbox.end() != Outbox.End.OPEN) {
                linger(outbox.end() == Outbox.End.CUT_OFF ? LINGER_CUT_OFF : LINGER);
                complete(out);
                if (isClosed(in)) {
                    completeStage();
                }
            }
        }

        /** Reads and drops what still comes, so that the peer's close is seen; it has not for ever. */
        private void linger(Duration atMost) {
            if (!lingering) {
                lingering = true;
                scheduleOnce("linger", atMost);
                if (!isClosed(in) && !hasBeenPulled(in)) {
                    pull(in);
                }
            }
        }

        @Override
        public void onTimer(Object key) {
            failStage(new IllegalStateException("the peer did not close in time")); // which resets the connection
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
            client.tell(new ClientActor.Disconnected(why));
        }
    }
}
