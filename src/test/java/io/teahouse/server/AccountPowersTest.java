package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.operator.Way;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The powers over accounts in a whole server, by each way. */
class AccountPowersTest {
    private OperatorWays ways;
    private Peer ann;

    @BeforeEach
    void start() {
        ways = new OperatorWays("teahouse.accounts.scram-iterations = 4096");
        ann = ways.user("ann");
    }

    @AfterEach
    void stop() {
        ann.close();
        ways.close();
    }

    private Peer call() {
        Peer peer = Peer.connect("call", ways.server.port("irc"));
        peer.say("CAP REQ sasl");
        peer.until(" ACK ");
        return peer;
    }

    /** What a login by password is answered. */
    private static String plain(Peer peer, String name, String password) {
        peer.say("AUTHENTICATE PLAIN");
        peer.until("AUTHENTICATE +");
        String message = "\u0000" + name + "\u0000" + password;
        peer.say("AUTHENTICATE " + Base64.getEncoder().encodeToString(message.getBytes(UTF_8)));
        return peer.until(" 90");
    }

    private String login(String name, String password) {
        try (Peer peer = call()) {
            return plain(peer, name, password);
        }
    }

    private String bearer(String token) {
        try (Peer peer = call()) {
            peer.say("AUTHENTICATE OAUTHBEARER");
            peer.until("AUTHENTICATE +");
            String message = "n,,\u0001auth=Bearer " + token + "\u0001\u0001";
            peer.say("AUTHENTICATE " + Base64.getEncoder().encodeToString(message.getBytes(UTF_8)));
            if (peer.until("").contains(" 900 ")) {
                return " 900 ";
            }
            peer.say("AUTHENTICATE AQ==");
            return peer.until(" 90");
        }
    }

    private String token() {
        ann.say("DEVICES TOKEN phone");
        String line = ann.until("TOKEN_CREATED");
        return line.split(" ", -1)[5];
    }

    @ByEachWay
    void accountsAreListedAndShown(Way way) {
        token();
        assertThat(ways.use(way, "accounts", "pattern=a*")).contains("ann").contains("1 account");
        assertThat(ways.use(way, "accounts", "pattern=b*")).contains("0 accounts");
        assertThat(ways.use(way, "account", "ANN")).contains("connection", "token", "phone", "online as ann");
        assertThat(ways.status("account", "nobody")).isEqualTo(404);
        assertThat(ways.audit()).as("reading").doesNotContain("\"accounts\"");
    }

    @ByEachWay
    void aSuspendedAccountIsCutOffUntilItIsLifted(Way way) {
        String token = token();
        assertThat(ways.use(way, "suspend", "ann", "duration=7d", "reason=spam"))
                .contains("ann is suspended until ");
        assertThat(ann.until("ERROR")).contains("your account is suspended until ", ": spam");
        assertThat(login("ann", "sesame-ann")).contains(" 904 ", "your account is suspended until ");
        assertThat(bearer(token)).contains(" 904 ");
        ways.server.settle(); // her user has left
        assertThat(ways.use(way, "account", "ann")).contains("suspended by ", ": spam", "not online");
        assertThat(ways.use(way, "unsuspend", "ann")).contains("ann is no longer suspended");
        assertThat(bearer(token)).contains(" 900 ");
        assertThat(ways.status("unsuspend", "ann")).isEqualTo(404);
        assertThat(ways.audit())
                .contains(
                        "\"power\":\"suspend\"",
                        "\"arguments\":\"account=ann duration=7d\"",
                        "\"why\":\"spam\"",
                        "\"power\":\"unsuspend\"",
                        "\"way\":\"" + way.text() + "\"");
    }

    @ByEachWay
    void aPasswordIsReplacedByACodeThatIsNotInTheAuditLog(Way way) {
        String answer = ways.use(way, "resetpassword", "ann", "reason=forgotten");
        String code = Pattern.compile("[a-z2-9]{5}(-[a-z2-9]{5}){3}")
                .matcher(answer)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer))
                .group();
        assertThat(ann.until("ERROR")).contains("the password of your account was reset: forgotten");
        assertThat(login("ann", "sesame-ann")).contains(" 904 ");
        assertThat(login("ann", code)).contains(" 900 ");
        assertThat(login("ann", code)).as("once").contains(" 904 ");
        assertThat(ways.audit()).contains("resetpassword").doesNotContain(code);
    }

    private static String tokenIn(String answer) {
        return Pattern.compile("[A-Za-z0-9_-]{16}\\.[A-Za-z0-9_-]{43}")
                .matcher(answer)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer))
                .group();
    }

    @ByEachWay
    void aBotGetsAnAccountAndATokenThatIsNotInTheAuditLog(Way way) {
        String answer = ways.use(way, "bot", "helper");
        String token = tokenIn(answer);
        try (Peer bot = call()) {
            assertThat(plain(bot, "helper", token)).contains(" 900 ");
            bot.say("CAP END\nNICK helper\nUSER u 0 * :Helper\nMODE helper");
            assertThat(bot.until(" 221 ")).contains("B");
        }
        assertThat(ways.status("bot", "HELPER")).isEqualTo(409);
        String replaced = ways.use(way, "bot", "helper", "replace=true");
        assertThat(replaced).contains("The account helper has a new token");
        try (Peer bot = call()) {
            assertThat(plain(bot, "helper", token)).contains(" 904 ");
            assertThat(plain(bot, "helper", tokenIn(replaced))).contains(" 900 ");
        }
        assertThat(ways.status("bot", "nobody", "replace=true")).isEqualTo(404);
        assertThat(ways.status("bot", "he,lper")).isEqualTo(400);
        assertThat(ways.audit()).contains("\"power\":\"bot\"").doesNotContain(token);
    }

    @ByEachWay
    void anAccountIsRenamedWithWhatBelongsToIt(Way way) {
        String token = token();
        ann.say("JOIN #tea\nMODE #tea +r");
        ann.until("MODE #tea +r");
        ann.say("JOIN #empty\nMODE #empty +r");
        ann.until("MODE #empty +r");
        ann.say("PART #empty");
        ann.until("PART #empty");
        assertThat(ways.use(way, "renameaccount", "ann", "anna", "reason=asked"))
                .contains("ann is called anna now");
        assertThat(ann.until("ERROR")).contains("your account is called anna now", "asked");
        assertThat(login("ann", "sesame-ann")).contains(" 904 ");
        assertThat(login("anna", "sesame-ann")).contains(" 900 ");
        assertThat(bearer(token)).contains(" 900 ");
        assertThat(ways.use(way, "room", "tea")).contains("belongs to anna");
        assertThat(ways.use(way, "room", "empty")).contains("belongs to anna");
        try (Peer other = Peer.connect("other", ways.server.port("irc"))) {
            other.say("NICK ann\nUSER x 0 * :x");
            assertThat(other.until(" 43")).as("reserved").contains(" 433 ");
        }
        assertThat(ways.status("renameaccount", "nobody", "x")).isEqualTo(404);
        ways.user("bob").close();
        assertThat(ways.status("renameaccount", "bob", "ann")).isEqualTo(409);
    }

    @ByEachWay
    void anAccountIsLoggedOutEverywhere(Way way) {
        String token = token();
        assertThat(ways.use(way, "logout", "ann", "reason=stolen")).contains("ann is logged out; tokens revoked: 1");
        assertThat(ann.until("ERROR")).contains("you were logged out by an operator: stolen");
        assertThat(bearer(token)).contains(" 904 ");
        assertThat(login("ann", "sesame-ann")).contains(" 900 ");
        assertThat(ways.status("logout", "nobody")).isEqualTo(404);
    }

    @ByEachWay
    void oneConnectionIsEndedAndOthersStay(Way way) {
        try (Peer second = call()) {
            plain(second, "ann", "sesame-ann");
            second.say("NICK ann\nUSER ann 0 * :x\nCAP END");
            second.until(" 376 ");
            assertThat(ways.use(way, "endconnection", "ann", "2", "reason=old"))
                    .contains("Connection 2 of ann is ended");
            assertThat(second.until("ERROR")).contains("ended by an operator: old");
            ann.say("PING :here");
            assertThat(ann.until("PONG")).contains("here");
            assertThat(ways.status("endconnection", "ann", "9")).isEqualTo(404);
            assertThat(ways.status("endconnection", "nobody", "1")).isEqualTo(404);
        }
    }

    @Test
    void anAlwaysOnUserFollowsAndASuspendedOneGoes(@TempDir Path folder) {
        try (OperatorWays stored = new OperatorWays(
                        "teahouse.accounts.scram-iterations = 4096",
                        "teahouse.store { kind = sqlite, path = \"" + folder.resolve("tea.db") + "\" }");
                Peer eve = stored.user("eve");
                Peer bob = Peer.irc("bob", stored.server.port("irc"))) {
            bob.say("JOIN #tea");
            bob.until(" 366 ");
            eve.say("ALWAYSON ON\nJOIN #tea");
            eve.until(" 366 ");
            stored.use(Way.API, "renameaccount", "eve", "eva");
            assertThat(bob.untilAll("JOIN")).anyMatch(line -> line.startsWith(":eve!"));
            assertThat(bob.until("JOIN")).startsWith(":eva!");
            stored.use(Way.API, "suspend", "eva");
            assertThat(bob.until("QUIT :your account is suspended")).startsWith(":eva!");
        }
    }
}
