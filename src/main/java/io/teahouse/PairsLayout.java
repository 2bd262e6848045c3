package io.teahouse;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.util.Locale;

/** One line per event, of {@code key=value} pairs as logfmt has them; values with other characters than those of words are in quotes. */
final class PairsLayout extends LayoutBase<ILoggingEvent> {
    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(128);
        pair(line, "time", Instant.ofEpochMilli(event.getTimeStamp()).toString());
        pair(line, "level", event.getLevel().toString().toLowerCase(Locale.ROOT));
        pair(line, "logger", event.getLoggerName());
        pair(line, "msg", event.getFormattedMessage());
        event.getMDCPropertyMap().forEach((key, value) -> pair(line, key, value));
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            pair(line, "error", thrown.getClassName() + ": " + thrown.getMessage());
            pair(line, "stack", ThrowableProxyUtil.asString(thrown));
        }
        return line.append(System.lineSeparator()).toString();
    }

    private static void pair(StringBuilder line, String key, String value) {
        if (!line.isEmpty()) {
            line.append(' ');
        }
        line.append(key).append('=');
        boolean isWord = !value.isEmpty()
                && value.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"' && c != '=' && c != '\\');
        line.append(isWord ? value : quoted(value));
    }

    private static String quoted(String value) {
        String marked = value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\r\n", "\\n")
                .replace("\n", "\\n")
                .replace("\t", "\\t");
        return '"' + ServerLog.escape(marked) + '"';
    }
}
