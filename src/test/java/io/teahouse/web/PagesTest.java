package io.teahouse.web;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import io.teahouse.net.ForwardedPeer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final WebSettings SETTINGS =
            new WebSettings(Set.of(), Set.of(), Set.of(), true, new ForwardedPeer(List.of(), false), LONG, LONG, LONG);

    private final ActorTestKit akka = ActorTestKit.create();

    @AfterEach
    void shutDown() {
        akka.shutdownTestKit();
    }

    @Test
    void theWarmUpAnswersARequestForThePageAsABrowserSendsIt() {
        Pages pages =
                new Pages(akka.system(), "akka.actor.default-blocking-io-dispatcher", () -> SETTINGS, Optional.empty());
        String answer = pages.warmUp()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join()
                .utf8String();
        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("<!doctype html>", "app/main.mjs");
    }
}
