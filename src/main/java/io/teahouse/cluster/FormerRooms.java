package io.teahouse.cluster;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import io.teahouse.cluster.ClusterRooms.AskFormer;
import io.teahouse.cluster.ClusterRooms.FormerRoom;
import io.teahouse.room.FormerState;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomState;
import io.teahouse.room.RoomSummary;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Finds the last state of a room that is about to open: asks the directories of all nodes. A room does not open before
 * more than half of the members of the cluster have answered, so that nobody becomes operator of a room whose members
 * are on the other side of a partition.
 */
final class FormerRooms implements FormerState {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Of a node that leaves, which may have ended by now. Its users are gone. */
    private static final Duration SHORT_PATIENCE = Duration.ofMillis(200);

    private final ActorSystem<?> system;
    private final Supplier<Set<ActorRef<RoomDirectory.Command>>> directories;

    /** @param directories of all nodes that are known; any thread may ask */
    FormerRooms(ActorSystem<?> system, Supplier<Set<ActorRef<RoomDirectory.Command>>> directories) {
        this.system = system;
        this.directories = directories;
    }

    @Override
    public CompletionStage<Optional<RoomState>> find(RoomName room) {
        List<CompletableFuture<Optional<FormerRoom>>> questions = directories.get().stream()
                .map(directory -> ask(directory, room))
                .toList();
        return CompletableFuture.allOf(questions.toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    List<FormerRoom> answers = questions.stream()
                            .map(CompletableFuture::join)
                            .flatMap(Optional::stream)
                            .toList();
                    int size = ClusterMembers.addresses(system).size();
                    if (2 * answers.size() <= size) {
                        throw new CompletionException(new IllegalStateException(
                                "only " + answers.size() + " of " + size + " nodes have said who is in it"));
                    }
                    return newest(answers);
                });
    }

    private CompletableFuture<Optional<FormerRoom>> ask(ActorRef<RoomDirectory.Command> directory, RoomName room) {
        Duration patience = isLeaving(directory) ? SHORT_PATIENCE : PATIENCE;
        return AskPattern.<RoomDirectory.Command, FormerRoom>ask(
                        directory, replyTo -> new AskFormer(room, replyTo), patience, system.scheduler())
                .handle((answer, failure) -> Optional.ofNullable(answer))
                .toCompletableFuture();
    }

    private boolean isLeaving(ActorRef<RoomDirectory.Command> directory) {
        Address node = directory.path().address();
        return node.hasGlobalScope() && !ClusterMembers.isUp(system, node);
    }

    private static Optional<RoomState> newest(List<FormerRoom> answers) {
        if (answers.stream().noneMatch(FormerRoom::members)) {
            return Optional.empty();
        }
        return answers.stream()
                .flatMap(answer -> answer.summary().stream())
                .max(SharedSummaries.NEWER)
                .map(RoomSummary::state);
    }
}
