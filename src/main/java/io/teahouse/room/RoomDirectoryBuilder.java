package io.teahouse.room;

import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Props;
import io.teahouse.room.support.Check;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What all directories of rooms can be told about their rooms, in place of the defaults.
 *
 * @param <B> the builder of one directory
 */
public abstract class RoomDirectoryBuilder<B extends RoomDirectoryBuilder<B>> {
    /**
     * What has been set, or else the defaults.
     *
     * @param policy with the ranks
     */
    public record Options(
            RoomSettings settings, RoomPolicy policy, RoomQuotas quotas, Function<RoomName, Props> props) {}

    private static final int MOST_ROOMS = 10_000;

    private RoomSettings settings = RoomSettings.defaults();
    private Function<RoomSettings, RoomPolicy> policy = StandardPolicy::new;
    private UnaryOperator<RoomPolicy> ranks = UnaryOperator.identity();
    private RoomQuotas quotas = RoomQuotas.of(MOST_ROOMS);
    private Function<RoomName, Props> props = room -> Props.empty();

    protected RoomDirectoryBuilder() {}

    protected abstract B self();

    /** The limits of each room, and how long an empty one is kept. */
    public final B settings(RoomSettings to) {
        settings = Check.notNull(to, "settings");
        return self();
    }

    /** Decides who may do what in all rooms; by default a {@link StandardPolicy}. */
    public final B policy(RoomPolicy to) {
        Check.notNull(to, "policy");
        policy = all -> to;
        return self();
    }

    /**
     * The ranks with which a user joins, in place of those that the policy gives. By default the first one in a room is its
     * operator.
     */
    public final B ranks(ForwardingPolicy.InitialRanks to) {
        Check.notNull(to, "ranks");
        ranks = all -> ForwardingPolicy.withRanks(all, to);
        return self();
    }

    /** The dispatcher of the rooms; by default that of the system. */
    public final B dispatcher(String path) {
        Props selector = DispatcherSelector.fromConfig(Check.notNull(path, "dispatcher"));
        return props(room -> selector);
    }

    /** The props of the actors of a room: their dispatcher. */
    public final B props(Function<RoomName, Props> of) {
        props = Check.notNull(of, "props");
        return self();
    }

    /** The maximum number of rooms that are open, and of conversations. */
    public final B maxRooms(int most) {
        return quotas(RoomQuotas.of(most));
    }

    /** The same with limits for each user. */
    public final B quotas(RoomQuotas to) {
        quotas = Check.notNull(to, "quotas");
        return self();
    }

    protected final Options options() {
        return new Options(settings, ranks.apply(policy.apply(settings)), quotas, props);
    }
}
