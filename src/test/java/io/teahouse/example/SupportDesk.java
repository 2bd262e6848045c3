package io.teahouse.example;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import io.teahouse.TeahouseDoors;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.local.LocalRooms;
import io.teahouse.room.member.RoomMember;
import io.teahouse.store.Store;
import io.teahouse.store.StoreException;
import io.teahouse.store.Stores;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A support desk: customers come by the chat page or an IRC client, and staff by the accounts that they have. Messages survive a
 * restart. The first in a room is a customer, who must not be able to kick the staff.
 */
public final class SupportDesk implements AutoCloseable {
    private static final Set<String> STAFF = Set.of("sam", "kim");

    private final Store store;
    private final CompletionStage<TeahouseDoors.Open> doors;

    /** Opens the store, which blocks: not in an actor. */
    public SupportDesk(ActorSystem<?> system, Path file, int web, int irc) throws StoreException {
        store = Stores.sqlite(file);
        ActorRef<RoomDirectory.Command> rooms = system.systemActorOf(
                LocalRooms.builder()
                        .logs(store.logs())
                        .ranks((room, nick, profile) -> STAFF.contains(profile.account()) ? Ranks.OPERATOR : Ranks.NONE)
                        .create(),
                "rooms",
                Props.empty());
        system.systemActorOf(
                RoomMember.in(rooms, "help")
                        .as("desk")
                        .onSaid((me, said) -> {
                            if (said.text().contains("opening hours")) {
                                me.notice("We are here from 9 to 17.");
                            }
                        })
                        .onDirect((me, said) -> me.say("Please ask in #help, " + said.by() + "."))
                        .create(),
                "desk",
                Props.empty());
        doors = TeahouseDoors.on(system, rooms).store(store).web(web).irc(irc).start();
    }

    /** Where customers connect. */
    public CompletionStage<TeahouseDoors.Open> doors() {
        return doors;
    }

    /** After the actor system has ended, so that nothing is written any more. */
    @Override
    public void close() {
        store.close();
    }
}
