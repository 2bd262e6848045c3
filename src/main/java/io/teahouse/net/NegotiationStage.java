package io.teahouse.net;

import akka.Done;
import akka.NotUsed;
import akka.actor.Cancellable;
import akka.actor.typed.ActorRef;
import akka.stream.ActorAttributes;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Source;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.InHandler;
import akka.stream.stage.OutHandler;
import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import io.teahouse.client.LineForm;
import io.teahouse.client.Outbox;
import io.teahouse.client.Peer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import scala.concurrent.duration.FiniteDuration;

/**
 * The stream of a connection that first says what it wants: a {@link Negotiation} decides. A client's stream goes on as
 * {@link ConnectionLogic}, without a further stage in between.
 */
final class NegotiationStage extends GraphStage<FlowShape<ByteString, ByteString>> {
    /** Runs streams of other protocols, apart from the chat. */
    private static final String RELAY_DISPATCHER = "teahouse-pages-dispatcher";

    /**
     * The answer of the host.
     *
     * @param client empty: it is refused
     * @param lastWords if it is refused
     */
    record Answer(Optional<ActorRef<ClientActor.Command>> client, ByteString lastWords) {}

    /** The framing of a connection without a client, whose input is dropped. */
    static final Framer NO_LINES = new Framer() {
        @Override
        public void feed(ByteString bytes, Consumer<ClientActor.Command> client) {}

        @Override
        public void end(Consumer<ClientActor.Command> client) {}

        @Override
        public int begun() {
            return 0;
        }
    };

    /** The place that a connection has among those of its door, from when it was accepted. */
    interface Place {
        /**
         * Asks for a client, at most once. An admitted client takes the place over.
         *
         * @param reply written first
         */
        CompletionStage<Answer> enter(Peer peer, LineForm form, ByteString reply);

        /** Ends a connection without a client. */
        void leave();

        /** The framing of the client's input. */
        Framer framer(LineForm form);
    }

    /**
     * The beginning of one connection.
     *
     * @param parts without a client
     */
    record Beginning(ConnectionParts parts, Negotiation negotiation, Peer peer, Place place)
            implements Attributes.Attribute {
        Beginning with(ConnectionParts other) {
            return new Beginning(other, negotiation, peer, place);
        }
    }

    private static final Flow<ByteString, ByteString, NotUsed> SHARED = Flow.fromGraph(new NegotiationStage());

    private final Inlet<ByteString> in = Inlet.create("negotiation.in");
    private final Outlet<ByteString> out = Outlet.create("negotiation.out");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);

    private NegotiationStage() {}

    /** The stage of one connection; see {@link ConnectionStage#flow}. */
    static Flow<ByteString, ByteString, NotUsed> flow(Beginning beginning) {
        return SHARED.addAttributes(Attributes.none().and(beginning));
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic(
                shape,
                attributes.getAttribute(Beginning.class).orElseThrow(() -> new IllegalStateException("use flow()")));
    }

    private static final class Logic extends ConnectionLogic {
        /** Null once the connection is a client, which frees what is not needed any more. */
        private @Nullable Head head;

        private Cancellable pings = Cancellable.alreadyCancelled();

        Logic(FlowShape<ByteString, ByteString> shape, Beginning beginning) {
            super(shape, beginning.parts);
            head = new Head(beginning);
            setHandlers(in, out, head);
        }

        @Override
        public void preStart() {
            if (head != null) {
                head.start();
            }
            pull(in);
        }

        private void startPings(Outbox outbox, Duration interval) {
            FiniteDuration every = FiniteDuration.create(interval.toMillis(), TimeUnit.MILLISECONDS);
            pings = materializer().scheduleWithFixedDelay(every, every, () -> {
                if (outbox.size() == 0) { // otherwise the peer has something to acknowledge anyway
                    outbox.offer(WebSocketFramer.PING);
                }
            });
        }

        @Override
        public void postStop() {
            pings.cancel();
            if (head != null) {
                head.stop();
            }
            super.postStop();
        }

        /** The time before the connection is a client. */
        private final class Head implements InHandler, OutHandler {
            private final Beginning beginning;
            private final AsyncCallback<Answer> answered = createAsyncCallback(this::onAnswer);
            private final AsyncCallback<Done> late = createAsyncCallback(done -> onLate());
            private Cancellable timer = Cancellable.alreadyCancelled();
            private ByteString received = ByteString.emptyByteString();
            private Negotiation.@Nullable Client wanted;

            /** Null before the host is asked. */
            private @Nullable CompletionStage<Answer> asked;

            /** Whether the last words have been sent, or another stream serves the connection. */
            private boolean settled;

            Head(Beginning beginning) {
                this.beginning = beginning;
            }

            void start() {
                long millis = beginning.negotiation.timeout().toMillis();
                timer = materializer()
                        .scheduleOnce(
                                FiniteDuration.create(millis, TimeUnit.MILLISECONDS),
                                () -> late.invoke(Done.getInstance()));
            }

            private void onLate() {
                if (head == this && !settled) {
                    refuse(beginning.negotiation.late());
                }
            }

            @Override
            public void onPush() {
                received = received.concat(grab(in)).compact();
                Negotiation.Verdict verdict = beginning.negotiation.read(received, beginning.peer);
                if (verdict instanceof Negotiation.More) {
                    pull(in);
                } else if (verdict instanceof Negotiation.Refuse refuse) {
                    refuse(refuse.lastWords());
                } else if (verdict instanceof Negotiation.Relay relay) {
                    relay(relay.to());
                } else if (verdict instanceof Negotiation.Client client) {
                    ask(client);
                }
            }

            @Override
            public void onUpstreamFinish() {
                if (asked == null) {
                    completeStage();
                }
            }

            @Override
            public void onPull() {}

            private void refuse(ByteString lastWords) {
                settled = true;
                timer.cancel();
                beginning.parts.outbox().cutOff(lastWords);
                begin(beginning.parts, ByteString.emptyByteString());
            }

            // A client

            private void ask(Negotiation.Client client) {
                wanted = client;
                asked = beginning.place.enter(client.peer(), client.form(), client.reply());
                asked.thenAccept(answered::invoke);
            }

            private void onAnswer(Answer answer) {
                if (settled || wanted == null) {
                    return; // too late
                } else if (answer.client.isEmpty()) {
                    refuse(answer.lastWords);
                    return;
                }
                timer.cancel();
                head = null;
                Outbox outbox = beginning.parts.outbox();
                Framer framer = beginning.place.framer(wanted.form());
                begin(beginning.parts.with(answer.client.get(), framer), wanted.rest());
                if (wanted.form().isFramed()) {
                    startPings(outbox, beginning.negotiation.pingInterval());
                }
            }

            /** The connection has ended without a client. If one is admitted yet, it is told. */
            void stop() {
                timer.cancel();
                if (asked == null) {
                    beginning.place.leave();
                } else {
                    asked.thenAccept(answer -> answer.client.ifPresentOrElse(
                            client -> client.tell(new ClientActor.Disconnected("closed by the peer")),
                            beginning.place::leave));
                }
            }

            // Another stream

            private void relay(Flow<ByteString, ByteString, NotUsed> to) {
                settled = true;
                timer.cancel();
                SubSourceOutlet<ByteString> there = new SubSourceOutlet<>("relay.there");
                SubSinkInlet<ByteString> back = new SubSinkInlet<>("relay.back");
                setHandler(in, new InHandler() {
                    @Override
                    public void onPush() {
                        there.push(grab(in));
                    }

                    @Override
                    public void onUpstreamFinish() {
                        if (received.isEmpty()) {
                            there.complete();
                        }
                    }

                    @Override
                    public void onUpstreamFailure(Throwable cause) {
                        completeStage();
                    }
                });
                there.setHandler(new OutHandler() {
                    @Override
                    public void onPull() {
                        if (received.nonEmpty()) {
                            there.push(received);
                            received = ByteString.emptyByteString();
                            if (isClosed(in)) {
                                there.complete();
                            }
                        } else if (!isClosed(in)) {
                            pull(in);
                        }
                    }

                    @Override
                    public void onDownstreamFinish(Throwable cause) {
                        if (!isClosed(in)) {
                            cancel(in);
                        }
                    }
                });
                back.setHandler(new InHandler() {
                    @Override
                    public void onPush() {
                        push(out, back.grab());
                    }

                    @Override
                    public void onUpstreamFinish() {
                        completeStage();
                    }

                    @Override
                    public void onUpstreamFailure(Throwable cause) {
                        completeStage();
                    }
                });
                setHandler(out, new OutHandler() {
                    @Override
                    public void onPull() {
                        back.pull();
                    }

                    @Override
                    public void onDownstreamFinish(Throwable cause) {
                        completeStage();
                    }
                });
                if (isAvailable(out)) {
                    back.pull();
                }
                Source.fromGraph(there.source())
                        .via(to)
                        .to(back.sink())
                        .addAttributes(ActorAttributes.dispatcher(RELAY_DISPATCHER))
                        .run(materializer());
            }
        }
    }
}
