package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.teahouse.client.ClientActor;
import org.slf4j.LoggerFactory;

/** Watches the log for clients that failed. Bad input must not be a failure, though only its sender would notice. */
final class FailedClients implements AutoCloseable {
    private final Logger log = (Logger) LoggerFactory.getLogger(ClientActor.class);
    private final ListAppender<ILoggingEvent> seen = new ListAppender<>();

    FailedClients() {
        seen.start();
        log.addAppender(seen);
    }

    void expectNone() {
        assertThat(seen.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(message -> message.startsWith("failed"));
    }

    @Override
    public void close() {
        log.detachAppender(seen);
    }
}
