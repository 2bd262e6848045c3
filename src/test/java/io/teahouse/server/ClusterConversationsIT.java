package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations of people whose connections are at three nodes, or at none. */
class ClusterConversationsIT {
    private static final String[] OPTIONS = {"-Dteahouse.accounts.scram-iterations=4096", "-Dteahouse.flood.enabled=off"
    };
    private static final String CAPABILITIES =
            "CAP REQ :message-tags server-time batch echo-message standard-replies sasl draft/chathistory"
                    + " draft/read-marker draft/message-redaction draft/account-registration";
    private static final String ALL_TARGETS =
            "CHATHISTORY TARGETS timestamp=2020-01-01T00:00:00.000Z timestamp=2100-01-01T00:00:00.000Z 50";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private static Peer guest(String nick, ClusterProcesses.Node at) {
        Peer peer = Peer.irc(nick, at.port("irc"));
        peer.say(CAPABILITIES);
        peer.until(" ACK ");
        return peer;
    }

    private static Peer register(String account, ClusterProcesses.Node at) {
        Peer peer = guest(account, at);
        peer.say("REGISTER " + account + " * :open sesame");
        peer.until(" REGISTER SUCCESS ");
        return peer;
    }

    private static Peer login(String account, String device, ClusterProcesses.Node at) {
        Peer peer = guest(device, at);
        String secret = "\0" + account + "\0open sesame";
        peer.say("AUTHENTICATE PLAIN");
        peer.until("AUTHENTICATE +");
        peer.say("AUTHENTICATE " + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
        peer.until(" 903 ");
        return peer;
    }

    private static void quit(Peer... peers) {
        for (Peer each : peers) {
            each.say("QUIT");
            each.until("ERROR");
            each.close();
        }
    }

    private static void say(Peer by, String to, String text, Peer... hearers) {
        by.say("PRIVMSG " + to + " :" + text);
        by.until("PRIVMSG " + to + " :" + text);
        for (Peer each : hearers) {
            each.until("PRIVMSG " + to + " :" + text);
        }
    }

    /** What is known of users of other nodes is a moment old. */
    private static void awaitWhois(Peer asker, String nick, String part) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String answer;
        do {
            assertThat(System.nanoTime()).as("%s: %s", nick, part).isLessThan(deadline);
            asker.say("WHOIS " + nick);
            answer = String.join("\n", asker.untilAll(" 318 "));
        } while (!answer.contains(part));
    }

    private static List<String> history(Peer of, String with) {
        of.say("CHATHISTORY LATEST " + with + " * 50");
        of.until(" BATCH +");
        return of.untilAll(" BATCH -").stream()
                .filter(line -> line.contains(" PRIVMSG "))
                .map(line -> line.replaceAll(".* PRIVMSG [^ ]* :", "").strip())
                .toList();
    }

    private static String targets(Peer of) {
        of.say(ALL_TARGETS);
        of.until(" BATCH +");
        return String.join("\n", of.untilAll(" BATCH -"));
    }

    @Test
    void aConversationIsTheSameAtAllNodes() throws IOException, InterruptedException {
        try (ClusterProcesses cluster = ClusterProcesses.start(3, folder, OPTIONS)) {
            Peer ann = register("ann", cluster.node(0));
            Peer bob = register("bob", cluster.node(2));
            awaitWhois(ann, "bob", " 330 ");
            awaitWhois(bob, "ann", " 330 ");
            say(ann, "bob", "one", bob);
            Peer phone = login("bob", "phone", cluster.node(1));
            devicesAtTwoNodes(ann, bob, phone);
            quit(bob);
            say(ann, "bob", "four", phone);

            ann.say("NICK anna");
            ann.until(" NICK ");
            ann.say("ALWAYSON ON");
            ann.until(" ALWAYS_ON ");
            quit(ann);
            awaitWhois(phone, "anna", " 301 ");
            say(phone, "anna", "five");
            Peer laptop = login("bob", "laptop", cluster.node(2));
            assertThat(history(laptop, "anna")).containsExactly("one", "two", "three", "four", "five");
            assertThat(targets(laptop)).contains(" TARGETS anna ");
            laptop.say("MARKREAD ann");
            laptop.until("MARKREAD ann timestamp=2026-04-01");
            say(laptop, "anna", "six", phone);
            aGuestComesAndGoes(cluster, phone, laptop);

            cluster.node(0).kill();
            cluster.awaitRemoved(cluster.node(0));
            for (Peer each : List.of(phone, laptop)) {
                awaitWhois(each, "anna", " 311 ");
            }
            say(laptop, "anna", "seven", phone);
            say(phone, "anna", "eight", laptop);
            Peer back = login("ann", "tablet", cluster.node(1));
            assertThat(history(back, "bob"))
                    .containsExactly("one", "two", "three", "four", "five", "six", "seven", "eight");
            assertThat(targets(back)).contains(" TARGETS bob ");
            say(back, "bob", "nine", phone, laptop);
            quit(back, phone, laptop);
        }
    }

    private static void devicesAtTwoNodes(Peer ann, Peer bob, Peer phone) {
        assertThat(history(phone, "ann")).containsExactly("one");
        assertThat(targets(phone)).contains(" TARGETS ann ");
        say(phone, "ann", "two", ann, bob);
        say(ann, "bob", "three", bob, phone);
        bob.say("MARKREAD ann timestamp=2026-04-01T00:00:00.000Z");
        phone.until("MARKREAD ann timestamp=2026-04-01");
        phone.say("MARKREAD ann");
        phone.until("MARKREAD ann timestamp=2026-04-01");

        phone.say("PRIVMSG ann :a secret");
        String secret = ann.until("PRIVMSG ann :a secret")
                .replaceAll(".*msgid=([^; ]*).*", "$1")
                .strip();
        bob.until("PRIVMSG ann :a secret");
        bob.say("REDACT ann " + secret);
        for (Peer each : List.of(ann, bob, phone)) {
            each.until("REDACT ann " + secret);
        }
    }

    private static void aGuestComesAndGoes(ClusterProcesses cluster, Peer phone, Peer laptop) {
        Peer cyd = guest("cyd", cluster.node(0));
        say(cyd, "bob", "hi", phone, laptop);
        awaitWhois(laptop, "cyd", " 311 ");
        say(laptop, "cyd", "ho", cyd, phone);
        assertThat(history(cyd, "bob")).containsExactly("hi", "ho");
        assertThat(history(phone, "cyd")).containsExactly("hi", "ho");
        quit(cyd);
        for (Peer each : List.of(phone, laptop)) {
            awaitWhois(each, "cyd", " 401 ");
            assertThat(history(each, "cyd")).containsExactly("hi", "ho");
            assertThat(targets(each)).contains(" TARGETS cyd ").contains(" TARGETS anna ");
            each.say("PRIVMSG cyd :too late");
            each.until(" 401 ");
        }
    }
}
