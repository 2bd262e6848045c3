package io.teahouse.hook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.teahouse.room.support.Text;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads what programs post: plain text, or JSON as Slack, Mattermost ({@code text}) and Discord ({@code content}) have it. Fields
 * that mean nothing here are ignored, since programs send them to all services. Pure.
 */
final class IncomingBody {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** As old clients of Slack send JSON. */
    private static final String PAYLOAD = "payload=";

    private static final int LONGEST_USERNAME = 64;
    private static final int REPLACEMENT = 0xFFFD;

    /** The body cannot be used. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        private final int status;

        Unusable(int status, String why) {
            super(why);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private IncomingBody() {}

    /**
     * The message.
     *
     * @param contentType as the header has it; empty: it is text
     */
    static String read(String contentType, byte[] body) throws Unusable {
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        String text = decode(body);
        return switch (type) {
            case "", "text/plain", "application/octet-stream" -> lines(text);
            case "application/json" -> json(text);
            case "application/x-www-form-urlencoded" -> {
                if (!text.startsWith(PAYLOAD)) {
                    throw new Unusable(415, "text needs the header Content-Type: text/plain; curl sends it with -H");
                }
                yield json(form(text.substring(PAYLOAD.length())));
            }
            default -> throw new Unusable(415, "the body is text/plain or application/json, in UTF-8");
        };
    }

    private static String decode(byte[] body) throws Unusable {
        try {
            return UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unusable(400, "the body is not UTF-8");
        }
    }

    private static String form(String value) throws Unusable {
        try {
            return URLDecoder.decode(value, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Unusable(400, "the form is malformed");
        }
    }

    private static String json(String text) throws Unusable {
        String said = "";
        String username = "";
        List<String> attachments = new ArrayList<>();
        try (JsonParser json = FACTORY.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new Unusable(400, "the JSON is no object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.VALUE_STRING && (field.equals("text") || field.equals("content"))) {
                    said = json.getText();
                } else if (value == JsonToken.VALUE_STRING && field.equals("username")) {
                    username = json.getText();
                } else if (value == JsonToken.START_ARRAY && (field.equals("attachments") || field.equals("embeds"))) {
                    attachments(json, attachments);
                } else {
                    json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw new Unusable(400, "there is more after the JSON");
            }
        } catch (JsonProcessingException e) {
            throw new Unusable(400, "malformed JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new Unusable(400, "malformed JSON");
        }
        String whole = said.isBlank() ? String.join("\n", attachments) : said;
        return whole.isBlank() ? "" : named(username) + lines(withoutHalves(whole));
    }

    /** Programs that cut a text after so many characters may leave half an emoji, which JSON can escape and UTF-8 cannot. */
    private static String withoutHalves(String text) {
        return text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Of each its text for clients that show no attachments, or its title and text. */
    private static void attachments(JsonParser json, List<String> found) throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                continue;
            }
            String fallback = "";
            List<String> parts = new ArrayList<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                boolean isText = json.nextToken() == JsonToken.VALUE_STRING;
                if (isText && field.equals("fallback")) {
                    fallback = json.getText();
                } else if (isText && List.of("title", "text", "description").contains(field)) {
                    parts.add(json.getText());
                } else {
                    json.skipChildren();
                }
            }
            found.add(fallback.isBlank() ? String.join("\n", parts) : fallback);
        }
    }

    /** A name in the body is shown as part of the text: the sender is the hook, whatever the body says. */
    private static String named(String username) {
        String visible = username.codePoints()
                .filter(c -> c == ' ' || !Text.invisible(c))
                .limit(LONGEST_USERNAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return visible.isEmpty() ? "" : "[" + visible + "] ";
    }

    /** With a line feed between lines, and none at the end. */
    private static String lines(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').stripTrailing();
    }
}
