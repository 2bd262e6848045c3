package io.teahouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.teahouse.account.HashedToken;
import io.teahouse.admin.AdminSettings;
import io.teahouse.admin.AdminToken;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminSettingsTest {
    private static Config with(String... lines) {
        return ConfigFactory.parseString("teahouse.admin { enabled = on }\n" + String.join("\n", lines))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }

    private static AdminSettings admin(String... lines) throws WrongSettings {
        return Settings.from(with(lines)).admin().orElseThrow();
    }

    private static List<String> problems(String... lines) {
        return catchThrowableOfType(WrongSettings.class, () -> Settings.from(with(lines)))
                .problems();
    }

    @Test
    void theDefaultsReachThisMachineOnlyAndHaveNoToken() throws WrongSettings {
        assertThat(Settings.from(ConfigFactory.defaultReference().resolve()).admin())
                .isEmpty();
        AdminSettings admin = admin();
        assertThat(admin.host()).isEqualTo("127.0.0.1");
        assertThat(admin.port()).isEqualTo(8081);
        assertThat(admin.tokens()).isEmpty();
        assertThat(admin.certificate()).isEmpty();
    }

    @Test
    void otherMachinesNeedTlsUnlessASettingSaysOtherwise() throws WrongSettings {
        assertThat(problems("teahouse.admin.host = \"0.0.0.0\""))
                .singleElement(STRING)
                .contains("teahouse.admin.host", "teahouse.irc.tls-certificate", "teahouse.admin.tls = off");
        assertThat(admin("teahouse.admin { host = \"0.0.0.0\", tls = off }").host())
                .isEqualTo("0.0.0.0");
        assertThat(admin("teahouse.admin.host = \"::1\"").host()).isEqualTo("::1");
        assertThat(problems("teahouse.admin.tls = on"))
                .singleElement(STRING)
                .contains("teahouse.admin.tls", "teahouse.irc.tls-certificate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tokens = [ { name = a, token = \"\", privileges = [] } ]",
                "tokens = [ { name = a, token = \"sha256:12\", privileges = [] } ]",
                "tokens = [ { name = a, token = \"the hidden token\", privileges = [ all ] } ]",
                "tokens = [ { name = a, token = \"the hidden token\" } ]",
                "tokens = [ { name = \"\", token = \"the hidden token\", privileges = [] } ]",
                "tokens = [ { name = a, token = \"the hidden token\", privileges = [] }, { name = a, token = \"the hidden token\", privileges = [] } ]",
                "tokens = [ hidden ]",
                "token = \"sha256:hidden\"",
                "token = \"hidden, 15 char\"",
                "tokens = [ { name = a, token = hidden, privileges = [] } ]",
            })
    void aTokenThatCannotWorkIsRefusedAndNotShown(String wrong) {
        assertThat(problems("teahouse.admin { " + wrong + " }"))
                .singleElement(STRING)
                .contains("teahouse.admin.token")
                .doesNotContain("hidden");
    }

    @Test
    void aHashInCapitalsIsTheSame() {
        String hash = HashedToken.hash("a token in plain text");
        assertThat(AdminToken.of(
                        "a", "sha256:" + hash.substring(7).toUpperCase(java.util.Locale.ROOT), java.util.Set.of()))
                .isEqualTo(AdminToken.of("a", "a token in plain text", java.util.Set.of()));
    }
}
