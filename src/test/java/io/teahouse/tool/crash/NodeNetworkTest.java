package io.teahouse.tool.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The network between nodes that are plain sockets here. */
class NodeNetworkTest {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int SHORT_MILLIS = 200;

    private NodeNetwork network;
    private final List<ServerSocket> nodes = new ArrayList<>();
    private final List<Socket> open = new ArrayList<>();

    @BeforeEach
    void listen() throws IOException {
        network = new NodeNetwork(3);
        for (int node = 0; node < 3; node++) {
            nodes.add(new ServerSocket(network.target(node), 50, InetAddress.getLoopbackAddress()));
        }
    }

    @AfterEach
    void close() throws IOException {
        network.close();
        for (ServerSocket node : nodes) {
            node.close();
        }
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** What a node sends first, as far as the network reads it: its own address. */
    private Socket connect(int from, int to) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), network.port(to));
        open.add(socket);
        int port = network.port(from);
        byte[] hello = "127.0.0.1 ".getBytes(ISO_8859_1);
        socket.getOutputStream().write(hello);
        socket.getOutputStream().write(new byte[] {
            (byte) ((port & 0x7f) | 0x80), (byte) (((port >>> 7) & 0x7f) | 0x80), (byte) (port >>> 14)
        });
        return socket;
    }

    private Socket accept(int node) throws IOException {
        nodes.get(node).setSoTimeout(PATIENCE_MILLIS);
        Socket socket = nodes.get(node).accept();
        open.add(socket);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void readHello(Socket there) throws IOException {
        assertThat(there.getInputStream().readNBytes(13)).hasSize(13);
    }

    @Test
    void bytesGoBothWays() throws IOException {
        Socket here = connect(0, 1);
        Socket there = accept(1);
        readHello(there);
        there.getOutputStream().write('x');
        here.setSoTimeout(PATIENCE_MILLIS);
        assertThat(here.getInputStream().read()).isEqualTo('x');
    }

    @Test
    void aNodeThatIsCutOffHearsNothingUntilItIsHealed() throws IOException {
        Socket here = connect(0, 1);
        Socket there = accept(1);
        readHello(there);
        network.cutOff(1);
        here.getOutputStream().write('x');
        there.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> there.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        network.heal();
        there.setSoTimeout(PATIENCE_MILLIS);
        assertThat(there.getInputStream().read()).isEqualTo('x');
    }

    @Test
    void aResetEndsConnectionsAndTheNextOnesAreAccepted() throws IOException {
        Socket here = connect(0, 1);
        readHello(accept(1));
        network.reset(1);
        here.setSoTimeout(PATIENCE_MILLIS);
        assertThat(here.getInputStream().read()).isEqualTo(-1);
        connect(0, 1);
        readHello(accept(1));
    }

    @Test
    void theOthersGoOn() throws IOException {
        network.cutOff(1);
        connect(0, 2);
        readHello(accept(2));
    }

    @Test
    void norDoesANewConnectionReachIt() throws IOException {
        network.cutOff(1);
        connect(1, 2);
        Socket there = accept(2);
        there.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> there.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }
}
