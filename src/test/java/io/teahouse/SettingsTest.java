package io.teahouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.teahouse.account.AccountSettings;
import io.teahouse.net.Framing;
import io.teahouse.room.Mode;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomSettings;
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSettings;
import io.teahouse.wire.irc.ConfiguredPassword;
import io.teahouse.wire.irc.IrcSettings;
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
        return catchThrowableOfType(WrongSettings.class, () -> Settings.from(with(lines)))
                .problems();
    }

    @Test
    void theDefaultsAreThoseOfTheDesign() throws WrongSettings {
        Settings settings = Settings.from(with());
        PlainDoor plain = settings.plain().orElseThrow();
        assertThat(plain.listener().host()).isEqualTo("127.0.0.1");
        assertThat(plain.listener().port()).isEqualTo(25555);
        assertThat(plain.listener().connections().framing()).isEqualTo(Framing.TERMINAL);
        assertThat(plain.dialect().room()).contains(RoomName.of("lobby"));
        assertThat(settings.connections().client().flood().enabled()).isTrue();
        assertThat(settings.connections().client().idleTimeout()).isEqualTo(Duration.ofMinutes(4));
        assertThat(plain.idleTimeout()).isEqualTo(Duration.ZERO);
        assertThat(settings.source().unknown()).isEmpty();
    }

    @Test
    void usersChooseToBeAlwaysOn() throws WrongSettings {
        assertThat(Settings.from(with()).connections().user().alwaysOn())
                .isEqualTo(new UserSettings.AlwaysOn(UserSettings.Mode.OPT_IN, 1000, Duration.ofDays(30)));
        assertThat(Settings.from(with("teahouse.accounts.always-on { mode = opt-out, most-users = 7, time = 2 hours }"))
                        .connections()
                        .user()
                        .alwaysOn())
                .isEqualTo(new UserSettings.AlwaysOn(UserSettings.Mode.OPT_OUT, 7, Duration.ofHours(2)));
        assertThat(problems("teahouse.accounts.always-on.mode = on"))
                .singleElement(STRING)
                .contains("teahouse.accounts.always-on.mode", "off, opt-in, opt-out");
    }

    @Test
    void aNetworkMayHaveFourTimesAsManyConnectionsAsAnAddress() throws WrongSettings {
        String perAddress = "teahouse.limits.max-connections-per-address = 6000";
        assertThat(Settings.from(with(perAddress)).connections().admission().maxConnectionsPerNetwork())
                .isEqualTo(24_000);
        String perNetwork = "teahouse.limits.max-connections-per-network = 7000";
        assertThat(Settings.from(with(perAddress, perNetwork))
                        .connections()
                        .admission()
                        .maxConnectionsPerNetwork())
                .isEqualTo(7000);
    }

    /** OWASP's Password Storage Cheat Sheet, for PBKDF2-HMAC-SHA256. */
    @Test
    void passwordsAreKeptAsOwaspRecommends() throws WrongSettings {
        AccountSettings accounts = Settings.from(with()).accounts();
        assertThat(accounts.hashing().scramIterations()).isEqualTo(600_000);
        assertThat(accounts.passwords().minLength()).isEqualTo(8);
        assertThat(accounts.hashing().threads())
                .isEqualTo(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        assertThat(ConfiguredPassword.iterations(ConfiguredPassword.hash("sesame")))
                .isEqualTo(600_000);
    }

    @Test
    void anOperatorsHashThatTakesSecondsIsRefused() {
        String hash = "pbkdf2:9999999:c2FsdA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        assertThat(problems("teahouse.irc.operators = [ { name = root, password = \"" + hash + "\" } ]"))
                .hasSize(1);
        assertThat(problems("teahouse.irc.password = \"" + hash + "\"")).hasSize(1);
        assertThat(problems("teahouse.accounts.scram-iterations = 9999999")).hasSize(1);
    }

    @Test
    void embeddedRoomsHaveTheSettingsOfTheServer() throws WrongSettings {
        RoomSettings server = Settings.from(with()).rooms().each();
        RoomSettings embedded = RoomSettings.defaults();
        assertThat(embedded.limits()).isEqualTo(server.limits());
        assertThat(embedded.log()).isEqualTo(server.log());
        assertThat(embedded.keepEmpty()).isEqualTo(server.keepEmpty());
        assertThat(embedded.rules().modes()).isEqualTo(server.rules().modes());
        assertThat(embedded.repeats()).isEqualTo(server.repeats());
        assertThat(embedded.invitations()).isEqualTo(server.invitations());
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
        "irc.network-name,'\"a\\u0000b\"',one line of 1 to 63",
        "irc.network-name,'\"\"',one line of 1 to 63",
        "irc.description,'\"a\\nb\"',one line of 0 to 200",
        "irc.admin,'[\"a\\nb\"]',a list of texts without line breaks",
        "irc.operators,'[{\"name\":\"ann b\"}]','a list of'",
        "limits.idle-timeout,300,a time from 0 s to 31536000 s with its unit",
        "limits.idle-timeout,'\"300\"',a time from 0 s to 31536000 s with its unit",
        "limits.idle-timeout,-1 s,a time from",
        "limits.idle-timeout,1.5,a time from",
        "limits.idle-timeout,NaN s,a time from",
        "limits.idle-timeout,1 fortnight,a time from",
        "limits.idle-timeout,9999999999999 days,a time from",
        "limits.idle-timeout,on,a time from",
        "irc.sts-duration,2592000,a time from",
        "store.retention.rooms,90,a time from",
        "'rooms.classes','[{keep:30,rooms:[\"a*\"]}]',a list of",
        "limits.max-connections,10 s,a whole number from",
        "limits.max-connections,NaN,a whole number from",
        "limits.max-line-bytes,8 s,a size from",
        "limits.max-line-bytes,-8 KiB,a size from",
        "flood.per-second,NaN,a number from",
        "flood.enabled,1,'on, off'",
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

    /** A line of IRC has 512 bytes, and may contain several names. */
    @Test
    void namesThatLeaveNoRoomInALineAreRefused() throws WrongSettings {
        String server = "teahouse.irc.server-name = " + "s".repeat(63);
        assertThat(problems("teahouse.limits.nick-length = 128", server))
                .singleElement(STRING)
                .contains("teahouse.limits.nick-length", "128", "teahouse.irc.server-name");
        Settings.from(with("teahouse.limits.nick-length = 128"));
        Settings.from(with("teahouse.limits.nick-length = 64", server));
        Settings.from(with(
                "teahouse.limits.nick-length = 128",
                server,
                "teahouse.irc.enabled = off",
                "teahouse.web.enabled = off"));
    }

    @Test
    void aPasswordIsNotShownEvenIfItIsWrong() {
        assertThat(problems("teahouse.irc.password = \"pbkdf2:1\""))
                .singleElement()
                .asString()
                .startsWith("the setting teahouse.irc.password has the value (not shown); allowed: a password, or");
    }

    @Test
    void twoOperatorsOfOneNameAreNamed() {
        assertThat(problems("teahouse.irc.operators = [{ name = ann, password = a }, { name = ann, password = b }]"))
                .singleElement()
                .asString()
                .contains("of which no two have the name ann");
    }

    @ParameterizedTest
    @CsvSource({"irc.operators,pasword", "limits.classes,adresses", "rooms.classes,keeep"})
    void aMisspeltKeyOfAnElementIsNamed(String list, String key) {
        assertThat(problems("teahouse." + list + " = [{ name = ann, password = a, addresses = [], rooms = [], " + key
                        + " = 1 }]"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("the setting teahouse." + list + " has an element with the key " + key));
    }

    @Test
    void aTimeIsGivenWithItsUnitOrIsNone() throws WrongSettings {
        assertThat(idleTimeout("300 s")).isEqualTo(Duration.ofMinutes(5));
        assertThat(idleTimeout("\" 5 minutes \"")).isEqualTo(Duration.ofMinutes(5));
        assertThat(idleTimeout("1.5m")).isEqualTo(Duration.ofSeconds(90));
        assertThat(idleTimeout("0")).isEqualTo(Duration.ZERO);
        assertThat(idleTimeout("0 s")).isEqualTo(Duration.ZERO);
    }

    private static Duration idleTimeout(String value) throws WrongSettings {
        return Settings.from(with("teahouse.limits.idle-timeout = " + value))
                .connections()
                .client()
                .idleTimeout();
    }

    @Test
    void modesMayBeginWithAPlus() throws WrongSettings {
        Settings settings =
                Settings.from(with("teahouse.irc.default-user-modes = \"+iw\"", "teahouse.rooms.modes = \"+nt\""));
        assertThat(settings.irc().orElseThrow().dialect().access().defaultUserModes())
                .containsExactlyInAnyOrder(UserMode.INVISIBLE, UserMode.WALLOPS);
        assertThat(settings.rooms().each().rules().modes())
                .containsExactlyInAnyOrder(Mode.NO_OUTSIDE, Mode.TOPIC_LOCKED);
    }

    @Test
    void theDescriptionIsTheNameOfTheNetworkUnlessItIsGiven() throws WrongSettings {
        IrcSettings named = Settings.from(with("teahouse.irc.network-name = \"Tea and Cake\""))
                .irc()
                .orElseThrow()
                .dialect();
        assertThat(named.identity().network()).isEqualTo("Tea and Cake");
        assertThat(named.identity().description()).isEqualTo("Tea and Cake");
        assertThat(Settings.from(with("teahouse.irc.description = \"In Berlin\""))
                        .irc()
                        .orElseThrow()
                        .dialect()
                        .identity()
                        .description())
                .isEqualTo("In Berlin");
    }

    @Test
    void settingsThatStandOutsideAreTold() throws WrongSettings {
        assertThat(Settings.from(with("irc.password = secret")).source().unknown())
                .containsExactly("irc (teahouse.irc is known)");
        assertThat(Settings.from(with("teahuose { irc { password = secret } }"))
                        .source()
                        .unknown())
                .containsExactly("teahuose (teahouse is known)");
    }

    @Test
    void settingsOfDoorsAreAccepted() throws WrongSettings {
        Settings settings = Settings.from(with(
                "teahouse.irc.enabled = on",
                "teahouse.irc.port = 0",
                "teahouse.web.port = 8080",
                "teahouse.store.path = x.db",
                "teahouse.cluster.enabled = off",
                "teahouse.accounts.enabled = on"));
        assertThat(settings.source().unknown()).isEmpty();
    }

    @Test
    void aMisspeltNameIsTold() throws WrongSettings {
        assertThat(Settings.from(with("teahouse.plain.prot = 1")).source().unknown())
                .containsExactly("teahouse.plain.prot");
    }

    @Test
    void anElementOfAListIsKnownByItsNumber() throws WrongSettings {
        Settings settings = Settings.from(
                with("teahouse.irc.operators.0.name = ann", "teahouse.irc.operators.0.password = secret"));
        assertThat(settings.source().unknown()).isEmpty();
        assertThat(Settings.from(with("teahouse.irc.operaters.0.name = ann"))
                        .source()
                        .unknown())
                .containsExactly("teahouse.irc.operaters.0.name");
    }

    @Test
    void aClosedDoorIsNone() throws WrongSettings {
        assertThat(Settings.from(with("teahouse.plain.enabled = off")).plain()).isEmpty();
        assertThat(Settings.from(with("teahouse.irc.enabled = off")).irc()).isEmpty();
        assertThat(Settings.from(with("teahouse.web.enabled = off")).web()).isEmpty();
    }

    @Test
    void whereAllDoorsAreClosedNobodyCouldCome() {
        assertThat(problems("teahouse.plain.enabled = off", "teahouse.irc.enabled = off", "teahouse.web.enabled = off"))
                .containsExactly("the setting teahouse.plain.enabled has the value \"off\"; allowed: on, because"
                        + " teahouse.irc.enabled and teahouse.web.enabled are off: otherwise nobody could connect");
    }

    @Test
    void severalThreadsAreSeveralDispatchers() throws WrongSettings {
        assertThat(Settings.from(with("teahouse.threads = 3")).connections().dispatchers())
                .hasSize(3)
                .doesNotHaveDuplicates();
        Config akka = ConfigFactory.parseResources("teahouse-akka.conf");
        assertThat(Dispatchers.config(3).withFallback(akka).resolve().getConfig("teahouse-threads.t2"))
                .isEqualTo(akka.getConfig("akka.actor.default-dispatcher"));
        assertThat(Dispatchers.config(1).hasPath("teahouse-threads")).isFalse();
    }
}
