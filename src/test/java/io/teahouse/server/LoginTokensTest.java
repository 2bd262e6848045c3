package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Devices that stay logged in by tokens, over real sockets. */
class LoginTokensTest {
    private static final String CHEAP = "teahouse.accounts.scram-iterations = 4096";

    private static Peer call(TestServer server) {
        Peer peer = Peer.connect("ann", server.port("irc"));
        peer.say("CAP REQ :sasl standard-replies");
        peer.until("ACK :sasl");
        return peer;
    }

    private static void register(TestServer server) {
        try (Peer peer = call(server)) {
            peer.say("NICK ann");
            peer.say("REGISTER * * :sesame");
            peer.until("REGISTER SUCCESS ann");
        }
    }

    /** Logs in with the password; returns the reply. */
    private static String plain(Peer peer) {
        peer.say("AUTHENTICATE PLAIN");
        peer.until("AUTHENTICATE +");
        peer.say("AUTHENTICATE " + base64("\0ann\0sesame"));
        return peer.until(" 90");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    /** Makes a token; returns its text. */
    private static String token(Peer peer, String label) {
        peer.say("DEVICES TOKEN :" + label);
        String[] words = peer.until("TOKEN_CREATED").split(" ", -1);
        return words[5];
    }

    /** Logs in by a token; returns the end of the exchange. */
    private static String bearer(Peer peer, String token) {
        peer.say("AUTHENTICATE OAUTHBEARER");
        peer.until("AUTHENTICATE +");
        peer.say("AUTHENTICATE " + base64("n,a=ann,\u0001auth=Bearer " + token + "\u0001\u0001"));
        String end = peer.until(" ");
        if (end.startsWith("AUTHENTICATE ")) {
            assertThat(new String(Base64.getDecoder().decode(end.substring(13)), UTF_8))
                    .startsWith("{\"status\":");
            peer.say("AUTHENTICATE AQ==");
            end = peer.until(" 90");
        }
        return end;
    }

    private static void enter(Peer peer) {
        peer.say("NICK ann\r\nUSER ann 0 * :Ann\r\nCAP END");
        peer.until(" 001 ann ");
    }

    @Test
    void aDeviceStaysLoggedInAcrossConnections() {
        try (TestServer server = TestServer.start(CHEAP)) {
            register(server);
            String token;
            try (Peer peer = call(server)) {
                peer.say("DEVICES TOKEN");
                assertThat(peer.until("DEVICES")).contains("FAIL DEVICES ACCOUNT_REQUIRED");
                plain(peer);
                token = token(peer, "Firefox on a phone"); // before it has entered
                assertThat(token).matches("[A-Za-z0-9_-]{16}\\.[A-Za-z0-9_-]{43}");
                enter(peer);
            }
            try (Peer peer = call(server)) {
                assertThat(bearer(peer, token)).contains(" 900 ");
                enter(peer);
                peer.say("DEVICES");
                assertThat(peer.until("NOTE DEVICES TOKEN"))
                        .contains("token 1: Firefox on a phone, created ", ", last used ", "(this device)")
                        .doesNotContain(token);
            }
        }
    }

    @Test
    void aRevokedTokenEndsItsConnectionsAndNoOthers() {
        try (TestServer server = TestServer.start(CHEAP)) {
            register(server);
            try (Peer home = call(server);
                    Peer made = call(server);
                    Peer used = call(server);
                    Peer early = call(server)) {
                plain(home);
                String own = token(home, "home");
                enter(home);
                plain(made);
                enter(made);
                String lost = token(made, "lost");
                bearer(used, lost);
                enter(used);
                assertThat(bearer(early, lost)).contains(" 900 ");
                home.say("DEVICES REVOKE 2");
                assertThat(home.until("DEVICES")).contains("NOTE DEVICES TOKEN_REVOKED :Token 2 is revoked");
                assertThat(made.until("ERROR")).contains("this device was logged out");
                assertThat(used.until("ERROR")).contains("this device was logged out");
                early.say("NICK ann\r\nUSER ann 0 * :Ann\r\nCAP END");
                assertThat(early.until("ERROR")).contains("this device was logged out");
                home.say("DEVICES REVOKE 2");
                assertThat(home.until("DEVICES")).contains("FAIL DEVICES NO_SUCH_TOKEN");
                try (Peer again = call(server)) {
                    assertThat(bearer(again, lost)).contains(" 904 ");
                    assertThat(bearer(again, own)).contains(" 900 ");
                }
            }
        }
    }

    @Test
    void aTokenThatIsRevokedEndsTheConnectionThatCameByItAndHasMadeAnotherSince() {
        try (TestServer server = TestServer.start(CHEAP)) {
            register(server);
            try (Peer home = call(server);
                    Peer used = call(server)) {
                plain(home);
                String lost = token(home, "lost");
                plain(home);
                enter(home);
                bearer(used, lost);
                token(used, "another");
                enter(used);
                home.say("DEVICES REVOKE 1");
                home.until("TOKEN_REVOKED");
                assertThat(used.until("ERROR")).contains("this device was logged out");
                home.say("PING :here");
                assertThat(home.until("PONG")).as("whoever revokes it stays").contains("here");
            }
        }
    }

    @Test
    void aNewPasswordLogsAllDevicesOut() {
        try (TestServer server = TestServer.start(CHEAP)) {
            register(server);
            try (Peer home = call(server)) {
                plain(home);
                String token = token(home, "");
                enter(home);
                home.say("PASSWD sesame :open-sesame");
                home.until("PASSWORD_CHANGED");
                try (Peer again = call(server)) {
                    assertThat(bearer(again, token)).contains(" 904 ");
                }
                String fresh = token(home, "");
                try (Peer again = call(server)) {
                    assertThat(bearer(again, fresh)).contains(" 900 ");
                }
            }
        }
    }

    @Test
    void theTerminalSeesAndRevokesTokens() {
        try (TestServer server = TestServer.start(CHEAP)) {
            register(server);
            try (Peer home = call(server);
                    Peer nc = Peer.connect("nc", server.port())) {
                plain(home);
                token(home, "phone");
                enter(home);
                nc.say("/login ann sesame");
                nc.until("you are logged in as ann");
                nc.say("/devices");
                assertThat(nc.until("token")).startsWith("-- token 1: phone, created ");
                nc.say("/devices revoke 2");
                nc.until("! you have no token of that number: type /devices");
                nc.say("/devices revoke 1");
                nc.until("-- token 1 is revoked");
                home.until("ERROR");
            }
        }
    }

    @Test
    void withoutTokensNothingIsOffered() {
        try (TestServer server = TestServer.start(CHEAP, "teahouse.accounts.tokens.per-account = 0")) {
            register(server);
            try (Peer peer = call(server)) {
                peer.say("CAP LS 302");
                assertThat(peer.until("sasl=")).doesNotContain("OAUTHBEARER");
                plain(peer);
                peer.say("DEVICES TOKEN");
                assertThat(peer.until("DEVICES")).contains("FAIL DEVICES DISABLED");
                peer.say("AUTHENTICATE OAUTHBEARER");
                peer.until(" 904 ");
            }
        }
    }
}
