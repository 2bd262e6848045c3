package io.teahouse.web;

import akka.util.ByteString;
import java.nio.charset.StandardCharsets;

/** Responses to requests that Akka HTTP does not see. */
final class Responses {
    private Responses() {}

    /**
     * A response of one line of text, after which the connection is closed.
     *
     * @param fields further header fields, each with its CRLF
     */
    static ByteString text(int status, String phrase, String text, String fields) {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        return ByteString.fromString("HTTP/1.1 " + status + " " + phrase + "\r\n"
                        + "Content-Type: text/plain; charset=utf-8\r\n"
                        + "Content-Length: " + body.length + "\r\n"
                        + "X-Content-Type-Options: nosniff\r\n"
                        + "Cache-Control: no-store\r\n"
                        + fields
                        + "Connection: close\r\n\r\n")
                .concat(ByteString.fromArrayUnsafe(body));
    }
}
