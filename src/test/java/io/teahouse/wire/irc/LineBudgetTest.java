package io.teahouse.wire.irc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Attributes;
import io.teahouse.room.Audience;
import io.teahouse.room.Mode;
import io.teahouse.room.ModeChange;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomName;
import io.teahouse.user.NickRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** No line exceeds 512 bytes without its tags, and no list and no text of the advertised length is cut. */
class LineBudgetTest {
    private static final int LINE = 512;
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Capabilities ALL = new Capabilities(-1);

    /** The lines about an event for a client with all capabilities, or with none. */
    private static List<String> lines(Capabilities to, String target, RoomEvent event) {
        List<String> lines = new ArrayList<>();
        event.accept(new EventWriter(to, target, (unit, own) -> {
            assertThat(unit).endsWith("\r\n");
            lines.addAll(List.of(unit.substring(0, unit.length() - 2).split("\r\n", -1)));
        }));
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(bytes(withoutTags(line)) + 2).as(line).isLessThanOrEqualTo(LINE));
        return lines;
    }

    private static String withoutTags(String line) {
        return line.startsWith("@") ? line.substring(line.indexOf(' ') + 1) : line;
    }

    private static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }

    private static List<RoomEvent> events(Nick by, Nick other, Profile profile, RoomName room, String text) {
        List<RoomEvent> events = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            events.add(new RoomEvent.Said(
                    room, 1, "id-1", NOW, by, profile, kind, text, Attributes.NONE, Audience.OPERATORS, ""));
        }
        for (Departure how : Departure.values()) {
            events.add(new RoomEvent.Left(room, other, profile, how, text, by, profile, 1, NOW));
        }
        Profile after = new Profile(profile.user(), profile.host(), text, other.text(), text, false);
        events.add(new RoomEvent.Joined(room, by, after, NOW));
        events.add(new RoomEvent.Renamed(room, by, other, profile, 1, NOW));
        events.add(new RoomEvent.ProfileChanged(room, by, profile, after, 1, NOW));
        events.add(new RoomEvent.Invited(room, by, profile, other, NOW));
        events.add(new RoomEvent.TopicChanged(room, 1, "id-1", NOW, by, profile, text, ""));
        events.add(new RoomEvent.RoomRenamed(room, room, by, profile, text, NOW));
        return events;
    }

    @Property(tries = 300)
    void noLineIsTooLongForAnyNamesAndTexts(
            @ForAll("words") String nick,
            @ForAll("words") String other,
            @ForAll("words") String user,
            @ForAll("words") String host,
            @ForAll("rooms") String room,
            @ForAll("texts") String text) {
        Profile profile = new Profile(user, host, text, nick, "", false);
        for (RoomEvent event : events(nick(nick), nick(other), profile, RoomName.of(room), text)) {
            lines(Capabilities.NONE, "#" + room, event);
            lines(ALL, "#" + room, event);
        }
    }

    private static Nick nick(String text) {
        return new Nick(text, text);
    }

    @Property(tries = 300)
    void thePiecesOfAMessageMakeUpTheMessage(
            @ForAll("words") String nick, @ForAll("rooms") String room, @ForAll("texts") String text) {
        Assume.that(!text.isEmpty());
        Profile profile = new Profile("user", "host", "", "", "", false);
        RoomEvent said = new RoomEvent.Said(
                RoomName.of(room),
                1,
                "id-1",
                NOW,
                nick(nick),
                profile,
                Kind.MESSAGE,
                text,
                Attributes.NONE,
                Audience.ALL,
                "");
        StringBuilder all = new StringBuilder();
        for (String line : lines(Capabilities.NONE, "#" + room, said)) {
            all.append(IrcMessage.parse(line).param(1));
        }
        assertThat(all.toString()).isEqualTo(text);
    }

    @Property(tries = 300)
    void allModeChangesAreShown(
            @ForAll("words") String nick,
            @ForAll("rooms") String room,
            @ForAll @Size(min = 1, max = 40) List<@From("masks") String> masks) {
        Profile profile = new Profile("user", "host", "", "", "", false);
        List<ModeChange> changes = new ArrayList<>();
        for (int i = 0; i < masks.size(); i++) {
            changes.add(new ModeChange(i % 3 > 0, i % 2 > 0 ? Mode.BAN : Mode.EXCEPTION, masks.get(i)));
        }
        RoomEvent changed = new RoomEvent.ModesChanged(RoomName.of(room), nick(nick), profile, changes, NOW);
        List<ModeChange> told = new ArrayList<>();
        for (String line : lines(Capabilities.NONE, "#" + room, changed)) {
            List<String> params = IrcMessage.parse(line).params();
            boolean set = true;
            int value = 2;
            for (char letter : params.get(1).toCharArray()) {
                if (letter == '+' || letter == '-') {
                    set = letter == '+';
                } else {
                    told.add(new ModeChange(set, Mode.of(letter).orElseThrow(), params.get(value++)));
                }
            }
        }
        assertThat(told).isEqualTo(changes);
    }

    @Property(tries = 300)
    void piecesContainAllWordsWithinTheLimit(
            @ForAll @Size(max = 60) List<@From("words") String> words,
            @ForAll @IntRange(min = 384, max = 500) int most) {
        List<String> pieces = LineBudget.pieces(words, ",", most);
        assertThat(String.join(",", pieces)).isEqualTo(String.join(",", words));
        assertThat(pieces).allSatisfy(piece -> assertThat(bytes(piece)).isLessThanOrEqualTo(most));
    }

    /** IRCv3 message-tags, "size limit": 4094 bytes for client-only tags, and as many for the server's. */
    @Property(tries = 200)
    void tagsStayWithinTheirLimit(@ForAll @IntRange(min = 4000, max = 4200) int length) {
        String value = "x".repeat(length - 3);
        Profile profile = new Profile("user", "host", "", "a;".repeat(32), "", true);
        RoomEvent said = new RoomEvent.Said(
                RoomName.of("tea"),
                1,
                "id-1",
                NOW,
                nick("ann"),
                profile,
                Kind.MESSAGE,
                "hi",
                new Attributes(Map.of("+a", value)),
                Audience.ALL,
                "");
        String line = lines(ALL, "#tea", said).get(0);
        assertThat(line).startsWith("@time=").endsWith(" PRIVMSG #tea :hi");
        assertThat(line.contains("+a=")).isEqualTo(length <= 4094);
        assertThat(bytes(line.substring(1, line.indexOf(' ')).replace(";+a=" + value, "")))
                .isLessThanOrEqualTo(4094);
    }

    /** Texts of the greatest length that any valid settings allow, in several scripts. */
    @Property
    void textsOfAdvertisedLengthsFit(
            @ForAll @IntRange(min = 1, max = 63) int server,
            @ForAll @IntRange(min = 1, max = 128) int nickLength,
            @ForAll @IntRange(min = 1, max = 350) int value) {
        String name = "s".repeat(server);
        LineLimits limits = LineLimits.of(name, nickLength, value);
        Assume.that(limits.areUsable());
        String nick = "n".repeat(NickRules.maxBytes(nickLength));
        String user = "u".repeat(LineLimits.USER);
        String host = "h".repeat(LineLimits.HOST);
        String channel = "#" + "c".repeat(LineLimits.CHANNEL - 1);
        String real = "r".repeat(limits.realName());
        Profile profile = new Profile(user, host, real, nick, "a".repeat(limits.away()), false);
        Profile before = new Profile(user, host, "", "", "", false);
        RoomName room = RoomName.of("tea");
        assertThat(lines(ALL, channel, new RoomEvent.Joined(room, nick(nick), profile, NOW)))
                .anyMatch(line -> line.endsWith(" :" + real))
                .anyMatch(line -> line.endsWith(" AWAY :" + profile.away()));
        assertThat(lines(ALL, channel, new RoomEvent.ProfileChanged(room, nick(nick), before, profile, 1, NOW)))
                .anyMatch(line -> line.endsWith(" SETNAME :" + real));
        String topic = "t".repeat(limits.topic());
        assertThat(lines(ALL, channel, new RoomEvent.TopicChanged(room, 1, "i", NOW, nick(nick), before, topic, "")))
                .allMatch(line -> line.endsWith(" TOPIC " + channel + " :" + topic));
        String reason = "k".repeat(limits.kick());
        RoomEvent kicked =
                new RoomEvent.Left(room, nick(nick), before, Departure.KICKED, reason, nick(nick), before, 1, NOW);
        assertThat(lines(ALL, channel, kicked)).allMatch(line -> line.endsWith(" " + nick + " :" + reason));
        ModeChange ban = new ModeChange(true, Mode.BAN, "m".repeat(limits.mask()));
        assertThat(lines(ALL, channel, new RoomEvent.ModesChanged(room, nick(nick), before, List.of(ban), NOW)))
                .allMatch(line -> line.endsWith(" +b " + ban.value()));
        String start = ":" + name + " 352 " + nick;
        String who = LineBudget.text(start, List.of(channel, user, host, name, nick, "G*@%+B"), "0 " + real);
        assertThat(who).endsWith(" :0 " + real + "\r\n");
        String key = "k".repeat(MetadataSubscriptions.LONGEST_KEY);
        String noted = "v".repeat(limits.metadataValue());
        assertThat(LineBudget.text(start, List.of(channel, key, "*"), noted)).endsWith(" :" + noted + "\r\n");
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().withChars("a9é中").ofMinLength(1).ofMaxLength(128);
    }

    @Provide
    Arbitrary<String> rooms() {
        return Arbitraries.strings().withChars("a9é中").ofMinLength(1).ofMaxLength(33);
    }

    @Provide
    Arbitrary<String> masks() {
        return Arbitraries.strings().withChars("a*?!@中").ofMinLength(1).ofMaxLength(56);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("a é中:").ofMaxLength(900);
    }
}
