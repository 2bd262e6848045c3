package io.teahouse.net;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.io.Inet;
import akka.io.TcpSO;
import akka.stream.SystemMaterializer;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Tcp;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Opens a listening port. */
final class Binding {
    /** Akka's default of 100 is less than a burst of reconnecting clients. */
    private static final int BACKLOG = 4096;

    private Binding() {}

    /**
     * The port.
     *
     * @param opened fails if the port cannot be opened
     * @param ended completes, perhaps with a failure, when no more connections are accepted; on any thread
     */
    record Port(CompletionStage<Tcp.ServerBinding> opened, CompletionStage<Done> ended) {}

    /**
     * Binds the port.
     *
     * @param sockets gets the sockets of connections
     * @param accepted gets each connection, on any thread; the next one is accepted when its result has completed
     */
    static Port bind(
            ActorSystem<?> system,
            ListenerSettings settings,
            AcceptedSockets sockets,
            Function<Tcp.IncomingConnection, CompletionStage<Done>> accepted) {
        List<Inet.SocketOption> options = List.of(
                TcpSO.keepAlive(true),
                new KeepAlive(settings.sockets().keepAlive()),
                TcpSO.sendBufferSize(settings.sockets().sendBufferBytes()),
                sockets);
        return Tcp.get(system)
                .bind(settings.host(), settings.port(), BACKLOG, options, true, Optional.empty())
                .mapAsync(1, accepted::apply)
                .toMat(Sink.ignore(), Port::new)
                .run(SystemMaterializer.get(system).materializer());
    }

    /** The cause of a failure, in one line for the operator. */
    static String why(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof UnresolvedAddressException) {
            return "there is no such host";
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
