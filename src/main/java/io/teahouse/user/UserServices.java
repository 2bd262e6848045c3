package io.teahouse.user;

import akka.actor.typed.RecipientRef;
import io.teahouse.room.RoomDirectory;
import java.util.List;

/**
 * What the actors of all users share.
 *
 * @param nicks decides who has which nick
 * @param users who is online
 * @param rooms finds rooms
 * @param alwaysOn stores users who stay without a connection
 * @param dispatchers the threads of users, which take turns
 * @param settings the limits of each user
 */
public record UserServices(
        RecipientRef<NickRegistry.Command> nicks,
        OnlineUsers users,
        RecipientRef<RoomDirectory.Command> rooms,
        AlwaysOnUsers alwaysOn,
        List<String> dispatchers,
        UserSettings settings) {}
