package io.teahouse.room;

/**
 * Limits the number of open rooms, in total, per user and per address. Conversations have a quota of their own, so that
 * rooms never prevent direct messages.
 *
 * @param rooms open rooms, conversations not counted
 * @param conversations open conversations
 */
public record RoomQuotas(Quota rooms, Quota conversations) {
    /**
     * The maximum number of open rooms.
     *
     * @param total of all users together
     * @param perUser opened by one account, or one guest
     * @param perAddress opened from one address
     */
    public record Quota(int total, int perUser, int perAddress) {
        /** With no limit per user or address. */
        public static Quota of(int total) {
            return new Quota(total, Integer.MAX_VALUE, Integer.MAX_VALUE);
        }
    }

    /** The same quota for rooms and conversations, with no limit per user. */
    public static RoomQuotas of(int each) {
        return new RoomQuotas(Quota.of(each), Quota.of(each));
    }

    /** The same with another quota of rooms. */
    public RoomQuotas withRooms(Quota newRooms) {
        return new RoomQuotas(newRooms, conversations);
    }

    /** The same with another quota of conversations. */
    public RoomQuotas withConversations(Quota newConversations) {
        return new RoomQuotas(rooms, newConversations);
    }

    /** The quota for that room. */
    public Quota of(RoomName room) {
        return room.isConversation() ? conversations : rooms;
    }
}
