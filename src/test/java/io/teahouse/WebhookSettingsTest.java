package io.teahouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.teahouse.hook.HookEvent;
import io.teahouse.hook.HookSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSettingsTest {
    private static final String SECRET = "whsec_aGlkZGVuaGlkZGVuaGlkZGVuaGlkZGVu";
    private static final String TOKEN = "the hidden token";
    private static final String REST = ", secret = \"" + SECRET + "\", rooms = [ lobby ]";

    private static Config with(String lines) {
        return ConfigFactory.parseString("teahouse { " + lines + " }")
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }

    private static HookSettings hooks(String lines) throws WrongSettings {
        return Settings.from(with(lines)).hooks();
    }

    private static List<String> problems(String lines) {
        return catchThrowableOfType(WrongSettings.class, () -> Settings.from(with(lines)))
                .problems();
    }

    @Test
    void aHookHasItsNameAndAllEventsUnlessTheSettingsSayOtherwise() throws WrongSettings {
        HookSettings.Outgoing hook = hooks(
                        "webhooks.outgoing = [ { id = archive, url = \"https://example.org/x\"" + REST + " } ]")
                .outgoing()
                .get(0);
        assertThat(hook.name().text()).isEqualTo("archive");
        assertThat(hook.events()).containsExactlyInAnyOrder(HookEvent.values());
        assertThat(hook.toString()).doesNotContain("aGlkZGVu", "hidden");
        HookSettings.Outgoing other = hooks("webhooks.outgoing = [ { id = a, name = \"Café\", url = \"http://[::1]:80\""
                        + REST + ", events = [ join, leave ] } ]")
                .outgoing()
                .get(0);
        assertThat(other.name().text()).isEqualTo("Café");
        assertThat(other.events()).containsExactly(HookEvent.JOIN, HookEvent.LEAVE);
    }

    @Test
    void onlyPublicAddressesAreAllowedByDefault() throws WrongSettings {
        assertThat(hooks("").sending().targets().all()).isFalse();
        assertThat(hooks("").sending().targets().allowed()).isEmpty();
        assertThat(problems("webhooks.allowed-networks = [ \"10.0.0.0/33\" ]"))
                .singleElement(STRING)
                .contains("teahouse.webhooks.allowed-networks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0x7f.0.0.1/",
                "http://0177.0.0.1/",
                "http://127.1/",
                "http://127.0.0.1./",
                "http://[::ffff:127.0.0.1]/",
                "http://user:hidden@example.org/",
                "http:///path",
                "ftp://example.org/",
                "file:///etc/passwd",
                "example.org",
                "http://exa mple.org/"
            })
    void aReceiverWithoutAPlainAddressIsRefused(String url) {
        assertThat(problems("webhooks.outgoing = [ { id = a, url = \"" + url + "\"" + REST + " } ]"))
                .singleElement(STRING)
                .contains("teahouse.webhooks.outgoing")
                .doesNotContain("aGlkZGVu", "hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ url = \"https://example.org\", secret = \"" + SECRET + "\", rooms = [ lobby ] }",
                "{ id = \"a b\", url = \"https://example.org\", secret = \"" + SECRET + "\", rooms = [ lobby ] }",
                "{ id = a, url = \"https://example.org\", secret = \"hidden\", rooms = [ lobby ] }",
                "{ id = a, url = \"https://example.org\", secret = \"" + SECRET + "\" }",
                "{ id = a, url = \"https://example.org\", secret = \"" + SECRET + "\", rooms = [ \"a,b\" ] }",
                "{ id = a, name = \"a:b\", url = \"https://example.org\", secret = \"" + SECRET
                        + "\", rooms = [ lobby ] }",
                "{ id = a, url = \"https://example.org\", secret = \"" + SECRET
                        + "\", rooms = [ lobby ], events = [ all ] }"
            })
    void aHookThatCannotWorkIsRefusedAndItsSecretNotShown(String wrong) {
        assertThat(problems("webhooks.outgoing = [ " + wrong + " ]"))
                .singleElement(STRING)
                .contains("teahouse.webhooks.outgoing")
                .doesNotContain("aGlkZGVu", "hidden");
    }

    @Test
    void programsThatPostNeedTheAdminPort() {
        String hook = "webhooks.incoming = [ { id = ci, token = \"" + TOKEN + "\", room = lobby } ]";
        assertThat(problems(hook))
                .singleElement(STRING)
                .contains("teahouse.admin.enabled")
                .doesNotContain("hidden");
        assertThat(problems("admin.enabled = on, webhooks.incoming = [ { id = ci, token = \"\", room = lobby } ]"))
                .singleElement(STRING)
                .contains("teahouse.webhooks.incoming");
        assertThat(problems("admin.enabled = on, webhooks.incoming = [ { id = ci, token = \"" + TOKEN
                        + "\", room = lobby }," + " { id = ci, token = \"" + TOKEN + "\", room = tea } ]"))
                .singleElement(STRING)
                .contains("no two hooks have the same")
                .doesNotContain("hidden");
    }

    @Test
    void aTokenThatCouldBeGuessedIsRefused() {
        assertThat(problems("admin.enabled = on, webhooks.incoming = [ { id = ci, token = hidden, room = lobby } ]"))
                .singleElement(STRING)
                .contains("teahouse.webhooks.incoming", "shorter than 16 characters")
                .doesNotContain("hidden");
    }

    /** The room would not let the second one in. */
    @Test
    void twoHooksOfOneNameInOneRoomAreRefused() throws WrongSettings {
        String outgoing = "webhooks.outgoing = [ { id = a, name = ann, url = \"https://example.org\"" + REST
                + " }, { id = b, name = Ann, url = \"https://example.org\"" + REST + " } ]";
        assertThat(problems(outgoing))
                .singleElement(STRING)
                .contains("teahouse.webhooks.outgoing", "two hooks in lobby have the name Ann")
                .doesNotContain("aGlkZGVu");
        String incoming = "admin.enabled = on, webhooks.incoming = [ { id = c, name = ann, token = \"" + TOKEN
                + "\", room = Lobby } ], ";
        assertThat(problems(incoming + outgoing.replace("Ann", "bob")))
                .singleElement(STRING)
                .contains("teahouse.webhooks.outgoing", "two hooks in lobby have the name ann");
        assertThat(hooks(incoming + outgoing.replace("Ann", "bob").replace("ann", "cy"))
                        .outgoing())
                .hasSize(2);
    }
}
