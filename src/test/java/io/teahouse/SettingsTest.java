package io.teahouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static Config with(String... lines) {
        return ConfigFactory.parseString(String.join("\n", lines))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }

    private static List<String> problems(String... lines) {
        return catchThrowableOfType(Settings.WrongSettings.class, () -> Settings.from(with(lines)))
                .problems();
    }

    @Test
    void theDefaultsAreThoseOfTheDesign() throws Settings.WrongSettings {
        Settings settings = Settings.from(with());
        Settings.Plain plain = settings.plain().orElseThrow();
        assertThat(plain.listener().host()).isEqualTo("127.0.0.1");
        assertThat(plain.listener().port()).isEqualTo(25555);
        assertThat(plain.listener().chunks()).isFalse();
        assertThat(plain.dialect().room()).contains(RoomName.of("lobby"));
        assertThat(settings.client().flood().enabled()).isTrue();
        assertThat(settings.client().idleTimeout()).isEqualTo(Duration.ZERO);
        assertThat(settings.unknown()).isEmpty();
    }

    @Test
    void embeddedRoomsHaveTheTimesOfTheServer() throws Settings.WrongSettings {
        RoomSettings server = Settings.from(with()).room();
        RoomSettings embedded = RoomSettings.defaults();
        assertThat(embedded.appendTimeout()).isEqualTo(server.appendTimeout());
        assertThat(embedded.retryInterval()).isEqualTo(server.retryInterval());
        assertThat(embedded.repeats()).isEqualTo(server.repeats());
        assertThat(embedded.keepEmpty()).isEqualTo(server.keepEmpty());
        assertThat(embedded.maxPending()).isEqualTo(server.maxPending());
        assertThat(embedded.maxMembers()).isEqualTo(server.maxMembers());
        assertThat(embedded.maxText()).isEqualTo(server.maxText());
    }

    @ParameterizedTest
    @CsvSource({
        "plain.port,70000,a whole number from 0 to 65535",
        "plain.port,abc,a whole number from 0 to 65535",
        "plain.port,1.5,a whole number from 0 to 65535",
        "plain.enabled,maybe,'on, off'",
        "plain.framing,words,'lines, chunks'",
        "plain.room,'\"two words\"','the name of a room'",
        "store.kind,mysql,'sqlite, postgresql, memory'",
        "store.path,'\"\"',a file",
        "store.retention.rooms,soon,a time from 0 s",
        "'rooms.classes','[{keep:-1s,rooms:[\"a*\"]}]',a list of",
        "rooms.durability,maybe,'stored, relaxed, none'",
        "'rooms.classes','[{durability:maybe,rooms:[\"a*\"]}]',a list of",
        "threads,0,a whole number from 1 to 256",
        "limits.max-line-bytes,1,a size from 64",
        "limits.name-timeout,soon,a time from",
        "flood.per-second,-1,a number from",
        "limits.send-queue-bytes,99999999999,a size from",
        "limits.classes,'[{\"addresses\":[\"x\"]}]','a list of'",
        "irc.server-name,'\"two words\"',one word",
        "irc.casemapping,latin,'ascii, rfc1459'",
        "irc.operators,'[{\"name\":\"ann\"}]','a list of'",
        "irc.password,'\"pbkdf2:1\"','a password, or'",
        "irc.default-user-modes,o,some of the letters iw",
        "rooms.modes,z,some of the letters"
    })
    void aWrongValueIsNamedWithWhatIsAllowed(String name, String value, String allowed) {
        assertThat(problems("teahouse." + name + " = " + value))
                .singleElement()
                .asString()
                .startsWith("the setting teahouse." + name + " has the value ")
                .satisfies(line -> assertThat(line.replace("\"", "")).contains(value.replace("\"", "")))
                .contains("; allowed: " + allowed);
    }

    @Test
    void allWrongValuesAreNamedAtOnce() {
        assertThat(problems("teahouse.plain.port = x", "teahouse.threads = 0", "teahouse.flood.burst = 0"))
                .hasSize(3);
    }

    @Test
    void settingsOfDoorsToComeAreAccepted() throws Settings.WrongSettings {
        Settings settings = Settings.from(with(
                "teahouse.irc.enabled = on",
                "teahouse.irc.port = 0",
                "teahouse.web.port = 8080",
                "teahouse.store.path = x.db",
                "teahouse.cluster.enabled = off",
                "teahouse.accounts.enabled = on"));
        assertThat(settings.unknown()).isEmpty();
    }

    @Test
    void aMisspeltNameIsTold() throws Settings.WrongSettings {
        assertThat(Settings.from(with("teahouse.plain.prot = 1")).unknown()).containsExactly("teahouse.plain.prot");
    }

    @Test
    void anElementOfAListIsKnownByItsNumber() throws Settings.WrongSettings {
        Settings settings = Settings.from(
                with("teahouse.irc.operators.0.name = ann", "teahouse.irc.operators.0.password = secret"));
        assertThat(settings.unknown()).isEmpty();
        assertThat(Settings.from(with("teahouse.irc.operaters.0.name = ann")).unknown())
                .containsExactly("teahouse.irc.operaters.0.name");
    }

    @Test
    void aClosedDoorIsNone() throws Settings.WrongSettings {
        assertThat(Settings.from(with("teahouse.plain.enabled = off")).plain()).isEmpty();
        assertThat(Settings.from(with("teahouse.irc.enabled = off")).irc()).isEmpty();
    }

    @Test
    void whereAllDoorsAreClosedNobodyCouldCome() {
        assertThat(problems("teahouse.plain.enabled = off", "teahouse.irc.enabled = off"))
                .containsExactly("the setting teahouse.plain.enabled has the value \"off\"; allowed: "
                        + "on, where teahouse.irc.enabled is off: else nobody could come");
    }

    @Test
    void severalThreadsAreSeveralDispatchers() throws Settings.WrongSettings {
        assertThat(Settings.from(with("teahouse.threads = 3")).dispatchers())
                .hasSize(3)
                .doesNotHaveDuplicates();
        assertThat(Dispatchers.config(3).hasPath("teahouse-threads.t2")).isTrue();
        assertThatThrownBy(() -> Dispatchers.config(1).getConfig("teahouse-threads"))
                .isNotNull();
    }
}
