package io.teahouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.teahouse.operator.Reload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SettingsReloadTest {
    private static final Config STARTED = config("");

    private final AtomicReference<Config> file = new AtomicReference<>(STARTED);
    private final List<Settings> applied = new ArrayList<>();
    private final SettingsReload reload =
            new SettingsReload(STARTED, file::get, this::apply, SettingsReload.Totals.none());

    private List<String> apply(Settings settings) {
        applied.add(settings);
        return List.of();
    }

    private static Config config(String changed) {
        return ConfigFactory.parseString(changed)
                .withFallback(ConfigFactory.parseResources("teahouse-akka.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }

    private Reload.Result reload(String changed) throws Reload.Unusable {
        file.set(config(changed));
        return reload.run();
    }

    @Test
    void theResultSaysWhatHasTakenEffectAndWhatWaits() throws Reload.Unusable {
        Reload.Result result = reload("teahouse { irc.motd = hello, plain.port = 1, flood.burst = 7, nonsense = 1 }");
        assertThat(result.changed()).containsExactly("teahouse.flood.burst", "teahouse.irc.motd");
        assertThat(result.needRestart()).containsExactly("teahouse.plain.port");
        assertThat(result.unknown()).containsExactly("teahouse.nonsense");
        assertThat(result.text())
                .isEqualTo("changed: teahouse.flood.burst, teahouse.irc.motd; need a restart: teahouse.plain.port;"
                        + " unknown, ignored: teahouse.nonsense");
        assertThat(applied.get(0).connections().client().flood().burst()).isEqualTo(7);
    }

    @Test
    void whatWasChangedBeforeIsNotChangedAgain() throws Reload.Unusable {
        reload("teahouse.irc.motd = hello");
        assertThat(reload("teahouse.irc.motd = hello").text()).isEqualTo("nothing has changed");
        assertThat(reload("").changed()).containsExactly("teahouse.irc.motd");
    }

    @Test
    void whatNeedsARestartIsNamedUntilThen() throws Reload.Unusable {
        reload("teahouse.plain.port = 1");
        assertThat(reload("teahouse.plain.port = 1").needRestart()).containsExactly("teahouse.plain.port");
        assertThat(reload("").needRestart()).isEmpty();
    }

    @Test
    void programsThatPostNeedARestartIfTheAdminPortIsClosed() throws Reload.Unusable {
        Reload.Result result = reload("teahouse { admin.enabled = on, webhooks { rate-burst = 7,"
                + " incoming = [ { id = ci, room = tea, token = \"a token for the test\" } ] } }");
        assertThat(result.needRestart()).containsExactly("teahouse.admin.enabled", "teahouse.webhooks.incoming");
        assertThat(result.changed()).containsExactly("teahouse.webhooks.rate-burst");
    }

    @Test
    void wrongSettingsChangeNothing() {
        assertThatThrownBy(() -> reload("teahouse { irc.motd = hello, flood.burst = 0 }"))
                .isInstanceOf(Reload.Unusable.class)
                .hasMessageContaining("teahouse.flood.burst");
        assertThat(applied).isEmpty();
    }

    /** By SIGHUP and by operators. */
    @Test
    void ofSeveralAtOnceTheLastOneReadIsInEffect() throws InterruptedException {
        AtomicInteger reads = new AtomicInteger();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        SettingsReload slow = new SettingsReload(
                STARTED,
                () -> {
                    int number = reads.incrementAndGet();
                    if (number == 1) {
                        started.countDown();
                        await(released);
                    }
                    return config("teahouse.irc.network-name = Net" + number);
                },
                this::apply,
                SettingsReload.Totals.none());
        Thread first = new Thread(() -> run(slow));
        first.start();
        await(started);
        Thread second = new Thread(() -> run(slow));
        second.start();
        while (second.getState() != Thread.State.BLOCKED && second.isAlive()) {
            Thread.onSpinWait();
        }
        released.countDown();
        first.join();
        second.join();
        assertThat(applied.stream()
                        .map(each ->
                                each.irc().orElseThrow().dialect().identity().network()))
                .containsExactly("Net1", "Net2");
    }

    private static void run(SettingsReload reload) {
        try {
            reload.run();
        } catch (Reload.Unusable e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
