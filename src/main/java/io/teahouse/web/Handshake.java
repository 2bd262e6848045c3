package io.teahouse.web;

import akka.util.ByteString;
import io.teahouse.client.LineForm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The opening handshake of a WebSocket (RFC 6455 §4.2), with the subprotocols of IRC (IRCv3 websocket). Pure. */
final class Handshake {
    /** The result. */
    sealed interface Outcome {}

    /** @param reply switches protocols */
    record Accepted(LineForm form, ByteString reply) implements Outcome {}

    /**
     * @param why one line
     * @param reply says why
     */
    record Rejected(String why, ByteString reply) implements Outcome {}

    private static final String VERSION = "13";
    private static final int KEY_BYTES = 16;

    /** RFC 6455 §1.3. */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final String TEXT = "text.ircv3.net";
    private static final String BINARY = "binary.ircv3.net";
    private static final List<String> PATHS = List.of("/", "/irc");

    private Handshake() {}

    /** Whether a request asks for a WebSocket at a path where there is one. */
    static boolean isWanted(RequestHead head) {
        return head.lists("upgrade", "websocket") && PATHS.contains(head.path());
    }

    /** Answers a request for a WebSocket. */
    static Outcome answer(RequestHead head, Origins origins) {
        Optional<String> key = head.only("sec-websocket-key").filter(Handshake::isKey);
        Optional<String> host = head.only("host");
        if (!head.method().equals("GET") || !head.lists("connection", "upgrade") || host.isEmpty()) {
            return rejected(400, "Bad Request", "this is no valid request for a WebSocket", "");
        } else if (!head.only("sec-websocket-version").equals(Optional.of(VERSION))) {
            return rejected(
                    426,
                    "Upgrade Required",
                    "only version 13 of WebSocket is supported",
                    "Upgrade: websocket\r\nSec-WebSocket-Version: " + VERSION + "\r\n");
        } else if (key.isEmpty() || hasBody(head)) {
            return rejected(400, "Bad Request", "this is no valid request for a WebSocket", "");
        } else if (!origins.allow(head.values("origin"), host.get())) {
            return rejected(403, "Forbidden", "pages of that site may not connect to this server", "");
        }
        Optional<String> protocol = protocol(head);
        LineForm form = protocol.equals(Optional.of(BINARY)) ? LineForm.BINARY_FRAMES : LineForm.TEXT_FRAMES;
        String chosen =
                protocol.map(name -> "Sec-WebSocket-Protocol: " + name + "\r\n").orElse("");
        return new Accepted(
                form,
                ByteString.fromString(
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Accept: " + accept(key.get()) + "\r\n" + chosen + "\r\n"));
    }

    private static Rejected rejected(int status, String phrase, String why, String fields) {
        return new Rejected(why, Responses.text(status, phrase, why, fields));
    }

    private static boolean hasBody(RequestHead head) {
        return !head.values("transfer-encoding").isEmpty()
                || head.values("content-length").stream().anyMatch(length -> !length.equals("0"));
    }

    /** The client's first choice among those that the server speaks. */
    private static Optional<String> protocol(RequestHead head) {
        return head.elements("sec-websocket-protocol").stream()
                .filter(name -> name.equals(TEXT) || name.equals(BINARY))
                .findFirst();
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
