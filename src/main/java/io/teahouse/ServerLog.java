package io.teahouse;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.pattern.RootCauseFirstThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's log: standard error, one line per event. Characters that could imitate or corrupt lines are escaped, because some of
 * the text comes from clients. A thread of its own writes the log; under overload it drops events and delays nobody. The log is set up in code,
 * which makes the start a quarter of a second faster than a file in XML; {@code -Dlogback.configurationFile} replaces it.
 */
final class ServerLog {
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{0} %safeMessage%n%safeException";
    private static final String CONFIGURATION = "logback.configurationFile";
    private static final String ASYNC = "async";
    private static final String STDERR = "stderr";
    private static final int QUEUE = 8192;
    private static final HexFormat HEX = HexFormat.of();

    /** What the server logs by itself, and more than once. */
    private static final Map<String, Level> QUIET = Map.of(
            "org.sqlite",
            Level.OFF, // failures are thrown as well
            "org.flywaydb",
            Level.WARN,
            "akka.io.TcpListener",
            Level.OFF, // the server itself reports why it cannot listen
            "akka.remote",
            Level.WARN,
            "akka.cluster.sbr",
            Level.WARN, // its decisions
            "akka.stream.Materializer",
            Level.ERROR); // connections to nodes that are gone

    /** The log, if it was set up here and not by the operator or an application. */
    private static volatile Optional<LoggerContext> own = Optional.empty();

    private ServerLog() {}

    /** What is wrong with the operator's own configuration. Without this check, Logback would write everything to standard output. */
    static Optional<String> problem() {
        String named = System.getProperty(CONFIGURATION);
        boolean found = named == null
                || (Files.isReadable(Path.of(named)) && Files.isRegularFile(Path.of(named)))
                || named.contains(":") // a URL
                || ServerLog.class.getClassLoader().getResource(named) != null;
        return found
                ? Optional.empty()
                : Optional.of("-D" + CONFIGURATION + " names " + named + ", which is not a readable file");
    }

    /** Sets up the log, unless the operator has a configuration of their own. */
    static void start() {
        start(Level.INFO);
    }

    /** Sets up the log for the tools of the jar: warnings and errors only. */
    static void startForTools() {
        start(Level.WARN);
    }

    private static void start(Level level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                && System.getProperty(CONFIGURATION) == null) {
            context.reset();
            ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
            stderr.setContext(context);
            stderr.setName(STDERR);
            stderr.setTarget("System.err");
            stderr.setEncoder(encoder(context, LogSettings.Format.TEXT));
            stderr.start();
            AsyncAppender async = new AsyncAppender();
            async.setContext(context);
            async.setName(ASYNC);
            async.setQueueSize(QUEUE);
            async.setNeverBlock(true);
            async.addAppender(stderr);
            async.start();
            ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
            root.setLevel(level);
            root.addAppender(async);
            QUIET.forEach((name, quiet) -> context.getLogger(name).setLevel(quiet));
            own = Optional.of(context);
        }
    }

    /** Logs in that format from now on, and from these levels on; see {@link #levels}. */
    static void use(LogSettings settings) {
        levels(settings);
        own.filter(context -> settings.format() != LogSettings.Format.TEXT).ifPresent(context -> {
            Appender<ILoggingEvent> async =
                    context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(ASYNC);
            if (async instanceof AsyncAppender queue
                    && queue.getAppender(STDERR) instanceof ConsoleAppender<ILoggingEvent> stderr) {
                stderr.stop();
                stderr.setEncoder(encoder(context, settings.format()));
                stderr.start();
            }
        });
    }

    /** Logs from these levels on from now on. Does nothing in an application, or if the operator has a configuration of their own. */
    static void levels(LogSettings settings) {
        own.ifPresent(context -> levels(context, settings));
    }

    static void levels(LoggerContext context, LogSettings settings) {
        for (ch.qos.logback.classic.Logger logger : context.getLoggerList()) {
            boolean isRoot = logger.getName().equals(Logger.ROOT_LOGGER_NAME);
            logger.setLevel(isRoot ? logback(settings.level()) : QUIET.get(logger.getName()));
        }
        settings.levels().forEach((name, level) -> context.getLogger(name).setLevel(logback(level)));
    }

    private static Level logback(LogSettings.Level level) {
        return Level.toLevel(level.name());
    }

    /** Writes events as lines. */
    static Encoder<ILoggingEvent> encoder(LoggerContext context, LogSettings.Format format) {
        return switch (format) {
            case TEXT -> text(context);
            case PAIRS -> pairs(context);
            case JSON -> json(context);
        };
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithMarkers(false);
        encoder.setWithKVPList(false);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> pairs(LoggerContext context) {
        PairsLayout layout = new PairsLayout();
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        PatternLayout.DEFAULT_CONVERTER_SUPPLIER_MAP.put("safeMessage", SafeMessage::new);
        PatternLayout.DEFAULT_CONVERTER_SUPPLIER_MAP.put("safeException", SafeException::new);
        encoder.setPattern(PATTERN);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();
        return encoder;
    }

    /** Writes what is still in the queue. */
    static void stop() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }

    /**
     * Escapes each character that moves the cursor, ends a line, changes the writing direction
     * or is invisible, such as {@code \u202e}.
     */
    static String escape(String text) {
        return text.codePoints().noneMatch(ServerLog::isUnsafe) ? text : escaped(text);
    }

    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (!isUnsafe(c)) {
                safe.appendCodePoint(c);
            } else if (Character.isBmpCodePoint(c)) {
                safe.append("\\u").append(HEX.toHexDigits((char) c));
            } else {
                safe.append("\\U").append(HEX.toHexDigits(c));
            }
        });
        return safe.toString();
    }

    private static boolean isUnsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            default -> c == 0x034F || c == 0x115F || c == 0x1160 || c == 0x2800 || c == 0x3164 || c == 0xFFA0;
        };
    }

    private static final class SafeMessage extends MessageConverter {
        @Override
        public String convert(ILoggingEvent event) {
            StringBuilder line = new StringBuilder(super.convert(event));
            event.getMDCPropertyMap()
                    .forEach((key, value) ->
                            line.append(' ').append(key).append('=').append(value));
            return escape(line.toString());
        }
    }

    /** Keeps the lines of a stack trace, indented so that none looks like the start of an event. */
    private static final class SafeException extends RootCauseFirstThrowableProxyConverter {
        @Override
        public String convert(ILoggingEvent event) {
            StringBuilder safe = new StringBuilder();
            super.convert(event)
                    .lines()
                    .forEach(line -> safe.append("    ")
                            .append(escape(line.replace("\t", "    ")))
                            .append(System.lineSeparator()));
            return safe.toString();
        }
    }
}
