package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is an operator of the server, with which privileges, and who may come during maintenance. */
class OperatorsTest {
    private static final String TOKEN = "the token of boss";

    private TestServer server;
    private AdminClient admin;

    @BeforeEach
    void start() {
        server = TestServer.start(
                "teahouse.admin { enabled = on, token = \"" + TOKEN + "\" }",
                "teahouse.operator.classes = [ { name = moderator, privileges = [ bans, audit ] } ]",
                "teahouse.irc.operators = [ { name = root, password = secret }, { name = mod, account = Mia, class ="
                        + " moderator }, { name = some, password = other, privileges = [ disconnect ] },"
                        + " { name = clerk, password = third, privileges = [ accounts, audit ] },"
                        + " { name = aide, account = Amy, privileges = [ audit ] } ]");
        admin = new AdminClient(server.port("admin"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Peer register(String name) {
        Peer peer = Peer.irc(name, server.port("irc"));
        peer.say("REGISTER * * :sesame");
        peer.until("REGISTER SUCCESS");
        return peer;
    }

    private void maintenance(String state) {
        assertThat(admin.post("/v1/maintenance", TOKEN, "{\"state\":\"" + state + "\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoIsLoggedInToTheAccountOfAnOperatorNeedsNoPassword() {
        try (Peer mia = register("mia");
                Peer bob = Peer.irc("bob", server.port("irc"))) {
            bob.say("OPER mod");
            bob.until(" 461 bob OPER ");
            bob.say("OPER mod x");
            bob.until(" 464 bob ");
            mia.say("OPER root");
            mia.until(" 461 mia OPER ");
            mia.say("OPER mod");
            mia.until(" 381 mia ");
            mia.say("BANS");
            mia.until("NOTICE mia :0 bans");
        }
    }

    @Test
    void aModeratorCannotDoWhatTheirClassDoesNotName() {
        try (Peer mia = register("mia")) {
            mia.say("OPER mod");
            mia.until(" 381 mia ");
            for (String command : new String[] {
                "REHASH",
                "KILL mia",
                "WALLOPS :x",
                "STATS o",
                "ANNOUNCE :x",
                "MAINTENANCE on",
                "RELOAD",
                "DISCONNECT mia"
            }) {
                mia.say(command);
                assertThat(mia.until(" 723 mia ")).endsWith(":Insufficient oper privileges.");
            }
            mia.say("AUDIT");
            for (String power : new String[] {"maintenance", "announce", "stats", "wallops", "disconnect", "reload"}) {
                assertThat(mia.until("NOTICE mia :number="))
                        .contains("who=mod (mia!mia@", "power=" + power, "outcome=refused: ");
            }
        }
    }

    @Test
    void whoMayChangeAccountsCannotTakeThatOfAnOperatorWhoMayDoMore() {
        register("mia").close();
        register("bob").close();
        register("amy").close();
        try (Peer ann = Peer.irc("ann", server.port("irc"))) {
            ann.say("OPER clerk third");
            ann.until(" 381 ann ");
            for (String command :
                    new String[] {"RESETPASSWORD MIA", "RENAMEACCOUNT mia cat", "RENAMEACCOUNT bob Mia", "BOT mia"}) {
                ann.say(command);
                assertThat(ann.until("FAIL ")).contains("FORBIDDEN", "is the account of an operator");
            }
            ann.say("RESETPASSWORD amy");
            ann.until("NOTICE ann :The password of amy is replaced");
            ann.say("RENAMEACCOUNT bob cat");
            ann.until("NOTICE ann :bob is called cat now");
            ann.say("AUDIT");
            ann.until("power=renameaccount");
            ann.until("power=resetpassword");
            assertThat(ann.until("power=bot")).contains("who=clerk ", "outcome=refused: mia is the account of");
        }
    }

    @Test
    void aUserLosesTheirPrivilegesWithTheirMode() {
        try (Peer ann = Peer.irc("ann", server.port("irc"))) {
            ann.say("OPER some other");
            ann.until(" 381 ann ");
            ann.say("KILL nobody");
            ann.until(" 401 ann nobody ");
            ann.say("MODE ann -o");
            ann.say("KILL nobody");
            ann.until(" 481 ann ");
        }
    }

    @Test
    void whoLogsOutOfTheirAccountIsNoOperatorAnyMore() {
        try (Peer mia = register("mia")) {
            mia.say("OPER mod");
            mia.until(" 381 mia ");
            mia.say("NICK cat");
            mia.until(" NICK ");
            mia.say("NS LOGOUT");
            mia.until(" MODE cat -o");
            mia.until("NOTICE cat :*** you are no operator of the server any more: you have logged out");
            mia.until("You are logged out");
            mia.say("BANS");
            mia.until(" 481 cat ");
        }
    }

    @Test
    void whoLogsInToAnotherAccountIsNoOperatorAnyMore() {
        register("bob").close();
        try (Peer mia = register("mia")) {
            mia.say("OPER mod");
            mia.until(" 381 mia ");
            mia.say("NS IDENTIFY bob sesame");
            mia.until(" -o");
            mia.say("BANS");
            mia.until(" 481 ");
        }
    }

    @Test
    void aGuestWhoLogsInIsStillTheOperatorThatTheyWere() {
        register("ann").close();
        try (Peer guest = Peer.irc("cat", server.port("irc"))) {
            guest.say("OPER some other");
            guest.until(" 381 cat ");
            guest.say("NS IDENTIFY ann sesame");
            guest.until("You are now logged in");
            guest.say("KILL nobody");
            guest.until(" 401 ");
            server.changeSettings("teahouse.irc.operators = [ { name = root, password = secret } ]");
            assertThat(admin.post("/v1/reload", TOKEN, "").statusCode()).isEqualTo(200);
            guest.until(" -o");
        }
    }

    @Test
    void inMaintenanceNobodyNewComesAndOperatorsDo() {
        register("mia").close();
        try (Peer ann = Peer.irc("ann", server.port("irc"))) {
            maintenance("on");
            ann.say("REGISTER * * :sesame");
            ann.until("nobody new can come in for now: the server is being worked on");
            try (Peer bob = Peer.connect("bob", server.port("irc"))) {
                bob.say("NICK bob");
                bob.say("USER bob 0 * :x");
                bob.until("ERROR :Closing Link: nobody new can come in for now: the server is being worked on");
            }
            try (Peer mia = Peer.connect("mia", server.port("irc"))) {
                mia.say("CAP REQ sasl");
                mia.say("NICK mia");
                mia.say("USER mia 0 * :x");
                mia.say("AUTHENTICATE PLAIN");
                mia.until("AUTHENTICATE +");
                mia.say("AUTHENTICATE bWlhAG1pYQBzZXNhbWU=");
                mia.until(" 903 ");
                mia.say("CAP END");
                mia.until(" 376 ");
            }
            maintenance("off");
            Peer.irc("bob", server.port("irc")).close();
        }
    }

    @Test
    void aReloadChangesWhatAnOperatorMayDo() {
        try (Peer ann = Peer.irc("ann", server.port("irc"))) {
            ann.say("OPER root secret");
            ann.until(" 381 ann ");
            ann.say("RELOAD");
            ann.until("NOTICE ann :nothing has changed");
            ann.say("REHASH");
            ann.until(" 382 ann ");
            ann.until("NOTICE ann :nothing has changed");
        }
    }
}
