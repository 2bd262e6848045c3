package io.teahouse.net;

import akka.actor.typed.ActorSystem;
import akka.io.Inet;
import akka.io.TcpSO;
import akka.stream.SystemMaterializer;
import akka.stream.TLSClosing;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.Tcp;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Opens a listening port, with TLS where there is a certificate. */
final class Binding {
    /** Akka's default of 100 is less than a burst of reconnecting clients. */
    private static final int BACKLOG = 4096;

    private Binding() {}

    /** @param accepted is told each connection, on any thread */
    static CompletionStage<Tcp.ServerBinding> bind(
            ActorSystem<?> system, ListenerSettings settings, Consumer<Tcp.IncomingConnection> accepted) {
        List<Inet.SocketOption> options = List.of(
                TcpSO.keepAlive(true),
                new KeepAlive(settings.keepAlive()),
                TcpSO.sendBufferSize(settings.socketSendBufferBytes()));
        return connections(Tcp.get(system), settings, options)
                .to(Sink.foreach(accepted::accept))
                .run(SystemMaterializer.get(system).materializer());
    }

    private static Source<Tcp.IncomingConnection, CompletionStage<Tcp.ServerBinding>> connections(
            Tcp tcp, ListenerSettings settings, List<Inet.SocketOption> options) {
        if (settings.certificate().isEmpty()) {
            return tcp.bind(settings.host(), settings.port(), BACKLOG, options, true, Optional.empty());
        }
        return tcp.bindWithTls(
                settings.host(),
                settings.port(),
                settings.certificate().get()::engine,
                BACKLOG,
                options,
                Optional.empty(),
                session -> Optional.empty(),
                TLSClosing.eagerClose());
    }

    /** Why that could not be, in one line for a person. */
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
