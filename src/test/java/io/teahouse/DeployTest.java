package io.teahouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of {@code deploy}: their settings exist and are valid, and their ports, paths and times fit these settings. */
class DeployTest {
    private static final Path DEPLOY = Path.of("deploy");
    private static final String STORE = "jdbc:postgresql://store/tea?user=tea&password=tea";

    /** How long the server may take to stop besides sending its clients away. */
    private static final Duration STOP = Duration.ofSeconds(10);

    private static List<Map<String, Object>> documents(String file) throws IOException {
        List<Map<String, Object>> documents = new ArrayList<>();
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        for (Object each : yaml.loadAll(Files.readString(DEPLOY.resolve(file)))) {
            documents.add(map(each));
        }
        return documents;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** The value at this path, whose steps are keys, or the numbers of elements. */
    private static Object at(Object value, Object... path) {
        Object here = value;
        for (Object step : path) {
            here = step instanceof Integer number
                    ? ((List<?>) here).get(number)
                    : map(here).get(step);
            assertThat(here).as("at " + step).isNotNull();
        }
        return here;
    }

    private static Map<String, Object> kind(String kind) throws IOException {
        return documents("kubernetes.yaml").stream()
                .filter(each -> kind.equals(each.get("kind")))
                .findFirst()
                .orElseThrow();
    }

    /** What the server reads, valid and without unknown names. */
    private static Config settings(String text, Map<String, String> environment) throws WrongSettings {
        Config above = ConfigFactory.parseString(text).withFallback(ConfigFactory.parseMap(environment));
        Config all = above.withFallback(ConfigFactory.defaultReference()).resolve();
        assertThat(Settings.from(all).cluster()).isPresent();
        assertThat(UnknownSettings.in(all)).isEmpty();
        return all;
    }

    private static Config kubernetes() throws IOException, WrongSettings {
        String text = (String) at(kind("ConfigMap"), "data", "teahouse.conf");
        return settings(text, Map.of("POD_IP", "10.0.0.7", "STORE_URL", STORE));
    }

    private static Object pod() throws IOException {
        return at(kind("StatefulSet"), "spec", "template", "spec");
    }

    private static Map<String, Integer> ports() throws IOException {
        Map<String, Integer> ports = new HashMap<>();
        for (Object each : (List<?>) at(pod(), "containers", 0, "ports")) {
            ports.put((String) at(each, "name"), (Integer) at(each, "containerPort"));
        }
        return ports;
    }

    @Test
    void thePortsOfAPodAreThoseOfItsSettings() throws IOException, WrongSettings {
        Config settings = kubernetes();
        assertThat(ports())
                .isEqualTo(Map.of(
                        "irc", settings.getInt("teahouse.irc.port"),
                        "web", settings.getInt("teahouse.web.port"),
                        "admin", settings.getInt("teahouse.admin.port"),
                        "cluster", settings.getInt("teahouse.cluster.port"),
                        "bootstrap", settings.getInt("teahouse.cluster.bootstrap.port")));
        Set<String> named = new TreeSet<>();
        for (Map<String, Object> each : documents("kubernetes.yaml")) {
            if (each.get("kind").equals("Service")) {
                for (Object port : (List<?>) at(each, "spec", "ports")) {
                    named.add((String) at(port, "targetPort"));
                }
            }
        }
        assertThat(ports()).containsKeys(named.toArray(String[]::new));
    }

    @Test
    void theProbesAskTheAdminPort() throws IOException {
        Map<String, String> paths = Map.of(
                "startupProbe", "/health/live", "livenessProbe", "/health/live", "readinessProbe", "/health/ready");
        for (Map.Entry<String, String> each : paths.entrySet()) {
            Object probe = at(pod(), "containers", 0, each.getKey(), "httpGet");
            assertThat(at(probe, "path")).isEqualTo(each.getValue());
            assertThat(at(probe, "port")).isEqualTo("admin");
        }
    }

    @Test
    void aPodHasTheTimeToSendItsClientsAway() throws IOException, WrongSettings {
        int wait = Integer.parseInt((String) at(pod(), "containers", 0, "lifecycle", "preStop", "exec", "command", 1));
        Duration needed = kubernetes()
                .getDuration("teahouse.cluster.drain.within")
                .plus(STOP)
                .plusSeconds(wait);
        assertThat(Duration.ofSeconds((Integer) at(pod(), "terminationGracePeriodSeconds")))
                .isGreaterThanOrEqualTo(needed);
    }

    @Test
    void theNodesFindEachOtherByTheirLabel() throws IOException, WrongSettings {
        assertThat(at(kind("StatefulSet"), "spec", "template", "metadata", "labels", "app"))
                .isEqualTo(kubernetes().getString("teahouse.cluster.bootstrap.service"));
        assertThat(at(kind("Role"), "rules", 0, "resources", 0)).isEqualTo("pods");
        assertThat(at(kind("Role"), "rules", 0, "verbs").toString()).contains("list");
        String account = (String) at(pod(), "serviceAccountName");
        assertThat(at(kind("ServiceAccount"), "metadata", "name")).isEqualTo(account);
        assertThat(at(kind("RoleBinding"), "subjects", 0, "name")).isEqualTo(account);
        assertThat(at(kind("RoleBinding"), "roleRef", "name")).isEqualTo(at(kind("Role"), "metadata", "name"));
    }

    @Test
    void onlyNodesReachThePortsBetweenNodes() throws IOException {
        List<?> rules = (List<?>) at(kind("NetworkPolicy"), "spec", "ingress");
        Set<Object> open = rules.stream()
                .filter(rule -> !map(rule).containsKey("from"))
                .flatMap(rule -> ((List<?>) at(rule, "ports")).stream())
                .map(port -> at(port, "port"))
                .collect(Collectors.toSet());
        assertThat(open).isEqualTo(Set.of("irc", "web"));
    }

    @Test
    void eachNodeOfTheComposeFileHasItsSettings() throws IOException, WrongSettings {
        Map<String, Object> services = map(at(documents("compose.yaml").get(0), "services"));
        String text = Files.readString(DEPLOY.resolve("compose.conf"));
        Set<String> nodes = new TreeSet<>();
        for (String name : services.keySet()) {
            if (!name.startsWith("node")) {
                continue;
            }
            Object node = services.get(name);
            Map<String, String> environment = new HashMap<>();
            map(at(node, "environment")).forEach((key, value) -> environment.put(key, (String) value));
            Config settings = settings(text, environment);
            nodes.add(settings.getString("teahouse.cluster.host") + ":" + settings.getInt("teahouse.cluster.port"));
            assertThat(environment.get("NODE")).isEqualTo(name);
            assertThat((List<?>) at(node, "ports"))
                    .map(Object::toString)
                    .anyMatch(port -> port.endsWith(":" + settings.getInt("teahouse.irc.port")))
                    .anyMatch(port -> port.endsWith(":" + settings.getInt("teahouse.web.port")));
            assertThat(at(node, "healthcheck", "test").toString())
                    .contains("127.0.0.1:" + settings.getInt("teahouse.admin.port") + "/health/ready");
            Duration grace = Duration.parse("PT" + at(node, "stop_grace_period"));
            assertThat(grace)
                    .isGreaterThanOrEqualTo(settings.getDuration("teahouse.cluster.drain.within")
                            .plus(STOP));
            assertThat(settings.getStringList("teahouse.cluster.seed-nodes")).hasSize(3);
        }
        assertThat(nodes)
                .containsExactlyElementsOf(new TreeSet<>(settings(text, Map.of("NODE", "node1", "STORE_URL", STORE))
                        .getStringList("teahouse.cluster.seed-nodes")));
    }
}
