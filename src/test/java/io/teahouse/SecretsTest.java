package io.teahouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors and reports about settings contain no password. In all cases here it is {@code geheim}. */
class SecretsTest {
    private static final String SECRET = "geheim";

    private static Config with(String line) {
        return ConfigFactory.parseString(line)
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "store { kind = postgresql, url = \"postgres://ann:geheim@host/db\" }",
                "store { kind = postgresql, url = [\"jdbc:postgresql://host/db?password=geheim\"] }",
                "store.path = \"jdbc:postgresql://host/db?user=ann&password=geheim\"",
                "store.kind = \"jdbc:postgresql://host/db?user=ann&password=geheim\"",
                "store.kind = \"host=db password=geheim\"",
                "irc.password = [geheim]",
                "irc.password = \"pbkdf2:geheim\"",
                "irc.operators = \"ann:geheim\"",
                "irc.operators = [geheim]",
                "irc.operators = { ann = geheim }",
                "irc.operators = [{ name = ann, pasword = geheim }]",
                "irc.operators = [{ name = [ann], password = geheim }]",
                "irc.operators = [{ name = ann, password = [geheim] }]",
                "irc.operators = [{ name = ann, password = geheim }, { name = ann, password = geheim }]",
                "limits.classes = [{ password = geheim }]"
            })
    void aWrongSettingIsNamedWithoutThePassword(String line) {
        assertThat(catchThrowableOfType(WrongSettings.class, () -> Settings.from(with("teahouse { " + line + " }")))
                        .getMessage())
                .startsWith("the setting teahouse.")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "teahouse.store.url = \"jdbc:postgresql://host/db?password=geheim",
                "teahouse.store.url = jdbc:postgresql://host/db?password=geheim",
                "teahouse.irc.password = geheim geheim : 'geheim'",
                "teahouse.irc.operators = [{ name = ann, password = geheim",
                "teahouse.irc.password = \"\"\"geheim",
                "teahouse.irc.password = \"geheim\\q\"",
                "teahouse.irc.password = ge'heim$geheim",
                "{ geheim"
            })
    void aFileThatCannotBeParsedIsNamedWithoutThePassword(String text, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("mine.conf"), text);
        System.setProperty("config.file", file.toString());
        try {
            assertThat(catchThrowable(() -> Settings.from(new Configuration().load())))
                    .hasNoCause()
                    .message()
                    .doesNotContain(SECRET, "heim");
        } finally {
            System.clearProperty("config.file");
        }
    }

    @Test
    void settingsAsTextHoldNoPassword() throws WrongSettings {
        Settings settings = Settings.from(with("teahouse { irc { password = geheim, operators = [{ name = ann,"
                + " password = geheim }] }, store.url = \"jdbc:postgresql://host/db?password=geheim\" }"));
        assertThat(settings.toString() + settings.store() + settings.irc()).doesNotContain(SECRET);
        assertThat(settings.irc().orElseThrow().dialect().access().operators().toString())
                .doesNotContain(SECRET);
    }

    @Test
    void ofAMessageOnlyWhatIsQuotedIsLeftOut() {
        assertThat(Secrets.withoutQuotes("x.conf: 3: got 'a b' for 'c' here")).isEqualTo("x.conf: 3: got … here");
        assertThat(Secrets.withoutQuotes("x.conf: 3: expecting '}' here")).isEqualTo("x.conf: 3: expecting '}' here");
        assertThat(Secrets.withoutQuotes("x.conf: 3: nothing")).isEqualTo("x.conf: 3: nothing");
    }
}
