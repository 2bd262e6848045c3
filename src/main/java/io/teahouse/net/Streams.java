package io.teahouse.net;

import akka.actor.typed.ActorSystem;
import akka.japi.Pair;
import akka.stream.ActorAttributes;
import akka.stream.Attributes;
import akka.stream.ClosedShape;
import akka.stream.Materializer;
import akka.stream.SystemMaterializer;
import akka.stream.javadsl.RunnableGraph;
import akka.stream.stage.AbstractGraphStageWithMaterializedValue;
import akka.stream.stage.GraphStageLogic;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs the streams of many connections on dispatchers. Those on one dispatcher share their basic attributes: for a
 * stream that names its own dispatcher, Akka would keep a copy of the materializer's attributes, half a KB. Not
 * thread-safe.
 */
final class Streams {
    private final Materializer materializer;
    private final Map<String, Attributes> byDispatcher = new HashMap<>();

    Streams(ActorSystem<?> system) {
        this.materializer = SystemMaterializer.get(system).materializer();
    }

    void run(RunnableGraph<?> stream, String dispatcher) {
        materializer.materialize(stream, byDispatcher.computeIfAbsent(dispatcher, this::attributes));
    }

    /** The attributes that the materializer gives to a stream on that dispatcher. */
    private Attributes attributes(String dispatcher) {
        return RunnableGraph.fromGraph(new GivenAttributes())
                .withAttributes(ActorAttributes.dispatcher(dispatcher))
                .run(materializer);
    }

    /** A stream that only reveals its attributes. */
    private static final class GivenAttributes
            extends AbstractGraphStageWithMaterializedValue<ClosedShape, Attributes> {
        @Override
        public ClosedShape shape() {
            return ClosedShape.getInstance();
        }

        @Override
        public Pair<GraphStageLogic, Attributes> createLogicAndMaterializedValuePair(Attributes given) {
            return Pair.create(new GraphStageLogic(shape()) {}, given);
        }
    }
}
