package io.teahouse.net;

import akka.io.Inet;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TCP keep-alive: the system probes a connection after {@code silence}, and four times within the same time again
 * before it closes the connection. Linux would wait two hours by default. Systems without these options use their own
 * times.
 */
final class KeepAlive extends Inet.AbstractSocketOption {
    private static final Logger LOG = LoggerFactory.getLogger(KeepAlive.class);
    private static final int PROBES = 4;

    private final int silence;

    KeepAlive(Duration silence) {
        this.silence = Math.toIntExact(silence.toSeconds());
    }

    @Override
    public void afterConnect(Socket socket) {
        try {
            set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, silence);
            set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, Math.max(1, silence / PROBES));
            set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
        } catch (IOException e) {
            LOG.debug("cannot set keep-alive of {}: {}", socket, e.toString()); // the connection has ended already
        }
    }

    private static void set(Socket socket, SocketOption<Integer> option, int value) throws IOException {
        if (socket.supportedOptions().contains(option)) {
            socket.setOption(option, value);
        }
    }
}
