package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.teahouse.operator.Reload;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads the settings of a running server, and logs the result: by SIGHUP, by an operator on IRC, or by a program. Blocks; calls
 * from several threads run one at a time.
 */
final class SettingsReload implements Reload {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsReload.class);

    /** How often settings were reloaded. Thread-safe. */
    record Totals(LongAdder succeeded, LongAdder failed) {
        static Totals none() {
            return new Totals(new LongAdder(), new LongAdder());
        }
    }

    private final Config started;
    private final Supplier<Config> source;
    private final Function<Settings, List<String>> live;
    private final Totals totals;

    /** What is in effect: some settings as they were at the start, some as they were last read. */
    private Config current;

    /**
     * Reads nothing yet.
     *
     * @param started the settings that the server was started with
     * @param source reads the settings again
     * @param live puts those into effect that need no restart; the others are as they were at the start. Returns names of settings
     *     whose files have changed
     * @param totals counts reloads
     */
    SettingsReload(Config started, Supplier<Config> source, Function<Settings, List<String>> live, Totals totals) {
        this.started = started;
        this.source = source;
        this.live = live;
        this.totals = totals;
        this.current = started;
    }

    @Override
    public synchronized Map<String, String> settings() {
        Map<String, String> shown = new TreeMap<>();
        ReloadedConfig.leaves(current)
                .forEach((name, value) ->
                        shown.put(name, Secrets.shown(name.substring(ReloadedConfig.ROOT.length() + 1), value)));
        return shown;
    }

    @Override
    public synchronized Result run() throws Unusable {
        try {
            Result result = apply(source.get());
            totals.succeeded.increment();
            LOG.info("settings reloaded: {}", result.text());
            return result;
        } catch (WrongSettings | ConfigException e) {
            String why = String.valueOf(e.getMessage()).replace('\n', ' ');
            totals.failed.increment();
            LOG.warn("settings not reloaded, the current ones stay: {}", why);
            throw new Unusable(why);
        }
    }

    /** All settings must be valid, even those that need a restart. */
    private Result apply(Config read) throws WrongSettings {
        Settings.from(read);
        ReloadedConfig reloaded = ReloadedConfig.of(started, current, read);
        TreeSet<String> changed = new TreeSet<>(reloaded.changed());
        changed.addAll(live.apply(Settings.from(reloaded.effective())));
        current = reloaded.effective();
        List<String> unknown = UnknownSettings.in(read);
        return new Result(
                List.copyOf(changed),
                reloaded.waiting().stream()
                        .filter(name -> !unknown.contains(name))
                        .toList(),
                unknown);
    }
}
