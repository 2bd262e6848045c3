package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;

/** Watches the log for clients that failed. Bad input must not be a failure, though only its sender would notice. */
final class FailedClients implements AutoCloseable {
    private final LogLines log = new LogLines(Level.ERROR);

    void expectNone() {
        assertThat(log.about("failed")).isEmpty();
    }

    @Override
    public void close() {
        log.close();
    }
}
