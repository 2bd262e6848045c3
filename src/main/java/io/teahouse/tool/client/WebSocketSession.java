package io.teahouse.tool.client;

/** IRC over WebSocket: the opening handshake (RFC 6455 §4.1), with the text frames of IRCv3, then another session's lines. */
public final class WebSocketSession implements ClientSession {
    /** Opcodes (RFC 6455 §11.8). */
    public static final int TEXT = 1;

    public static final int PONG = 10;

    /** Servers answer a key, which has 16 bytes, but must not depend on its value. */
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private enum Phase {
        ASKED,
        ACCEPTED,
        OPEN
    }

    private final String host;
    private final ClientSession lines;
    private Phase phase = Phase.ASKED;

    /**
     * Makes the session of one client.
     *
     * @param host of the server, with its port
     * @param lines what follows the handshake
     */
    public WebSocketSession(String host, ClientSession lines) {
        this.host = host;
        this.lines = lines;
    }

    @Override
    public String start() {
        return "GET /irc HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\n"
                + "Sec-WebSocket-Protocol: text.ircv3.net\r\n\r\n";
    }

    @Override
    public String answer(String line) throws RefusedException {
        switch (phase) {
            case ASKED -> {
                if (!line.startsWith("HTTP/1.1 101 ")) {
                    throw new RefusedException(line);
                }
                phase = Phase.ACCEPTED;
                return "";
            }
            case ACCEPTED -> {
                phase = line.isEmpty() ? Phase.OPEN : Phase.ACCEPTED;
                return line.isEmpty() ? lines.start() : "";
            }
            default -> {
                return lines.answer(line);
            }
        }
    }

    @Override
    public boolean isFramed() {
        return phase == Phase.OPEN;
    }

    @Override
    public boolean hasEntered() {
        return lines.hasEntered();
    }
}
