package io.teahouse.net;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.ActorAttributes;
import akka.stream.Attributes;
import akka.stream.ClosedShape;
import akka.stream.javadsl.RunnableGraph;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class StreamsTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();
    private static final String ONE = "akka.actor.default-blocking-io-dispatcher";
    private static final String OTHER = "akka.actor.internal-dispatcher";

    private final Streams streams = new Streams(AKKA.system());
    private final List<Attributes> given = new ArrayList<>();

    private final class Recorder extends GraphStage<ClosedShape> {
        @Override
        public ClosedShape shape() {
            return ClosedShape.getInstance();
        }

        @Override
        public GraphStageLogic createLogic(Attributes attributes) {
            given.add(attributes);
            return new GraphStageLogic(shape()) {};
        }
    }

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private Attributes attributes(String dispatcher) {
        streams.run(RunnableGraph.fromGraph(new Recorder()), dispatcher);
        return given.get(given.size() - 1);
    }

    private static String dispatcher(Attributes attributes) {
        return attributes
                .getMandatoryAttribute(ActorAttributes.Dispatcher.class)
                .dispatcher();
    }

    @Test
    void aStreamRunsOnItsDispatcherWithTheDefaultsOfTheMaterializer() {
        Attributes attributes = attributes(ONE);
        assertThat(dispatcher(attributes)).isEqualTo(ONE);
        assertThat(dispatcher(attributes(OTHER))).isEqualTo(OTHER);
        assertThat(attributes
                        .getMandatoryAttribute(Attributes.InputBuffer.class)
                        .max())
                .isEqualTo(16);
    }

    @Test
    void streamsOnOneDispatcherShareTheirAttributes() {
        assertThat(attributes(ONE)).isSameAs(attributes(ONE));
    }
}
