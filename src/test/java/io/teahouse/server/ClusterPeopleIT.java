package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people on two nodes of a cluster, as they see each other over IRC. */
class ClusterPeopleIT {
    private static final String CHEAP = "-Dteahouse.accounts.scram-iterations=4096";

    @TempDir
    private Path folder;

    @Test
    void peopleOnTwoNodesMeet() throws IOException, InterruptedException {
        try (ClusterProcesses cluster = ClusterProcesses.start(2, folder, CHEAP);
                Peer ann = Peer.irc("ann", cluster.node(0).port("irc"));
                Peer bob = Peer.irc("bob", cluster.node(1).port("irc"))) {
            bob.say("NICK ann");
            bob.until(" 433 ");

            ann.say("JOIN #tea");
            ann.until(" 366 ");
            awaitListed(bob);
            bob.say("JOIN #tea");
            assertThat(bob.until(" 353 ")).contains("@ann").contains("bob");
            assertThat(ann.until(" JOIN ")).startsWith(":bob!");

            bob.say("WHOIS ann");
            assertThat(bob.until(" 311 ")).contains(" ann ");
            assertThat(bob.until(" 319 ")).contains("@#tea");

            ann.say("PRIVMSG bob :psst");
            assertThat(bob.until("psst")).startsWith(":ann!");
            bob.say("PRIVMSG ann :yes?");
            assertThat(ann.until("yes?")).startsWith(":bob!");

            ann.say("TOPIC #tea :green");
            assertThat(bob.until(" TOPIC ")).contains("green");
            ann.say("KICK #tea bob :enough");
            assertThat(bob.until(" KICK ")).contains("#tea bob :enough");

            ann.say("MONITOR + bob");
            ann.until(" 730 ");
            bob.say("NICK bobby");
            assertThat(ann.until(" 731 ")).contains("bob");
            bob.say("JOIN #tea");
            ann.until(" JOIN ");
            connectionsOfAnAccountAreOneUser(ann, bob, cluster.node(1).port("irc"));
        }
    }

    /** Ann registers while she is in the room, and logs in at the other node. */
    private static void connectionsOfAnAccountAreOneUser(Peer ann, Peer bob, int otherNode) {
        ann.say("CAP REQ :draft/account-registration");
        ann.say("REGISTER ann * :open sesame");
        ann.until(" REGISTER SUCCESS ");
        try (Peer phone = Peer.irc("phone", otherNode)) {
            phone.say("CAP REQ :sasl");
            phone.say("AUTHENTICATE PLAIN");
            phone.until("AUTHENTICATE +");
            phone.say("AUTHENTICATE AGFubgBvcGVuIHNlc2FtZQ==");
            phone.until(" 903 ");
            assertThat(phone.until(" NICK ")).startsWith(":phone!").endsWith(" ann");
            assertThat(phone.until(" JOIN ")).startsWith(":ann!").endsWith(" #tea");

            phone.say("PRIVMSG #tea :from my phone");
            assertThat(bob.until("from my phone")).startsWith(":ann!");
            assertThat(ann.until("from my phone")).startsWith(":ann!");

            phone.say("PART #tea");
            phone.until(" PART ");
            assertThat(ann.until(" PART ")).startsWith(":ann!");
            assertThat(bob.until(" PART ")).startsWith(":ann!");

            ann.say("NICK anna");
            assertThat(phone.until(" NICK ")).startsWith(":ann!").endsWith("anna");
            ann.say("QUIT");
            ann.until("ERROR");
            bob.say("PRIVMSG anna :still there?");
            assertThat(phone.until("still there?")).startsWith(":bobby!");
        }
    }

    /** What is known of rooms of the other node is a moment old. */
    private static void awaitListed(Peer peer) {
        String rooms;
        do {
            peer.say("LIST");
            rooms = String.join("\n", peer.untilAll(" 323 "));
        } while (!rooms.contains("#tea 1"));
    }
}
