package io.teahouse.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingRepliesTest {
    private final PendingReplies replies = new PendingReplies();
    private final List<String> heard = new ArrayList<>();

    private long ask(String name) {
        long number = replies.nextNumber();
        replies.expect(number, String.class, answer -> heard.add(name + ": " + answer));
        return number;
    }

    @Test
    void anAnswerGoesToTheQuestionWithItsNumberInWhateverOrderAnswersCome() {
        long first = ask("first");
        long second = ask("second");
        assertThat(replies.answered(second, "two")).isTrue();
        assertThat(replies.answered(first, "one")).isTrue();
        assertThat(heard).containsExactly("second: two", "first: one");
    }

    @Test
    void aQuestionIsAnsweredOnce() {
        long number = ask("it");
        replies.answered(number, "yes");
        assertThat(replies.answered(number, "no")).isFalse();
        assertThat(heard).containsExactly("it: yes");
    }

    @Test
    void theAnswerToAQuestionThatWasForgottenIsNobodys() {
        long number = ask("late");
        long next = ask("next");
        replies.forget(number);
        assertThat(replies.answered(number, "late")).isFalse();
        assertThat(replies.answered(next, "here")).isTrue();
        assertThat(heard).containsExactly("next: here");
    }

    @Test
    void aQuestionMayBeAskedWhileAnotherIsBeingAnswered() {
        long number = replies.nextNumber();
        replies.expect(number, String.class, answer -> ask("second"));
        replies.answered(number, "go on");
        assertThat(replies.answered(number + 1, "done")).isTrue();
        assertThat(heard).containsExactly("second: done");
    }

    @Test
    void zeroIsNobodysNumber() {
        ask("it");
        assertThat(replies.answered(0, "an event")).isFalse();
    }
}
