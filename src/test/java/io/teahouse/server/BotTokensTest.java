package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Programs that log in to an account over IRC by a token. The account is called helper. */
class BotTokensTest {
    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static Peer call(TestServer server, String name) {
        Peer peer = Peer.connect(name, server.port("irc"));
        peer.say("CAP REQ :sasl standard-replies message-tags");
        peer.until("ACK :");
        return peer;
    }

    /** Registers the account; returns a token with that label. */
    private static String token(TestServer server, String label) {
        try (Peer owner = call(server, "helper")) {
            owner.say("NICK helper\r\nREGISTER * * :sesame");
            owner.until("REGISTER SUCCESS helper");
            owner.say("DEVICES TOKEN :" + label);
            return owner.until("TOKEN_CREATED").split(" ", -1)[5];
        }
    }

    private static String plain(Peer peer, String account, String password) {
        peer.say("AUTHENTICATE PLAIN");
        peer.until("AUTHENTICATE +");
        peer.say("AUTHENTICATE " + base64("\0" + account + "\0" + password));
        return peer.until(" 90");
    }

    private static void enter(Peer peer, String nick) {
        peer.say("NICK " + nick + "\r\nUSER u 0 * :" + nick + "\r\nCAP END\r\nJOIN #tea");
        peer.until(" 366 ");
    }

    @Test
    void aBotLogsInByPlainWithItsTokenAndIsMarkedAsABot() {
        try (TestServer server = TestServer.start();
                Peer ann = call(server, "ann")) {
            String token = token(server, "bot");
            enter(ann, "ann");
            try (Peer bot = call(server, "helper")) {
                assertThat(plain(bot, "helper", token)).contains(" 900 ");
                enter(bot, "helper");
                ann.say("WHOIS helper");
                assertThat(ann.until(" 335 ")).contains(" helper :is a bot");
                bot.say("PRIVMSG #tea :hi");
                assertThat(ann.until("PRIVMSG #tea"))
                        .startsWith("@")
                        .contains("bot")
                        .endsWith(" :hi");
                bot.say("MODE helper -B");
                bot.say("MODE helper");
                assertThat(bot.until(" 221 ")).contains("B");
            }
        }
    }

    @Test
    void aTokenWithAnotherLabelIsThatOfAPerson() {
        try (TestServer server = TestServer.start()) {
            String token = token(server, "phone");
            try (Peer phone = call(server, "helper")) {
                assertThat(plain(phone, "helper", token)).contains(" 900 ");
                enter(phone, "helper");
                phone.say("MODE helper");
                assertThat(phone.until(" 221 ")).doesNotContain("B");
            }
        }
    }

    @Test
    void aTokenThatIsWrongOrThatOfAnotherAccountIsRefused() {
        try (TestServer server = TestServer.start();
                Peer bot = call(server, "helper")) {
            String token = token(server, "bot");
            assertThat(plain(bot, "helper", (token.startsWith("A") ? "B" : "A") + token.substring(1)))
                    .contains(" 904 ");
            assertThat(plain(bot, "ann", token)).contains(" 904 ");
            assertThat(plain(bot, "helper", "sesame")).contains(" 900 ");
        }
    }
}
