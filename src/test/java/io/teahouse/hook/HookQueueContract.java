package io.teahouse.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.hook.HookQueue.Position;
import io.teahouse.hook.HookQueue.Waiting;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The contract of {@link HookQueue}; one test class per implementation. */
public abstract class HookQueueContract {
    private static final Position HERE = new Position(7, "abc-7", 0);

    /** Creates an empty queue. */
    protected abstract HookQueue create();

    /** Returns the same queue as the next server opens it. */
    protected abstract HookQueue reopen(HookQueue queue);

    private HookQueue queue = create();

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static Waiting waiting(long number) {
        return new Waiting(number, 7, "id" + number, "{\"nick\":\"小明\\u0000\u0000\"}");
    }

    private HookQueue.Stored load(String hook, String room) {
        return answer(queue.load(hook, room));
    }

    @Test
    void aHookThatWasNeverInTheRoomHasNoPosition() {
        assertThat(load("ci", "lobby").position()).isEmpty();
        assertThat(load("ci", "lobby").waiting()).isEmpty();
    }

    @Test
    void positionsAndEventsAreStoredByHookAndRoom() {
        answer(queue.reached("ci", "lobby", HERE));
        answer(queue.reached("ci", "小屋", new Position(1, "", 0)));
        answer(queue.reached("other", "lobby", new Position(2, "x-2", 0)));
        answer(queue.add("ci", "lobby", waiting(2)));
        answer(queue.add("ci", "lobby", waiting(1)));
        answer(queue.add("ci", "小屋", waiting(3)));
        queue = reopen(queue);
        assertThat(load("ci", "lobby").position()).contains(HERE);
        assertThat(load("ci", "lobby").waiting()).isEqualTo(List.of(waiting(1), waiting(2)));
        assertThat(load("ci", "小屋").position()).contains(new Position(1, "", 0));
        assertThat(load("ci", "小屋").waiting()).isEqualTo(List.of(waiting(3)));
        assertThat(load("other", "lobby").position()).contains(new Position(2, "x-2", 0));
        assertThat(load("other", "lobby").waiting()).isEmpty();
    }

    @Test
    void aNewPositionReplacesTheEarlierOneAndDeletesWhatWasDelivered() {
        for (int number = 1; number <= 3; number++) {
            answer(queue.add("ci", "lobby", waiting(number)));
            answer(queue.add("other", "lobby", waiting(number)));
        }
        answer(queue.reached("ci", "lobby", HERE));
        Position later = new Position(8, "abc-8", 2);
        answer(queue.reached("ci", "lobby", later));
        queue = reopen(queue);
        assertThat(load("ci", "lobby").position()).contains(later);
        assertThat(load("ci", "lobby").waiting()).isEqualTo(List.of(waiting(3)));
        assertThat(load("other", "lobby").waiting()).hasSize(3);
    }

    @Test
    void whatIsLoadedContainsEarlierChangesThatAreNotStoredYet() {
        for (int number = 1; number <= 50; number++) {
            queue.add("ci", "lobby", waiting(number));
            assertThat(load("ci", "lobby").waiting()).hasSize(number);
        }
    }

    @Test
    void anEventThatIsAddedTwiceIsThereOnce() {
        answer(queue.add("ci", "lobby", waiting(1)));
        answer(queue.add("ci", "lobby", new Waiting(1, 8, "again", "{}")));
        assertThat(load("ci", "lobby").waiting()).isEqualTo(List.of(new Waiting(1, 8, "again", "{}")));
    }

    @Test
    void nothingIsKeptOfHooksThatAreGone() {
        answer(queue.reached("ci", "lobby", HERE));
        answer(queue.add("gone", "lobby", waiting(1)));
        answer(queue.reached("gone too", "lobby", HERE));
        answer(queue.retain(List.of("ci", "new")));
        queue = reopen(queue);
        assertThat(load("ci", "lobby").position()).contains(HERE);
        assertThat(load("gone", "lobby").waiting()).isEmpty();
        assertThat(load("gone too", "lobby").position()).isEmpty();
    }
}
