package io.teahouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import akka.actor.Address;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.teahouse.cluster.ClusterSettings;
import io.teahouse.cluster.DrainSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSettingsTest {
    private static final String STORE =
            "teahouse.store { kind = postgresql, url = \"jdbc:postgresql://127.0.0.1/tea\" }";

    private static Config with(String... lines) {
        return ConfigFactory.parseString(STORE + "\nteahouse.cluster.enabled = on\n" + String.join("\n", lines));
    }

    private static Config all(String... lines) {
        return with(lines).withFallback(ConfigFactory.defaultReference()).resolve();
    }

    private static ClusterSettings cluster(String... lines) throws WrongSettings {
        return Settings.from(all(lines)).cluster().orElseThrow();
    }

    private static List<String> problems(String... lines) {
        return catchThrowableOfType(WrongSettings.class, () -> Settings.from(all(lines)))
                .problems();
    }

    /** What Akka is given. */
    private static Config akka(String... lines) {
        Config above = with(lines);
        return above.withFallback(Configuration.below(above)).resolve();
    }

    @Test
    void aServerIsAloneByDefault() throws WrongSettings {
        assertThat(Settings.from(ConfigFactory.defaultReference().resolve()).cluster())
                .isEmpty();
        Config akka = Configuration.below(ConfigFactory.empty()).resolve();
        assertThat(akka.getString("akka.actor.provider")).isEqualTo("local");
        assertThat(akka.hasPath("teahouse-cluster-dispatcher")).isFalse();
    }

    @Test
    void theDefaultsReachThisMachineOnly() throws WrongSettings {
        assertThat(cluster())
                .isEqualTo(new ClusterSettings(
                        "127.0.0.1",
                        2551,
                        "127.0.0.1",
                        2551,
                        List.of(),
                        false,
                        new DrainSettings(1250, Duration.ofSeconds(20), Duration.ofSeconds(1)),
                        Duration.ofSeconds(30),
                        4 << 20));
        Config akka = akka();
        assertThat(akka.getString("akka.actor.provider")).isEqualTo("cluster");
        assertThat(akka.getString("akka.remote.artery.canonical.hostname")).isEqualTo("127.0.0.1");
        assertThat(akka.getInt("akka.remote.artery.canonical.port")).isEqualTo(2551);
        assertThat(akka.getString("akka.remote.artery.transport")).isEqualTo("tcp");
    }

    @Test
    void anOperatorMayOverrideTheSettingsOfAkka() {
        assertThat(akka("akka.cluster.split-brain-resolver.stable-after = 7 s")
                        .getDuration("akka.cluster.split-brain-resolver.stable-after"))
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aSeedNodeIsAHostAndAPort() throws WrongSettings {
        assertThat(cluster(
                                "teahouse.cluster.seed-nodes = [ \"127.0.0.1:2551\", \"tea-1.example.org:17\", \"[::1]:2551\" ]")
                        .seedNodes())
                .containsExactly(
                        new Address("akka", "teahouse", "127.0.0.1", 2551),
                        new Address("akka", "teahouse", "tea-1.example.org", 17),
                        new Address("akka", "teahouse", "[::1]", 2551));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                ":2551",
                "127.0.0.1:",
                "127.0.0.1:0",
                "127.0.0.1:65536",
                "a b:1",
                "t@h:1",
                "::1:2551",
                "[::x]:1"
            })
    void anythingElseIsRefused(String node) {
        assertThat(problems("teahouse.cluster.seed-nodes = [ \"" + node + "\" ]"))
                .singleElement(STRING)
                .contains("teahouse.cluster.seed-nodes", node, "127.0.0.1:2551");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.0.0.0", "::", "a b", "127.0.0.1:2551", "::x"})
    void aHostThatNoNodeCouldReachIsRefused(String host) {
        assertThat(problems("teahouse.cluster { host = \"" + host + "\", allow-plain = on }"))
                .singleElement(STRING)
                .contains("teahouse.cluster.host");
    }

    @Test
    void aNodeMayListenElsewhereThanTheOthersReachIt() throws WrongSettings {
        String elsewhere = "teahouse.cluster { host = 192.0.2.7, port = 17, bind-host = 0.0.0.0, bind-port = 2551 }";
        ClusterSettings cluster = cluster(elsewhere, "teahouse.cluster.allow-plain = on");
        assertThat(cluster.bindHost()).isEqualTo("0.0.0.0");
        assertThat(cluster.bindPort()).isEqualTo(2551);
        Config artery = akka(elsewhere).getConfig("akka.remote.artery");
        assertThat(artery.getString("canonical.hostname")).isEqualTo("192.0.2.7");
        assertThat(artery.getInt("canonical.port")).isEqualTo(17);
        assertThat(artery.getString("bind.hostname")).isEqualTo("0.0.0.0");
        assertThat(artery.getInt("bind.port")).isEqualTo(2551);
        assertThat(akka().getString("akka.remote.artery.bind.port")).isEmpty();
    }

    @Test
    void listeningToOtherMachinesNeedsTlsToo() {
        assertThat(problems("teahouse.cluster.bind-host = 0.0.0.0"))
                .singleElement(STRING)
                .contains("teahouse.cluster.bind-host", "teahouse.cluster.tls");
        assertThat(problems("teahouse.cluster { bind-host = \"a b\", allow-plain = on }"))
                .singleElement(STRING)
                .contains("teahouse.cluster.bind-host", "auto");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"::1\"", "\"[::1]\""})
    void theHostMayBeAnIpv6Address(String host) throws WrongSettings {
        assertThat(cluster("teahouse.cluster.host = " + host).host()).contains("::1");
    }

    @Test
    void nodesMayFindEachOtherByKubernetesOrDns() throws WrongSettings {
        assertThat(cluster("teahouse.cluster.discovery = dns").isDiscovered()).isTrue();
        Config akka = akka("teahouse.cluster { discovery = kubernetes, bootstrap { service = tea, port = 17 } }");
        assertThat(akka.getStringList("akka.extensions"))
                .containsExactly("akka.management.cluster.bootstrap.ClusterBootstrap");
        assertThat(akka.getInt("akka.management.http.port")).isEqualTo(17);
        Config found = akka.getConfig("akka.management.cluster.bootstrap.contact-point-discovery");
        assertThat(found.getString("discovery-method")).isEqualTo("kubernetes-api");
        assertThat(found.getString("effective-name")).isEqualTo("tea");
        assertThat(akka().getStringList("akka.extensions")).isEmpty();
    }

    @Test
    void thePortForTheirQuestionsIsForThisMachineUnlessASettingSaysOtherwise() throws WrongSettings {
        String open = "teahouse.cluster { discovery = dns, bootstrap.host = 192.0.2.7 }";
        assertThat(problems(open))
                .singleElement(STRING)
                .contains("teahouse.cluster.bootstrap.host", "teahouse.cluster.bootstrap.allow-remote = on");
        assertThat(cluster(open, "teahouse.cluster.bootstrap.allow-remote = on").isDiscovered())
                .isTrue();
        assertThat(problems("teahouse.cluster { discovery = dns, seed-nodes = [ \"127.0.0.1:2551\" ] }"))
                .singleElement(STRING)
                .contains("teahouse.cluster.seed-nodes", "discovery = seed-nodes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "memory"})
    void theNodesNeedOneDatabase(String kind) {
        assertThat(problems("teahouse.store.kind = " + kind))
                .singleElement(STRING)
                .contains("teahouse.store.kind", kind, "needs store.kind = postgresql");
    }

    @Test
    void otherMachinesNeedTlsUnlessASettingSaysOtherwise() throws WrongSettings {
        assertThat(problems("teahouse.cluster.host = 192.0.2.7"))
                .singleElement(STRING)
                .contains("teahouse.cluster.host", "teahouse.cluster.tls", "teahouse.cluster.allow-plain = on");
        assertThat(cluster("teahouse.cluster { host = 192.0.2.7, allow-plain = on }")
                        .host())
                .isEqualTo("192.0.2.7");
    }

    @Test
    void settingsOfAClusterThatIsOffAreCheckedButNotNeeded() throws WrongSettings {
        assertThat(Settings.from(all("teahouse.cluster.enabled = off", "teahouse.store.kind = memory"))
                        .cluster())
                .isEmpty();
        assertThat(problems("teahouse.cluster { enabled = off, port = 65536 }"))
                .singleElement(STRING)
                .contains("teahouse.cluster.port", "0 to 65535");
    }
}
