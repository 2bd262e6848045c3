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
 * When the system asks whether the other end of a silent connection is still there, and gives it up: after {@code silence},
 * and then four times within as much time again. By itself, Linux begins after two hours. Where the system has no such
 * options, it does as it likes.
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
            LOG.debug("no keep-alive of its own for {}: {}", socket, e.toString()); // it has ended already
        }
    }

    private static void set(Socket socket, SocketOption<Integer> option, int value) throws IOException {
        if (socket.supportedOptions().contains(option)) {
            socket.setOption(option, value);
        }
    }
}
