package io.teahouse.admin;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import io.teahouse.account.AccountSettings;
import io.teahouse.hook.HookSettings;
import io.teahouse.hook.HookTotals;
import io.teahouse.hook.IncomingHooks;
import io.teahouse.net.ForwardedPeer;
import io.teahouse.operator.Powers;
import io.teahouse.operator.Privilege;
import io.teahouse.operator.TestPowers;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.LocalUserDirectory;
import io.teahouse.user.NickRules;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AdminServerTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();
    private static final String DISPATCHER = "akka.actor.default-blocking-io-dispatcher";
    private static final AccountSettings.Pace OFTEN = new AccountSettings.Pace(1000, 1000);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String token = AdminToken.random();

    @AfterAll
    static void end() {
        AKKA.shutdownTestKit();
    }

    /** A server whose metrics cannot be read. */
    private String start() {
        AdminSettings settings = new AdminSettings(
                "127.0.0.1",
                0,
                Optional.empty(),
                List.of(AdminToken.of("boss", token, Privilege.all())),
                OFTEN,
                new ForwardedPeer(List.of(), false));
        AdminServer server = new AdminServer(
                AKKA.system(),
                DISPATCHER,
                settings,
                settings::tokens,
                new Health(() -> CompletableFuture.completedFuture(true), PATIENCE),
                () -> CompletableFuture.failedFuture(new IllegalStateException("a secret of the server")),
                new Powers(
                        TestPowers.services(new LocalUserDirectory(new NickRules(32, CaseMapping.ASCII, List.of())))),
                new IncomingHooks(AKKA.system(), new HookSettings.Receiving(OFTEN, OFTEN), new HookTotals()));
        return "http://127.0.0.1:"
                + server.listen()
                        .toCompletableFuture()
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join()
                        .getPort();
    }

    private HttpResponse<String> get(HttpClient client, String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .timeout(PATIENCE)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aFailureOfTheServerIsA500WithoutItsReasonAndTheServerGoesOn() throws IOException, InterruptedException {
        String url = start();
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<String> failed = get(client, url + "/metrics");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(failed.body()).isEqualTo("{\"error\":\"the server failed; its log says why\"}\n");
        assertThat(get(client, url + "/health/live").statusCode()).isEqualTo(200);
    }
}
