package io.teahouse.room;

/**
 * How many rooms there may be at a time, and how many of them one user or one address may have opened. Conversations have a
 * budget of their own, so that rooms never keep people from talking to each other.
 *
 * @param rooms of all together, conversations left out
 * @param conversations of all together
 * @param roomsPerUser opened by one account, or one guest
 * @param roomsPerAddress opened from one address
 * @param registeredPerAccount rooms that belong to one account, whether they are open or not
 * @param registrationsPerAddress rooms that are registered from one address within a day
 */
public record RoomQuotas(
        int rooms,
        int conversations,
        int roomsPerUser,
        int roomsPerAddress,
        int conversationsPerUser,
        int conversationsPerAddress,
        int registeredPerAccount,
        int registrationsPerAddress) {
    /** That many of each kind, with no limit per user. */
    public static RoomQuotas of(int each) {
        int any = Integer.MAX_VALUE;
        return new RoomQuotas(each, each, any, any, any, any, any, any);
    }

    int most(RoomName room) {
        return room.isConversation() ? conversations : rooms;
    }
}
