package io.teahouse.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * What the server logs while this is open. It is a filter that lets everything pass, not an appender: while another
 * thread logs, Logback may lose an appender that is added.
 */
public final class LogLines extends TurboFilter implements AutoCloseable {
    private record Line(Level level, String text) {}

    private final LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Level from;
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    public LogLines() {
        this(Level.INFO);
    }

    public LogLines(Level from) {
        this.from = from;
        start();
        logback.addTurboFilter(this);
    }

    /** @param format null: the logger is only asked whether it is enabled */
    @Override
    public FilterReply decide(Marker marker, Logger logger, Level level, String format, Object[] params, Throwable t) {
        if (format != null && level.isGreaterOrEqual(from) && logger.getName().startsWith("io.teahouse")) {
            lines.add(
                    new Line(level, MessageFormatter.arrayFormat(format, params).getMessage()));
        }
        return FilterReply.NEUTRAL;
    }

    public List<String> about(String text) {
        return lines.stream()
                .map(Line::text)
                .filter(line -> line.contains(text))
                .toList();
    }

    public List<String> atLeast(Level level) {
        return lines.stream()
                .filter(line -> line.level.isGreaterOrEqual(level))
                .map(Line::text)
                .toList();
    }

    @Override
    public void close() {
        logback.getTurboFilterList().remove(this);
    }
}
