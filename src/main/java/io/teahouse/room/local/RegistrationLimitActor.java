package io.teahouse.room.local;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.teahouse.room.Refusal;
import io.teahouse.room.RegistrationLimit;
import io.teahouse.room.RegistrationLimit.Command;
import io.teahouse.room.RegistrationLimit.Decision;
import io.teahouse.room.RegistrationLimit.MayRegister;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.support.LogCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts registered rooms by account, as the logs have them, and by address, in memory only. For a single node. */
public final class RegistrationLimitActor extends AbstractBehavior<Command> {
    /** The answer of the logs; empty: a failure. */
    private record Counted(MayRegister asked, Optional<Set<String>> rooms) implements RegistrationLimit.Internal {}

    /** The longest time until an allowed registration is stored. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(1);

    private static final Duration DAY = Duration.ofDays(1);
    private static final Refusal AWAY =
            new Refusal(Refusal.Reason.STORE_AWAY, "the store does not answer: try again later");

    private final RoomLogs logs;
    private final RegistrationLimit.Quota quota;

    /** Recently allowed registrations, by user and room. */
    private final Map<String, Map<String, Instant>> allowed = new HashMap<>();

    /** Registrations that were allowed since {@link #today} began, by address. */
    private final Map<String, Integer> byAddress = new HashMap<>();

    private Instant today = Instant.MIN;

    /**
     * A limit for the accounts of these logs.
     *
     * @param logs know which rooms are registered
     */
    public static Behavior<Command> create(RoomLogs logs, RegistrationLimit.Quota quota) {
        return Behaviors.setup(context -> new RegistrationLimitActor(context, logs, quota));
    }

    private RegistrationLimitActor(ActorContext<Command> context, RoomLogs logs, RegistrationLimit.Quota quota) {
        super(context);
        this.logs = logs;
        this.quota = quota;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(MayRegister.class, this::onMayRegister)
                .onMessage(Counted.class, this::onCounted)
                .build();
    }

    private Behavior<Command> onMayRegister(MayRegister asked) {
        LogCalls.handle(
                getContext(),
                () -> logs.registered(asked.account()),
                rooms -> new Counted(asked, Optional.of(rooms)),
                why -> new Counted(asked, Optional.empty()),
                counted -> onCounted((Counted) counted));
        return this;
    }

    private Behavior<Command> onCounted(Counted counted) {
        MayRegister asked = counted.asked;
        Optional<Refusal> refusal =
                counted.rooms.isEmpty() ? Optional.of(AWAY) : refusal(asked, counted.rooms.get(), Instant.now());
        asked.replyTo().tell(new Decision(asked.room(), refusal));
        return this;
    }

    private Optional<Refusal> refusal(MayRegister asked, Set<String> stored, Instant now) {
        if (Duration.between(today, now).compareTo(DAY) > 0) {
            today = now;
            byAddress.clear();
        }
        allowed.values()
                .forEach(rooms ->
                        rooms.values().removeIf(at -> at.plus(UNDER_WAY).isBefore(now)));
        allowed.values().removeIf(Map::isEmpty);
        Set<String> all = new HashSet<>(stored);
        all.addAll(allowed.getOrDefault(asked.account(), Map.of()).keySet());
        String room = asked.room().key();
        if (all.contains(room)) {
            return Optional.empty();
        } else if (all.size() >= quota.perAccount()) {
            return tooMany("your account has registered " + all.size() + " rooms and may not register more");
        } else if (byAddress.getOrDefault(asked.address(), 0) >= quota.perAddress()) {
            return tooMany("your address has registered as many rooms today as it may");
        }
        allowed.computeIfAbsent(asked.account(), fresh -> new HashMap<>()).put(room, now);
        byAddress.merge(asked.address(), 1, Integer::sum);
        return Optional.empty();
    }

    private static Optional<Refusal> tooMany(String text) {
        return Optional.of(new Refusal(Refusal.Reason.TOO_MANY_REGISTERED, text));
    }
}
