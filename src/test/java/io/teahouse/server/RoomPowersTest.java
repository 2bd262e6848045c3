package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.operator.Parameter;
import io.teahouse.operator.PowerSpec;
import io.teahouse.operator.Powers;
import io.teahouse.operator.Way;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The powers over rooms in a whole server, by each way. ann has opened #tea, and bob is in it. */
class RoomPowersTest {
    private OperatorWays ways;
    private Peer ann;
    private Peer bob;

    @BeforeEach
    void start() {
        ways = new OperatorWays("teahouse.accounts.scram-iterations = 4096");
        ann = ways.user("ann");
        bob = ways.user("bob");
        ann.say("JOIN #tea");
        ann.until(" 366 ");
        bob.say("JOIN #tea");
        bob.until(" 366 ");
    }

    @AfterEach
    void stop() {
        ann.close();
        bob.close();
        ways.close();
    }

    @ByEachWay
    void roomsAreListedAndShown(Way way) {
        ann.say("MODE #tea +s");
        bob.until("MODE #tea +s");
        assertThat(ways.use(way, "rooms", "pattern=t*")).contains("tea", "1 room");
        assertThat(ways.use(way, "room", "tea")).contains("ann", "bob", "2 members", "not registered");
        assertThat(ways.status("room", "nowhere")).isEqualTo(404);
        assertThat(ways.status("room", "a,b")).isEqualTo(400);
    }

    @ByEachWay
    void modesAreSetFromOutside(Way way) {
        assertThat(ways.use(way, "roommode", "tea", "+mk sesame")).contains("Changed in tea");
        assertThat(bob.until("MODE #tea")).contains(":ChanServ!", "+mk sesame");
        assertThat(ways.use(way, "roommode", "tea", "-k sesame")).contains("Changed in tea");
        assertThat(bob.until("MODE #tea")).contains(":ChanServ!", "-k ");
        assertThat(ways.use(way, "roommode", "tea", "+k sesame")).contains("Changed in tea");
        assertThat(ways.use(way, "roommode", "tea", "-km")).contains("Changed in tea");
        assertThat(ways.status("roommode", "tea", "+r")).isEqualTo(400);
        assertThat(ways.status("roommode", "tea", "+k")).isEqualTo(400);
        assertThat(ways.status("roommode", "nowhere", "+m")).isEqualTo(404);
        assertThat(ways.status("roommode", "tea", "+kX sesame")).isEqualTo(400);
        assertThat(ways.status("roommode", "tea", "-k+b sesame bob!*@*")).isEqualTo(200);
        assertThat(bob.untilAll("+b")).last().asString().contains("+b bob!*@*");
        assertThat(ways.audit())
                .contains("roommode", "room=tea modes=+mk *", "room=tea modes=+kX *", "room=tea modes=-k+b * bob!*@*")
                .doesNotContain("sesame");
    }

    @ByEachWay
    void ranksAreGrantedAndTaken(Way way) {
        ways.use(way, "grant", "tea", "bob", "operator", "reason=asked");
        assertThat(bob.until("MODE #tea")).contains("+o bob");
        ways.use(way, "revoke", "tea", "ann", "o");
        assertThat(bob.until("MODE #tea")).contains("-o ann");
        assertThat(ways.status("grant", "tea", "cat", "voice")).isEqualTo(404);
        assertThat(ways.status("grant", "tea", "bob", "king")).isEqualTo(400);
    }

    @ByEachWay
    void aRoomIsTakenOverAndReleased(Way way) {
        ann.say("MODE #tea +r");
        bob.until("+r");
        assertThat(ways.use(way, "transfer", "tea", "BOB", "reason=squatted")).contains("tea belongs to bob");
        assertThat(bob.until("MODE #tea")).contains("+o bob");
        ann.say("MODE #tea -r");
        assertThat(ann.until(" 482 ")).contains("#tea");
        assertThat(ways.status("transfer", "tea", "nobody")).isEqualTo(404);
        assertThat(ways.use(way, "release", "tea")).contains("tea is not registered any longer");
        assertThat(bob.until("MODE #tea")).contains("-r");
        assertThat(ways.use(way, "room", "#tea")).contains("not registered");
    }

    @ByEachWay
    void aRoomIsRenamed(Way way) {
        assertThat(ways.use(way, "renameroom", "tea", "mate", "reason=better")).contains("tea is called mate now");
        bob.until("JOIN #mate");
        assertThat(ways.status("renameroom", "mate", "a,b")).isEqualTo(400);
        assertThat(ways.status("renameroom", "tea", "cha")).isEqualTo(404);
        assertThat(ways.status("renameroom", "mate", "mate")).isEqualTo(409);
    }

    @ByEachWay
    void aRoomIsClosed(Way way) {
        assertThat(ways.use(way, "closeroom", "tea", "reason=moved")).contains("tea is closed");
        assertThat(ann.until("KICK #tea ann")).contains(":ChanServ!", "moved");
        assertThat(bob.until("KICK #tea bob")).contains("moved");
        bob.say("JOIN #tea");
        bob.until(" 366 ");
    }

    @ByEachWay
    void whatAUserHasSaidIsErased(Way way) {
        bob.say("PRIVMSG #tea :spam one\nPRIVMSG #tea :spam two");
        ann.until("spam two");
        ann.say("PRIVMSG #tea :fine");
        bob.until("fine");
        assertThat(ways.use(way, "erasemessages", "tea", "bob", "1h", "reason=spam"))
                .contains("Messages of bob erased in tea: 2");
        assertThat(ann.until("REDACT #tea")).contains(":spam");
        ann.until("REDACT #tea");
        assertThat(ways.use(way, "erasemessages", "tea", "bob", "forever"))
                .contains("Messages of bob erased in tea: 0");
        assertThat(ways.use(way, "erasemessages", "tea", "ann", "1h", "until=30m"))
                .as("all was said later")
                .contains(": 0");
        assertThat(ways.status("erasemessages", "nowhere", "bob", "1h")).isEqualTo(404);
    }

    private static final List<String> OURS = List.of(
            "accounts",
            "account",
            "suspend",
            "unsuspend",
            "resetpassword",
            "renameaccount",
            "logout",
            "endconnection",
            "bot",
            "rooms",
            "room",
            "roommode",
            "grant",
            "revoke",
            "transfer",
            "release",
            "renameroom",
            "closeroom",
            "erasemessages");

    @Test
    void whoLacksThePrivilegeIsRefusedAndTheAuditLogSaysSo() {
        for (String power : OURS) {
            PowerSpec spec = OperatorWays.spec(power);
            String[] arguments = spec.parameters().stream()
                    .filter(Parameter::isRequired)
                    .map(each -> each.kind() == Parameter.Kind.NUMBER
                            ? "1"
                            : each.kind() == Parameter.Kind.DURATION ? "1h" : "ann")
                    .toArray(String[]::new);
            HttpResponse<String> refused = ways.byGuest(power, arguments);
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
            assertThat(ways.audit())
                    .contains("refused: " + power + " needs the privilege "
                            + spec.privilege().text());
        }
        assertThat(Powers.all()).extracting(PowerSpec::name).containsAll(OURS);
        ann.say("SUSPEND bob");
        assertThat(ann.until(" 481 ")).contains("Permission Denied");
    }
}
