package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.teahouse.wire.irc.IrcServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reloads the settings of a running server, and logs the result. Blocks; any thread, one at a time. */
final class SettingsReload implements IrcServer.Source {
    private static final int MOST_NAMED = 8;
    private static final Logger LOG = LoggerFactory.getLogger(SettingsReload.class);

    /** How often settings were reloaded. Thread-safe. */
    record Totals(LongAdder succeeded, LongAdder failed) {}

    private final Totals totals;
    private final Config running;
    private final IrcDoor door;
    private final Supplier<Config> source;

    /**
     * Reads nothing yet.
     *
     * @param running the settings that the server was started with
     * @param door how its clients speak IRC; gets a new certificate
     * @param source reads the settings again
     * @param totals counts reloads
     */
    SettingsReload(Config running, IrcDoor door, Supplier<Config> source, Totals totals) {
        this.totals = totals;
        this.running = running;
        this.door = door;
        this.source = source;
    }

    @Override
    public IrcServer.Reread read() throws IrcServer.Unusable {
        try {
            IrcServer.Reread fresh = reload(source.get());
            totals.succeeded.increment();
            LOG.info("settings reloaded{}", fresh.remark().isEmpty() ? "" : ": " + fresh.remark());
            return fresh;
        } catch (WrongSettings | ConfigException e) {
            String why = String.valueOf(e.getMessage()).replace('\n', ' ');
            totals.failed.increment();
            LOG.warn("settings not reloaded, the current ones stay: {}", why);
            throw new IrcServer.Unusable(why);
        }
    }

    @Override
    public String name() {
        return Configuration.source();
    }

    /** All settings must be valid, even those that need a restart. */
    private IrcServer.Reread reload(Config read) throws WrongSettings {
        Settings.from(read);
        ReloadedConfig reloaded = ReloadedConfig.of(running, read);
        IrcDoor fresh = Settings.from(reloaded.effective()).ircAtAnyDoor().orElse(door);
        List<String> waiting = new ArrayList<>(reloaded.waiting());
        if (door.certificate().isPresent() != fresh.certificate().isPresent()) {
            waiting.add("teahouse.irc.tls-certificate");
        }
        door.certificate().ifPresent(mine -> fresh.certificate().ifPresent(mine::replaceWith));
        List<String> unknown = UnknownSettings.in(read);
        waiting.removeAll(unknown);
        String remark = Stream.of(
                        remark("changed, but need a restart: ", waiting), remark("unknown, ignored: ", unknown))
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("; "));
        return new IrcServer.Reread(fresh.dialect(), remark);
    }

    private static String remark(String what, List<String> settings) {
        return settings.isEmpty() ? "" : what + named(settings);
    }

    private static String named(List<String> settings) {
        String first = String.join(", ", settings.subList(0, Math.min(MOST_NAMED, settings.size())));
        return settings.size() > MOST_NAMED ? first + " and " + (settings.size() - MOST_NAMED) + " more" : first;
    }
}
