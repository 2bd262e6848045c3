package io.teahouse.net;

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
import java.net.InetAddress;
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
    /**
     * The answer of the host.
     *
     * @param client empty: it is refused
     * @param why it is refused
     * @param lastWords if it is refused
     */
    record Answer(Optional<ActorRef<ClientActor.Command>> client, String why, ByteString lastWords) {}

    /** How long pages may take to be written when the door is drained. */
    private static final Duration LAST_PAGES = Duration.ofSeconds(1);

    private static final Negotiation.Reader NOTHING_TO_READ = more -> new Negotiation.More();

    private static final String CLOSING = "the server is shutting down";

    private enum Wake {
        LATE,
        /** The memory for input is used up. */
        GIVEN_UP,
        DRAINED
    }

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
         * The stream begins.
         *
         * @param drained called when the door is drained, on any thread
         * @throws IllegalStateException if it began before
         */
        void begin(Runnable drained);

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
     * @param refusals is told who is refused, on any thread
     */
    record Beginning(ConnectionParts parts, Negotiation negotiation, Peer peer, Place place, Refusals refusals)
            implements Attributes.Attribute {
        Beginning with(ConnectionParts other, Refusals told) {
            return new Beginning(other, negotiation, peer, place, told);
        }
    }

    /** Notes who is refused, and why, in one line for the log. */
    interface Refusals {
        Refusals NONE = (address, why) -> {};

        void refused(InetAddress address, String why);
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
            private final AsyncCallback<Wake> woken = createAsyncCallback(this::onWake);
            private Negotiation.Reader reader;
            private Cancellable timer = Cancellable.alreadyCancelled();

            /** Bytes that the reader keeps. */
            private int read;

            private Negotiation.@Nullable Client wanted;

            /** Null before the host is asked. */
            private @Nullable CompletionStage<Answer> asked;

            /** Whether the last words have been sent, or another stream serves the connection. */
            private boolean settled;

            /** What the other stream gets first. */
            private ByteString first = ByteString.emptyByteString();

            /** The other stream. */
            private @Nullable SubSourceOutlet<ByteString> relayed;

            Head(Beginning beginning) {
                this.beginning = beginning;
                this.reader = beginning.negotiation.begin(beginning.peer);
                beginning.place.begin(() -> woken.invoke(Wake.DRAINED));
            }

            void start() {
                beginning.parts.readWindow().whenGivenUp(() -> woken.invoke(Wake.GIVEN_UP));
                startTimer(beginning.negotiation.timeout());
            }

            private void startTimer(Duration delay) {
                timer.cancel();
                timer = materializer()
                        .scheduleOnce(
                                FiniteDuration.create(delay.toMillis(), TimeUnit.MILLISECONDS),
                                () -> woken.invoke(Wake.LATE));
            }

            private void onWake(Wake why) {
                if (head != this) {
                    return; // it is a client
                }
                switch (why) {
                    case LATE -> onLate();
                    case GIVEN_UP -> completeStage();
                    case DRAINED -> onDrained();
                }
            }

            /** Browsers open connections in advance; one that was never used is not worth a line in the log. */
            private void onLate() {
                if (!settled) {
                    if (read > 0) {
                        log(beginning.peer, "the request took too long");
                    }
                    refuse(beginning.negotiation.late());
                } else if (relayed != null) {
                    completeStage(); // it was drained
                }
            }

            /** A connection that has asked for a client still gets the answer of the host. */
            private void onDrained() {
                if (relayed != null) {
                    if (!relayed.isClosed()) {
                        relayed.complete();
                    }
                    startTimer(LAST_PAGES);
                } else if (!settled && asked == null) {
                    refuse(beginning.negotiation.refusal(CLOSING).orElse(ByteString.emptyByteString()));
                }
            }

            private void log(Peer peer, String why) {
                beginning.refusals.refused(peer.address().getAddress(), why);
            }

            @Override
            public void onPush() {
                ByteString more = grab(in);
                Negotiation.Verdict verdict = reader.read(more);
                boolean undecided = verdict instanceof Negotiation.More;
                read += more.size();
                beginning.parts.readWindow().begun(undecided ? read : 0);
                reader = undecided ? reader : NOTHING_TO_READ; // which frees what it has kept
                if (undecided) {
                    pull(in);
                } else if (verdict instanceof Negotiation.Refuse refuse) {
                    log(refuse.peer(), refuse.why());
                    refuse(refuse.lastWords());
                } else if (verdict instanceof Negotiation.Relay relay) {
                    relay(relay);
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
                    log(wanted.peer(), answer.why);
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

            private void relay(Negotiation.Relay relay) {
                settled = true;
                timer.cancel();
                first = relay.received();
                SubSourceOutlet<ByteString> there = new SubSourceOutlet<>("relay.there");
                relayed = there;
                SubSinkInlet<ByteString> back = new SubSinkInlet<>("relay.back");
                setHandler(in, new InHandler() {
                    @Override
                    public void onPush() {
                        ByteString bytes = grab(in);
                        if (!there.isClosed()) {
                            there.push(bytes);
                        }
                    }

                    @Override
                    public void onUpstreamFinish() {
                        if (first.isEmpty() && !there.isClosed()) {
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
                        if (first.nonEmpty()) {
                            there.push(first);
                            first = ByteString.emptyByteString();
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
                        .via(relay.to())
                        .to(back.sink())
                        .addAttributes(ActorAttributes.dispatcher(relay.dispatcher()))
                        .run(materializer());
            }
        }
    }
}
