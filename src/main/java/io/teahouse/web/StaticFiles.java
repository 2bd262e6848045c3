package io.teahouse.web;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.util.ByteString;
import io.teahouse.account.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/**
 * The files of the chat page, which are resources under {@code web/}. A file is read once. Thread-safe; blocks while it
 * reads.
 */
final class StaticFiles {
    private static final String ROOT = "/web/";
    private static final String START = "index.html";

    /** The chat page for one room in a page of another site, and the script that puts it there. */
    private static final String EMBEDDED_PAGE = "embed.html";

    private static final String EMBEDDING_SCRIPT = "embed.js";

    private static final int LONGEST_PATH = 200;

    /** Only these are served. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=UTF-8"),
            Map.entry("js", "text/javascript; charset=UTF-8"),
            Map.entry("mjs", "text/javascript; charset=UTF-8"),
            Map.entry("css", "text/css; charset=UTF-8"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/vnd.microsoft.icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain; charset=UTF-8"));

    /** Nothing inline, no text that becomes markup, nothing from elsewhere except for images that the user asks to see. */
    private static final String POLICY = policy("'none'");

    private static String policy(String embedders) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: https:;"
                + " font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self';"
                + " base-uri 'none'; form-action 'none'; frame-ancestors " + embedders + ";"
                + " require-trusted-types-for 'script'; trusted-types 'none'";
    }

    private static final List<HttpHeader> SAFE = safe(POLICY, "DENY", "same-origin");

    private static List<HttpHeader> safe(String policy, String frames, String users) {
        List<HttpHeader> headers = new ArrayList<>(List.of(
                RawHeader.create("Content-Security-Policy", policy),
                RawHeader.create("X-Content-Type-Options", "nosniff"),
                RawHeader.create("Referrer-Policy", "no-referrer"),
                RawHeader.create("Cross-Origin-Opener-Policy", "same-origin"),
                RawHeader.create("Cross-Origin-Resource-Policy", users),
                RawHeader.create(
                        "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")));
        if (!frames.isEmpty()) {
            headers.add(RawHeader.create("X-Frame-Options", frames));
        }
        return List.copyOf(headers);
    }

    /**
     * A file in memory.
     *
     * @param zipped empty if that is not shorter
     */
    private record StaticFile(ContentType type, ByteString content, Optional<ByteString> zipped, String tag) {}

    /** Headers of the script that other sites load. */
    private static final List<HttpHeader> FOR_OTHERS = safe(POLICY, "DENY", "cross-origin");

    private final Supplier<Set<String>> embedders;

    private final Map<String, StaticFile> read = new ConcurrentHashMap<>();

    /** @param embedders origins of the sites that may show one room in their own pages, at the moment; {@code *}: all */
    StaticFiles(Supplier<Set<String>> embedders) {
        this.embedders = embedders;
    }

    /** Answers a request: 200, 304, 404 or 405. */
    HttpResponse answer(HttpRequest request) {
        boolean head = request.method().equals(HttpMethods.HEAD);
        if (!head && !request.method().equals(HttpMethods.GET)) {
            return text(405, "only GET and HEAD are allowed here").addHeader(RawHeader.create("Allow", "GET, HEAD"));
        }
        String name = name(request.getUri().path());
        Optional<List<HttpHeader>> safe = headers(name);
        return find(name)
                .filter(file -> safe.isPresent())
                .map(file -> answer(request, file, safe.orElseThrow()))
                .orElseGet(() -> text(404, "not found"));
    }

    /** Empty: other sites would use the file, and none may. */
    private Optional<List<HttpHeader>> headers(String name) {
        Set<String> sites = embedders.get();
        return switch (name) {
            case EMBEDDED_PAGE ->
                sites.isEmpty()
                        ? Optional.empty()
                        : Optional.of(safe(policy(String.join(" ", sites)), "", "same-origin"));
            case EMBEDDING_SCRIPT -> sites.isEmpty() ? Optional.empty() : Optional.of(FOR_OTHERS);
            default -> Optional.of(SAFE);
        };
    }

    private static HttpResponse text(int status, String text) {
        return HttpResponse.create()
                .withStatus(status)
                .withEntity(ContentTypes.TEXT_PLAIN_UTF8, text + "\n")
                .addHeaders(SAFE);
    }

    /** Browsers ask again each time, and get the content only if it has changed. */
    private static HttpResponse answer(HttpRequest request, StaticFile file, List<HttpHeader> safe) {
        List<HttpHeader> headers = new ArrayList<>(safe);
        headers.add(RawHeader.create("Cache-Control", "no-cache"));
        headers.add(RawHeader.create("ETag", file.tag));
        headers.add(RawHeader.create("Vary", "Accept-Encoding"));
        HttpResponse response = HttpResponse.create();
        if (value(request, "if-none-match").contains(file.tag)) {
            return response.withStatus(304).addHeaders(headers);
        }
        boolean zip = file.zipped.isPresent()
                && value(request, "accept-encoding").toLowerCase(Locale.ROOT).contains("gzip");
        if (zip) {
            headers.add(RawHeader.create("Content-Encoding", "gzip"));
        }
        ByteString content = zip ? file.zipped.orElseThrow() : file.content;
        return response.addHeaders(headers).withEntity(HttpEntities.create(file.type, content));
    }

    private static String value(HttpRequest request, String name) {
        return request.getHeader(name).map(HttpHeader::value).orElse("");
    }

    private static String name(String path) {
        return path.equals("/") ? START : path.substring(Math.min(1, path.length()));
    }

    private Optional<StaticFile> find(String name) {
        StaticFile known = read.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<StaticFile> fresh = isName(name) ? load(name.equals(EMBEDDED_PAGE) ? START : name) : Optional.empty();
        fresh.ifPresent(file -> read.put(name, file));
        return fresh;
    }

    /** Folders and a file, of plain characters, none of which begins with a dot. */
    private static boolean isName(String name) {
        if (name.length() > LONGEST_PATH || name.isEmpty()) {
            return false;
        }
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.charAt(0) == '.' || !part.chars().allMatch(StaticFiles::isPlain)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '-'
                || c == '_';
    }

    private static Optional<StaticFile> load(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            return Optional.empty();
        }
        try (InputStream in = StaticFiles.class.getResourceAsStream(ROOT + name)) {
            return in == null ? Optional.empty() : Optional.of(file(type, in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StaticFile file(String type, byte[] content) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(content);
        }
        boolean shorter = zipped.size() < content.length;
        return new StaticFile(
                ContentTypes.parse(type),
                ByteString.fromArrayUnsafe(content),
                shorter ? Optional.of(ByteString.fromArrayUnsafe(zipped.toByteArray())) : Optional.empty(),
                tag(content));
    }

    /** Weak, because the same tag stands for the compressed form, too (RFC 9110 §8.8.3). */
    private static String tag(byte[] content) {
        String digest = Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.digest(content));
        return "W/\"" + digest.substring(0, 22) + "\"";
    }
}
