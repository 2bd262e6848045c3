package io.teahouse.net;

import akka.NotUsed;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.javadsl.Flow;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;

/** The stream between a transport and a client; see {@link ConnectionLogic}. */
final class ConnectionStage extends GraphStage<FlowShape<ByteString, ByteString>> {
    private static final Flow<ByteString, ByteString, NotUsed> SHARED = Flow.fromGraph(new ConnectionStage());

    private final Inlet<ByteString> in = Inlet.create("connection.in");
    private final Outlet<ByteString> out = Outlet.create("connection.out");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);

    private ConnectionStage() {}

    /** The stage of one connection; one stage object serves all, which saves half a KB each. */
    static Flow<ByteString, ByteString, NotUsed> flow(ConnectionParts parts) {
        return SHARED.addAttributes(Attributes.none().and(parts));
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        ConnectionParts parts = attributes
                .getAttribute(ConnectionParts.class)
                .orElseThrow(() -> new IllegalStateException("use flow()"));
        if (parts.outbox().isAttached()) {
            throw new IllegalStateException("the stream of a connection runs once");
        }
        return new ConnectionLogic(shape, parts);
    }
}
