package io.teahouse.tool.load;

/** Clients in rooms of equal size, each sending {@code rate} messages a second. */
record RoomsPlan(int clients, int roomSize, double rate, Timing timing) {
    /** The client's room: they fill one after the other. */
    int roomOf(int client) {
        return client / roomSize;
    }

    int readers() {
        return roomSize - 1;
    }
}
