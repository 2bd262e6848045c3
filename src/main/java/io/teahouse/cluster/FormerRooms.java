package io.teahouse.cluster;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.cluster.typed.Cluster;
import akka.pattern.Patterns;
import io.teahouse.cluster.ClusterRooms.AskFormer;
import io.teahouse.cluster.ClusterRooms.FormerRoom;
import io.teahouse.room.FormerState;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomState;
import io.teahouse.room.RoomSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Finds the last state of a room that is about to open: asks the directories of all nodes. A room does not open before
 * more than half of the members of the cluster have answered, so that nobody becomes operator of a room whose members
 * are on the other side of a partition; nor before all have that can be reached, since the members of the room may all be on
 * one that is slow. (Where no directory is known after two seconds, there are no rooms.)
 */
final class FormerRooms implements FormerState {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Of a node that leaves, which may have ended by now. Its users are gone. */
    private static final Duration SHORT_PATIENCE = Duration.ofMillis(200);

    /** A node that has just been started, or has just heard of another one, does not know its directory for a moment. */
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private static final int MOST_INTERVALS = 20;

    private final ActorSystem<?> system;
    private final Supplier<Set<ActorRef<RoomDirectory.Command>>> directories;

    /** @param directories of all nodes that are known; any thread may ask */
    FormerRooms(ActorSystem<?> system, Supplier<Set<ActorRef<RoomDirectory.Command>>> directories) {
        this.system = system;
        this.directories = directories;
    }

    @Override
    public CompletionStage<Optional<RoomState>> find(RoomName room) {
        return find(room, MOST_INTERVALS);
    }

    private CompletionStage<Optional<RoomState>> find(RoomName room, int intervals) {
        Map<Address, ActorRef<RoomDirectory.Command>> all = new HashMap<>();
        directories.get().forEach(directory -> all.put(node(directory), directory));
        if (intervals > 0 && !all.keySet().containsAll(ClusterMembers.answering(system))) {
            return Patterns.after(INTERVAL, system, () -> find(room, intervals - 1));
        }
        Map<Address, CompletableFuture<Optional<FormerRoom>>> questions = new HashMap<>();
        all.forEach((node, directory) -> questions.put(node, ask(directory, room)));
        return CompletableFuture.allOf(questions.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> newest(answers(questions)));
    }

    private Address node(ActorRef<?> actor) {
        Address address = actor.path().address();
        return address.hasGlobalScope()
                ? address
                : Cluster.get(system).selfMember().address();
    }

    /** @throws CompletionException if they are too few */
    private List<FormerRoom> answers(Map<Address, CompletableFuture<Optional<FormerRoom>>> questions) {
        Set<Address> reachable = ClusterMembers.answering(system);
        List<FormerRoom> answers = new ArrayList<>();
        questions.forEach((node, question) -> {
            Optional<FormerRoom> answer = question.join();
            if (answer.isEmpty() && reachable.contains(node)) {
                throw new CompletionException(
                        new IllegalStateException("node " + node.hostPort() + " has not said who is in it"));
            }
            answer.ifPresent(answers::add);
        });
        int size = ClusterMembers.addresses(system).size();
        if (2 * answers.size() <= size) {
            throw new CompletionException(new IllegalStateException(
                    "only " + answers.size() + " of " + size + " nodes have said who is in it"));
        }
        return answers;
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
