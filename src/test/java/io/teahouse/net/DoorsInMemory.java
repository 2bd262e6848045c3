package io.teahouse.net;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.teahouse.Doors;
import io.teahouse.account.Cloak;
import io.teahouse.room.MemoryRoomLogs;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.local.LocalRooms;
import io.teahouse.store.Stores;
import java.util.function.BiFunction;

/** An application with rooms of its own, which opens doors onto them. */
final class DoorsInMemory {
    private DoorsInMemory() {}

    /** @param spawn opens the doors that the test wants, and returns them */
    static <T> T open(ActorTestKit akka, BiFunction<ActorContext<?>, Doors, T> spawn, String... settings) {
        Config config = ConfigFactory.parseString(String.join("\n", settings)).withFallback(ConfigFactory.load());
        TestProbe<T> opened = akka.createTestProbe();
        akka.spawn(Behaviors.<Void>setup(context -> {
            MemoryRoomLogs logs = new MemoryRoomLogs();
            ActorRef<RoomDirectory.Command> rooms =
                    context.spawnAnonymous(LocalRooms.builder().logs(logs).create());
            Doors doors = Doors.open(context, rooms, Stores.with(logs, logs, 10), Cloak.NONE, config);
            opened.ref().tell(spawn.apply(context, doors));
            return Behaviors.empty();
        }));
        return opened.receiveMessage();
    }
}
