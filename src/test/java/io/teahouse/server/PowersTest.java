package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The powers of operators in a whole server, by each way. */
class PowersTest {
    private static final String BOSS = "the token of boss";
    private static final String GUEST = "the token of guest";

    private TestServer server;
    private AdminClient admin;

    @BeforeEach
    void start() {
        server = TestServer.start(
                "teahouse.admin { enabled = on, token = \"" + BOSS + "\", tokens = [ { name = guest, token = \"" + GUEST
                        + "\", privileges = [] } ] }",
                "teahouse.irc.operators = [ { name = root, password = secret } ]");
        admin = new AdminClient(server.port("admin"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Peer operator() {
        Peer ann = Peer.irc("ann", server.port("irc"));
        ann.say("OPER root secret");
        ann.until(" 381 ann ");
        return ann;
    }

    private String audit() {
        HttpResponse<String> answer = admin.send("GET", "/v1/audit", BOSS);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void anAnnouncementReachesEveryDoor() {
        try (Peer plain = Peer.enter("bob", server.port());
                Peer irc = Peer.irc("cha", server.port("irc"));
                Peer ann = operator()) {
            ann.say("ANNOUNCE :Tea is ready");
            ann.until("NOTICE ann :Told to 3 users");
            plain.until("-- announcement: Tea is ready");
            irc.until("NOTICE cha :*** announcement: Tea is ready");
        }
        assertThat(audit()).contains("\"power\":\"announce\"", "\"way\":\"irc\"", "\"who\":\"root (ann!ann@");
    }

    @Test
    void aTokenAnnouncesAndOperatorsOnlineAreTold() {
        try (Peer ann = operator()) {
            HttpResponse<String> answer = admin.post("/v1/announce", BOSS, "{\"text\":\"茶\"}");
            assertThat(answer.body()).isEqualTo("{\"rows\":[],\"text\":\"Told to 1 user\"}\n");
            ann.until("NOTICE ann :*** announcement: 茶");
            ann.until("NOTICE ann :*** teahouse.admin.token used announce: Told to 1 user");
        }
        assertThat(audit()).contains("\"arguments\":\"text=茶\"", "\"way\":\"api\"");
    }

    @Test
    void aTokenWithoutThePrivilegeIsRefusedAndTheAuditLogSaysSo() {
        HttpResponse<String> refused = admin.post("/v1/announce", GUEST, "{\"text\":\"x\"}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo("{\"error\":\"announce needs the privilege announce\"}\n");
        assertThat(audit())
                .contains("\"who\":\"guest from 127.0.0.1\"", "refused: announce needs the privilege announce");
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThat(admin.post("/v1/announce", BOSS, "{}").statusCode()).isEqualTo(400);
        assertThat(admin.post("/v1/announce", BOSS, "{\"text\":\"x\",\"more\":1}")
                        .body())
                .contains("announce has no parameter more, only text");
        assertThat(admin.post("/v1/announce", BOSS, "[]").statusCode()).isEqualTo(400);
        assertThat(admin.post("/v1/announce", BOSS, "{\"text\":{}}").statusCode())
                .isEqualTo(400);
        assertThat(admin.send("GET", "/v1/announce", BOSS).statusCode()).isEqualTo(405);
        assertThat(admin.send("GET", "/v1/audit?limit=x", BOSS).statusCode()).isEqualTo(400);
        assertThat(admin.post("/v1/announce", "", "{\"text\":\"x\"}").statusCode())
                .isEqualTo(401);
    }

    @Test
    void whoBecomesAnOperatorAndWhatTheyDoWithoutAPowerIsInTheAuditLog() {
        try (Peer bob = Peer.irc("bob", server.port("irc"));
                Peer ann = operator()) {
            bob.say("OPER root wrong\nOPER root wrong");
            bob.until(" 464 bob ");
            bob.until(" 464 bob ");
            ann.say("WALLOPS :Tea is ready\nSTATS o");
            ann.until(" 219 ann o ");
        }
        assertThat(audit())
                .contains(
                        "\"arguments\":\"name=root\"",
                        "\"outcome\":\"refused: wrong password\",\"power\":\"oper\"",
                        "\"outcome\":\"is an operator of the server now\"",
                        "\"arguments\":\"text=Tea is ready\"",
                        "\"power\":\"wallops\"",
                        "\"arguments\":\"o\"",
                        "\"power\":\"stats\"")
                .containsPattern("\"who\":\"bob!bob@[^ ]+ from 127.0.0.1\"")
                .containsPattern("\"who\":\"root \\(ann!ann@[^ ]+\\) from 127.0.0.1\"")
                .containsOnlyOnce("name=root");
    }

    @Test
    void aReloadBySignalIsInTheAuditLog() {
        try (Peer ann = operator()) {
            server.changeSettings("teahouse.irc.motd = \"Open again.\"");
            server.hangUp();
            ann.until("NOTICE ann :*** SIGHUP used reload: changed: teahouse.irc.motd");
            ann.say("AUDIT");
            ann.until("who=SIGHUP way=signal power=reload outcome=changed: teahouse.irc.motd");
        }
    }

    @Test
    void askingForTheStateOfMaintenanceChangesNothing() {
        assertThat(admin.post("/v1/maintenance", BOSS, "{\"state\":\"status\"}").statusCode())
                .isEqualTo(200);
        assertThat(audit()).doesNotContain("maintenance");
    }

    @Test
    void theAuditLogIsReadInPages() {
        for (int i = 1; i <= 3; i++) {
            admin.post("/v1/announce", BOSS, "{\"text\":\"" + i + "\"}");
        }
        HttpResponse<String> page = admin.send("GET", "/v1/audit?limit=2", BOSS);
        assertThat(page.body()).contains("text=3", "text=2", "\"next\":\"2\"").doesNotContain("text=1");
        assertThat(admin.send("GET", "/v1/audit?limit=2&after=2", BOSS).body())
                .contains("text=1")
                .doesNotContain("text=2", "next");
    }
}
