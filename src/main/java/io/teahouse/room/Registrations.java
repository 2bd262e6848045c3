package io.teahouse.room;

import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.room.RoomDirectory.Command;
import io.teahouse.room.RoomDirectory.MayRegister;
import io.teahouse.room.RoomDirectory.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Limits how many rooms an account may have registered, and how many an address may register in a day. Belongs to
 * one {@link LocalRooms} and runs in it.
 */
final class Registrations {
    /** The logs have answered; empty: they have not. */
    record Counted(MayRegister asked, Optional<Set<String>> rooms) implements RoomDirectory.Internal {}

    /** The longest time until an allowed registration is stored. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(1);

    private static final Duration DAY = Duration.ofDays(1);
    private static final Refusal AWAY =
            new Refusal(Refusal.Reason.STORE_AWAY, "the store does not answer: try again later");

    private final ActorContext<Command> context;
    private final RoomLogs logs;
    private final RoomQuotas quotas;

    /** What was allowed a moment ago, by user and room. */
    private final Map<String, Map<String, Instant>> allowed = new HashMap<>();

    /** What was allowed since {@link #today} began, by address. */
    private final Map<String, Integer> byAddress = new HashMap<>();

    private Instant today = Instant.MIN;

    Registrations(ActorContext<Command> context, RoomLogs logs, RoomQuotas quotas) {
        this.context = context;
        this.logs = logs;
        this.quotas = quotas;
    }

    void ask(MayRegister asked) {
        LogCalls.handle(
                context,
                () -> logs.registered(asked.account()),
                rooms -> new Counted(asked, Optional.of(rooms)),
                why -> new Counted(asked, Optional.empty()),
                counted -> on((Counted) counted));
    }

    void on(Counted counted) {
        MayRegister asked = counted.asked;
        Optional<Refusal> refusal =
                counted.rooms.isEmpty() ? Optional.of(AWAY) : refusal(asked, counted.rooms.get(), Instant.now());
        asked.replyTo().tell(new Registration(asked.room(), refusal));
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
        } else if (all.size() >= quotas.registered().perAccount()) {
            return tooMany("your account has registered " + all.size() + " rooms and may not register more");
        } else if (byAddress.getOrDefault(asked.address(), 0)
                >= quotas.registered().perAddress()) {
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
