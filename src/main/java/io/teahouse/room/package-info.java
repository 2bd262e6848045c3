/**
 * The core and the library: rooms that order what is said in them, and the ports they need.
 *
 * <p>Anybody may call it: the doors of the server, and actors of an application that knows nothing of the server. It
 * must never import anything but akka-actor-typed and the JDK, block a thread, or know what a client speaks.
 *
 * <p>Its public types, all others being internals of a room:
 *
 * <ul>
 *   <li>The actor and its messages: {@link RoomActor}, {@link RoomEvent}, {@link RoomEventVisitor}, {@link EventBatch}, {@link
 *       Delivery}, {@link RoomReply}, {@link RoomOperation}, {@link Refusal}, {@link MemberEvent}, {@link
 *       Publication}.
 *   <li>What they carry: {@link RoomName}, {@link Nick}, {@link UserId}, {@link Profile}, {@link Ranks}, {@link Mode}, {@link
 *       ModeChange}, {@link Topic}, {@link OutgoingMessage}, {@link Attributes}, {@link Audience}, {@link Metadata}.
 *   <li>The past: {@link HistoryRange}, {@link Anchor}, {@link EventType}, {@link Archive}, {@link Tombstone}.
 *   <li>How a room is made: {@link RoomParts}, {@link RoomSettings}, {@link RepeatLimits}, {@link RoomBudget}, {@link RoomPolicy},
 *       {@link StandardPolicy}, {@link ForwardingPolicy}; what a policy reads: {@link Room}, {@link Member}, {@link Modes}, {@link Invitation}.
 *   <li>Ports: {@link RoomLog}, {@link RoomLogs}, {@link RoomDirectory}, {@link RoomLifecycle}, {@link FormerState}, {@link
 *       RegistrationLimit}, {@link Fanout}, with what they receive: {@link RoomSummary}, {@link RoomState}, {@link RegisteredState}, {@link
 *       RoomQuotas}, {@link OpenedRooms}, {@link RoomDirectoryBuilder}. Implementations: {@link Subscribers}, {@link MemoryRoomLog}, {@link MemoryRoomLogs}, {@link LogBudget}, and the package {@code
 *       local}.
 *   <li>For dialects and name rules: {@link Renderings}, {@link Names}.
 * </ul>
 */
package io.teahouse.room;
