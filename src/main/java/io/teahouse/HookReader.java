package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.teahouse.account.HashedToken;
import io.teahouse.hook.HookEvent;
import io.teahouse.hook.HookSettings;
import io.teahouse.hook.Secret;
import io.teahouse.hook.Targets;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomName;
import io.teahouse.room.support.Address;
import io.teahouse.room.support.Network;
import io.teahouse.user.NickRules;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the settings of webhooks. */
final class HookReader {
    private static final Duration SHORT = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofDays(1);
    private static final int MANY = 10_000_000;
    private static final String EVENTS = String.join(
            ", ", Arrays.stream(HookEvent.values()).map(HookEvent::text).toList());

    private final SettingsReader read;
    private final NickRules nicks;

    /** The members that the hooks are: room and name. */
    private final Set<List<String>> members = new HashSet<>();

    private HookReader(SettingsReader read) {
        this.read = read;
        this.nicks = new NickRules(SharedSettings.nickLength(read), SharedSettings.caseMapping(read));
    }

    static HookSettings read(SettingsReader read) {
        HookReader reader = new HookReader(read);
        return new HookSettings(
                reader.incoming(),
                reader.outgoing(),
                new HookSettings.Receiving(
                        AccountReader.pace(read, "webhooks.rate"), AccountReader.pace(read, "admin.failures")),
                new HookSettings.Sending(
                        read.time("webhooks.timeout", SHORT, LONG),
                        new HookSettings.Backoff(
                                read.time("webhooks.retry-delay", SHORT, LONG),
                                read.time("webhooks.longest-retry-delay", SHORT, LONG)),
                        read.number("webhooks.max-waiting", 1, MANY),
                        new Targets(read.onOff("webhooks.allow-private"), reader.networks())));
    }

    /** The rooms of hooks belong to the operators of the server, who made the hooks. */
    static List<RoomName> rooms(HookSettings hooks) {
        return Stream.concat(
                        hooks.incoming().stream().map(HookSettings.Incoming::room),
                        hooks.outgoing().stream()
                                .map(HookSettings.Outgoing::rooms)
                                .flatMap(Collection::stream))
                .toList();
    }

    /** The names that nobody else may have. */
    static List<String> names(HookSettings hooks) {
        return Stream.concat(
                        hooks.incoming().stream().map(HookSettings.Incoming::name),
                        hooks.outgoing().stream().map(HookSettings.Outgoing::name))
                .map(Nick::text)
                .toList();
    }

    private List<HookSettings.Incoming> incoming() {
        List<HookSettings.Incoming> hooks = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Config each : read.objects("webhooks.incoming")) {
            read.refuseUnknown("webhooks.incoming", each, Set.of("id", "name", "room", "token"));
            try {
                String id = id(each, ids);
                Nick name = name(each, id);
                hooks.add(new HookSettings.Incoming(
                        id, name, room(each.getString("room"), name), HashedToken.of(each.getString("token"))));
            } catch (ConfigException | IllegalArgumentException e) {
                read.wrong(
                        "webhooks.incoming",
                        "a list of { id = …, token = \"sha256:…\", room = … } (" + reason(e) + ")");
            }
        }
        if (!hooks.isEmpty() && !read.onOff("admin.enabled")) {
            read.wrong("admin.enabled", "on, because programs post to teahouse.webhooks.incoming at the admin port");
        }
        return List.copyOf(hooks);
    }

    private List<HookSettings.Outgoing> outgoing() {
        List<HookSettings.Outgoing> hooks = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Config each : read.objects("webhooks.outgoing")) {
            read.refuseUnknown("webhooks.outgoing", each, Set.of("id", "name", "url", "secret", "rooms", "events"));
            try {
                String id = id(each, ids);
                Nick name = name(each, id);
                hooks.add(new HookSettings.Outgoing(
                        id,
                        name,
                        url(each.getString("url")),
                        Secret.of(each.getString("secret")),
                        each.getStringList("rooms").stream()
                                .map(room -> room(room, name))
                                .toList(),
                        events(each)));
            } catch (ConfigException | IllegalArgumentException e) {
                read.wrong(
                        "webhooks.outgoing",
                        "a list of { id = …, url = \"https://…\", secret = \"whsec_…\", rooms = [ … ], events = [ "
                                + EVENTS + " ] } (" + reason(e) + ")");
            }
        }
        return List.copyOf(hooks);
    }

    /** The library names the file and the line as well. */
    private static String reason(RuntimeException e) {
        return Secrets.withoutQuotes(String.valueOf(e.getMessage()));
    }

    private static String id(Config hook, Set<String> ids) {
        String id = hook.getString("id");
        boolean plain = !id.isEmpty()
                && id.chars().allMatch(c -> c == '-' || c == '_' || (c < 0x80 && Character.isLetterOrDigit(c)));
        if (!plain || !ids.add(id)) {
            throw new IllegalArgumentException("an id has letters, digits, - and _, and no two hooks have the same");
        }
        return id;
    }

    private Nick name(Config hook, String id) {
        NickRules.Checked checked = nicks.check(hook.hasPath("name") ? hook.getString("name") : id);
        if (checked instanceof NickRules.Rejected rejected) {
            throw new IllegalArgumentException(rejected.why());
        }
        return ((NickRules.Accepted) checked).nick();
    }

    private RoomName room(String text, Nick member) {
        RoomName room = SharedSettings.caseMapping(read).room(text);
        if (room.isConversation()) {
            throw new IllegalArgumentException("a hook is in rooms, not in conversations");
        } else if (!members.add(List.of(room.key(), member.key()))) {
            throw new IllegalArgumentException("two hooks in " + room + " have the name " + member
                    + ", incoming and outgoing ones together: give one of them another by name");
        }
        return room;
    }

    private static URI url(String text) {
        URI url = URI.create(text);
        String host = url.getHost();
        boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
        if (!web || host == null || host.endsWith(".") || url.getUserInfo() != null) {
            throw new IllegalArgumentException("a URL begins with https:// or http:// and the name of a host");
        }
        char first = host.charAt(host.lastIndexOf('.') + 1);
        if (Character.isDigit(first)
                && Address.parse(host)
                        .filter(it -> it.getHostAddress().equals(host))
                        .isEmpty()) {
            throw new IllegalArgumentException(
                    "an IPv4 address is four decimal numbers"); // 0177.1 is read in several ways
        }
        return url;
    }

    private static Set<HookEvent> events(Config hook) {
        if (!hook.hasPath("events")) {
            return EnumSet.allOf(HookEvent.class);
        }
        Set<HookEvent> events = EnumSet.noneOf(HookEvent.class);
        for (String name : hook.getStringList("events")) {
            events.add(Arrays.stream(HookEvent.values())
                    .filter(each -> each.text().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no event " + name)));
        }
        return events;
    }

    private List<Network> networks() {
        try {
            return read.texts("webhooks.allowed-networks").stream()
                    .map(Network::parse)
                    .toList();
        } catch (IllegalArgumentException e) {
            read.wrong("webhooks.allowed-networks", "a list of networks, such as 10.1.0.0/16 or fd00::/8");
            return List.of();
        }
    }
}
