package io.teahouse;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's log: standard error, one line an event, and never a control character, since some of what is logged
 * comes from clients. It is written by a thread of its own, and drops rather than delays. Set up in code, which starts a
 * quarter of a second sooner than a file of XML; {@code -Dlogback.configurationFile} replaces it.
 */
final class ServerLog {
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{0}"
            + " %replace(%msg){'[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]', '?'}%n"
            + "%replace(%rEx){'[\\p{Cntrl}\\u0080-\\u009f&&[^\\n\\t]]', '?'}";
    private static final String CONFIGURATION = "logback.configurationFile";
    private static final int QUEUE = 8192;

    private ServerLog() {}

    /** What is wrong with the operator's own configuration; Logback would write everything to standard output. */
    static Optional<String> problem() {
        String named = System.getProperty(CONFIGURATION);
        boolean found = named == null
                || (Files.isReadable(Path.of(named)) && Files.isRegularFile(Path.of(named)))
                || named.contains(":") // a URL
                || ServerLog.class.getClassLoader().getResource(named) != null;
        return found
                ? Optional.empty()
                : Optional.of("-D" + CONFIGURATION + " names " + named + ", which is no file that can be read");
    }

    /** Sets it up, unless the operator has a configuration of their own. */
    static void start() {
        start(Level.INFO);
    }

    /** For the other tools of the jar: only what is wrong is told. */
    static void startForTools() {
        start(Level.WARN);
    }

    private static void start(Level level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                && System.getProperty(CONFIGURATION) == null) {
            context.reset();
            PatternLayoutEncoder encoder = new PatternLayoutEncoder();
            encoder.setContext(context);
            encoder.setPattern(PATTERN);
            encoder.setCharset(StandardCharsets.UTF_8);
            encoder.start();
            ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
            stderr.setContext(context);
            stderr.setTarget("System.err");
            stderr.setEncoder(encoder);
            stderr.start();
            AsyncAppender async = new AsyncAppender();
            async.setContext(context);
            async.setQueueSize(QUEUE);
            async.setNeverBlock(true);
            async.addAppender(stderr);
            async.start();
            ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
            root.setLevel(level);
            root.addAppender(async);
            context.getLogger("org.sqlite").setLevel(Level.OFF); // what goes wrong is thrown as well
            context.getLogger("org.flywaydb").setLevel(Level.WARN);
            context.getLogger("akka.io.TcpListener").setLevel(Level.OFF); // the server says itself why it cannot listen
        }
    }

    /** Writes what is still in the queue. */
    static void stop() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }
}
