package io.teahouse.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.Connection;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.model.headers.TimeoutAccess;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.stream.ActorAttributes;
import akka.stream.IOResult;
import akka.stream.javadsl.FileIO;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import io.teahouse.net.BearerToken;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.DurationConverters;

/**
 * Takes files of users who are logged in ({@code POST /upload}, as soju's filehost extension has it), and serves them to anybody who knows
 * their name ({@code GET /files/…}). A file never becomes a page: browsers only show pictures, which are recognized by their first
 * bytes, save everything else, and run nothing. Thread-safe; files are written and read on threads for blocking work.
 */
public final class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final String BASIC = "basic ";
    private static final String UPLOAD = "/upload";
    private static final String FILES = "/files/";
    private static final Duration EXPIRY_INTERVAL = Duration.ofMinutes(10);
    private static final Duration REOPEN_INTERVAL = Duration.ofSeconds(1);

    private static final List<HttpHeader> SAFE = List.of(
            RawHeader.create("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'"),
            RawHeader.create("X-Content-Type-Options", "nosniff"),
            RawHeader.create("X-Frame-Options", "DENY"),
            RawHeader.create("Referrer-Policy", "no-referrer"),
            RawHeader.create("Cross-Origin-Resource-Policy", "cross-origin"));

    private final UploadSettings settings;
    private final UploadAccess access;
    private final Supplier<WebSettings> web;
    private final ActorSystem<?> system;
    private final String dispatcher;
    private final Executor blocking;
    /** The folder, or a failure to open it, which is tried again. */
    private volatile CompletableFuture<UploadFolder> folder;

    private volatile long openedAt = System.nanoTime();

    /**
     * Deletes the uploaded files of an account, while no server runs.
     *
     * @param account its key
     * @return how many there were
     */
    public static int erase(UploadSettings settings, String account) throws IOException {
        return Files.isDirectory(settings.folder())
                ? UploadFolder.open(settings).erase(account)
                : 0;
    }

    /**
     * Opens the folder of the files, on another thread. While that fails, uploads are refused.
     *
     * @param dispatcher the name of the one that the streams run on
     * @param access tells whose upload it is
     * @param web the settings of the moment: which pages of other sites may upload
     */
    public Uploads(
            ActorSystem<?> system,
            String dispatcher,
            UploadSettings settings,
            Supplier<WebSettings> web,
            UploadAccess access) {
        this.system = system;
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.access = access;
        this.web = web;
        this.blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
        this.folder = CompletableFuture.supplyAsync(this::open, blocking);
        system.scheduler()
                .scheduleAtFixedRate(
                        EXPIRY_INTERVAL,
                        EXPIRY_INTERVAL,
                        () -> folder().thenAccept(open -> open.expire(Instant.now())),
                        system.dispatchers().lookup(DispatcherSelector.blocking()));
    }

    /** If the folder could not be opened, this tries again, at most once in an interval. */
    private CompletionStage<UploadFolder> folder() {
        if (folder.isCompletedExceptionally()) {
            synchronized (this) {
                if (folder.isCompletedExceptionally() && System.nanoTime() - openedAt > REOPEN_INTERVAL.toNanos()) {
                    openedAt = System.nanoTime();
                    folder = CompletableFuture.supplyAsync(this::open, blocking);
                }
            }
        }
        return folder;
    }

    private UploadFolder open() {
        try {
            return UploadFolder.open(settings);
        } catch (IOException e) {
            LOG.error(
                    "files cannot be uploaded: {} (teahouse.web.uploads.path) cannot be used: {}",
                    settings.folder(),
                    e.toString());
            throw new CompletionException(e);
        }
    }

    /** Whether a request is about uploads. */
    static boolean isFor(HttpRequest request) {
        String path = request.getUri().path();
        return path.equals(UPLOAD) || path.startsWith(FILES);
    }

    /** The answer to such a request where there are no uploads. */
    static HttpResponse areOff() {
        return text(404, "files cannot be uploaded here (teahouse.web.uploads.enabled)");
    }

    /** Answers a request that {@link #isFor} knows. No returned stage fails. */
    CompletionStage<HttpResponse> answer(HttpRequest request, InetAddress from) {
        CompletionStage<HttpResponse> answer;
        if (request.getUri().path().startsWith(FILES)) {
            discard(request);
            answer = serve(request);
        } else if (request.method().equals(HttpMethods.POST)) {
            answer = upload(request, from);
        } else {
            discard(request);
            answer = CompletableFuture.completedFuture(options(request));
        }
        return answer.exceptionally(failure -> {
            LOG.warn("an upload failed: {}", String.valueOf(failure.getCause()));
            return text(503, "files cannot be uploaded just now");
        });
    }

    private void discard(HttpRequest request) {
        request.entity()
                .withSizeLimit(settings.maxBytes())
                .getDataBytes()
                .to(Sink.ignore())
                .addAttributes(ActorAttributes.dispatcher(dispatcher))
                .run(system);
    }

    // Uploading

    private HttpResponse options(HttpRequest request) {
        if (!request.method().equals(HttpMethods.OPTIONS)) {
            return text(405, "only POST and OPTIONS are allowed here")
                    .addHeader(RawHeader.create("Allow", "OPTIONS, POST"));
        }
        HttpResponse response = HttpResponse.create()
                .withStatus(204)
                .addHeaders(SAFE)
                .addHeader(RawHeader.create("Allow", "OPTIONS, POST"))
                .addHeader(RawHeader.create("Accept-Post", accepted()))
                .addHeader(RawHeader.create("Teahouse-Max-Bytes", Long.toString(settings.maxBytes())));
        return shared(request, response);
    }

    private String accepted() {
        return settings.types().contains("*") ? "*/*" : String.join(", ", settings.types());
    }

    /** Lets pages of the listed origins read the answer. */
    private HttpResponse shared(HttpRequest request, HttpResponse response) {
        Optional<String> origin = value(request, "origin");
        boolean isListed = origin.filter(each -> new Origins(web.get().origins())
                        .allow(List.of(each), value(request, "host").orElse("")))
                .isPresent();
        return isListed
                ? response.addHeader(RawHeader.create("Access-Control-Allow-Origin", origin.get()))
                        .addHeader(RawHeader.create("Access-Control-Allow-Methods", "OPTIONS, POST"))
                        .addHeader(RawHeader.create(
                                "Access-Control-Allow-Headers", "Authorization, Content-Type, Content-Disposition"))
                        .addHeader(RawHeader.create("Access-Control-Expose-Headers", "Location"))
                        .addHeader(RawHeader.create("Vary", "Origin"))
                : response;
    }

    private CompletionStage<HttpResponse> upload(HttpRequest request, InetAddress from) {
        request.getHeader(TimeoutAccess.class)
                .ifPresent(
                        header -> header.timeoutAccess().updateTimeout(DurationConverters.toScala(settings.timeout())));
        String type = request.entity().getContentType().mediaType().toString().toLowerCase(Locale.ROOT);
        OptionalLong length = request.entity().getContentLengthOption();
        if (!settings.allows(type)) {
            return refuse(
                    request,
                    text(415, "files of that type cannot be uploaded here")
                            .addHeader(RawHeader.create("Accept-Post", accepted())));
        } else if (length.orElse(0) > settings.maxBytes()) {
            return refuse(request, tooLarge());
        }
        return authenticate(request, from).thenCompose(answer -> {
            if (answer instanceof UploadAccess.Allowed allowed) {
                return folder().thenCompose(open -> store(request, open, allowed.account(), type, length));
            }
            return refuse(request, refusal((UploadAccess.Refused) answer));
        });
    }

    /** The rest of the file is not read, which ends the connection: another request on it would get no answer. */
    private HttpResponse tooLarge() {
        return text(413, "a file may have at most " + settings.maxBytes() + " bytes")
                .addHeader(Connection.create("close"));
    }

    private static HttpResponse refusal(UploadAccess.Refused refused) {
        HttpResponse response = text(refused.status(), refused.why());
        return refused.status() == 401 ? response.addHeader(RawHeader.create("WWW-Authenticate", "Bearer")) : response;
    }

    private CompletionStage<HttpResponse> refuse(HttpRequest request, HttpResponse response) {
        discard(request);
        return CompletableFuture.completedFuture(shared(request, response));
    }

    private CompletionStage<UploadAccess.Answer> authenticate(HttpRequest request, InetAddress from) {
        Optional<String> header = value(request, "authorization");
        Optional<String> token = BearerToken.of(header);
        if (token.isPresent()) {
            return access.byToken(token.get(), from);
        }
        String given = header.orElse("");
        if (given.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            String pair = decoded(given.substring(BASIC.length()).strip());
            int colon = pair.indexOf(':');
            if (colon > 0) {
                return access.byPassword(pair.substring(0, colon), pair.substring(colon + 1), from);
            }
        }
        return CompletableFuture.completedFuture(new UploadAccess.Refused(401, "log in to upload files"));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private CompletionStage<HttpResponse> store(
            HttpRequest request, UploadFolder open, String account, String type, OptionalLong length) {
        Optional<UploadFolder.PendingUpload> pending = open.reserve(account, length.orElse(settings.maxBytes()));
        if (pending.isEmpty()) {
            return refuse(request, text(507, "there is no space left for your files"));
        }
        return request.entity()
                .withSizeLimit(settings.maxBytes())
                .getDataBytes()
                .toMat(FileIO.toPath(pending.get().path()), Keep.right()) // which has a thread of its own
                .addAttributes(ActorAttributes.dispatcher(dispatcher))
                .run(system)
                .thenApplyAsync(written -> finish(request, open, pending.get(), type, written), blocking)
                .exceptionallyAsync(failure -> fail(request, open, pending.get(), failure), blocking);
    }

    private HttpResponse finish(
            HttpRequest request, UploadFolder open, UploadFolder.PendingUpload pending, String type, IOResult written) {
        try {
            Optional<FileType> picture = FileType.of(UploadFolder.head(pending));
            boolean isWhatItSays = picture.map(FileType::type).equals(Optional.of(type))
                    || (picture.isEmpty() && FileType.named(type).isEmpty());
            if (!isWhatItSays || written.getCount() == 0) {
                open.abort(pending);
                return shared(request, text(415, "that is not a file of the type that it claims to be"));
            }
            UploadFolder.Stored stored =
                    open.commit(pending, picture.map(FileType::extension).orElse("bin"));
            LOG.info("file uploaded: {}, {} bytes", stored.name(), stored.size());
            HttpResponse created = text(201, settings.url() + FILES + stored.name())
                    .addHeader(RawHeader.create("Location", settings.url() + FILES + stored.name()));
            return shared(request, created);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private HttpResponse fail(
            HttpRequest request, UploadFolder open, UploadFolder.PendingUpload pending, Throwable failure) {
        open.abort(pending);
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (isTooLarge(failure)) {
            return shared(request, tooLarge());
        }
        LOG.info("an upload was not completed: {}", cause.toString());
        return shared(request, text(500, "the file could not be stored"));
    }

    /** The exception that a stream fails with is wrapped by whatever it passes. */
    private static boolean isTooLarge(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof EntityStreamSizeException) {
                return true;
            }
        }
        return false;
    }

    // Serving

    private CompletionStage<HttpResponse> serve(HttpRequest request) {
        if (!request.method().equals(HttpMethods.GET) && !request.method().equals(HttpMethods.HEAD)) {
            return CompletableFuture.completedFuture(
                    text(405, "only GET and HEAD are allowed here").addHeader(RawHeader.create("Allow", "GET, HEAD")));
        }
        String name = request.getUri().path().substring(FILES.length());
        return folder().thenApply(open -> open.find(name, Instant.now()))
                .thenApply(found -> found.map(Uploads::file).orElseGet(() -> text(404, "not found")));
    }

    private static HttpResponse file(UploadFolder.Stored file) {
        Optional<FileType> picture = FileType.withExtension(file.extension());
        String type = picture.map(FileType::type).orElse("application/octet-stream");
        String how = picture.isPresent() ? "inline" : "attachment";
        List<HttpHeader> headers = new ArrayList<>(SAFE);
        headers.add(RawHeader.create("Content-Disposition", how + "; filename=\"" + file.name() + "\""));
        headers.add(RawHeader.create("Cache-Control", "public, max-age=3600"));
        return HttpResponse.create()
                .addHeaders(headers)
                .withEntity(HttpEntities.create(ContentTypes.parse(type), file.size(), FileIO.fromPath(file.path())));
    }

    private static HttpResponse text(int status, String text) {
        return HttpResponse.create()
                .withStatus(status)
                .withEntity(ContentTypes.TEXT_PLAIN_UTF8, text + "\n")
                .addHeaders(SAFE);
    }

    private static Optional<String> value(HttpRequest request, String name) {
        return request.getHeader(name).map(HttpHeader::value);
    }
}
