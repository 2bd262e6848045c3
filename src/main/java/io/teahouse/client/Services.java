package io.teahouse.client;

import akka.actor.typed.RecipientRef;
import io.teahouse.room.RoomDirectory;

/**
 * What all clients of a server share.
 *
 * @param nicks decides who has which name
 * @param people who is here
 * @param rooms finds rooms
 * @param rules which names are allowed
 * @param settings the limits of each client
 */
public record Services(
        RecipientRef<NickRegistryActor.Command> nicks,
        People people,
        RecipientRef<RoomDirectory.Command> rooms,
        NickRules rules,
        ClientSettings settings) {}
