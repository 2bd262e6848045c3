package io.teahouse.operator;

import io.teahouse.account.Result;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Answers of powers over accounts. */
final class AccountAnswers {
    /** The parameter that most of these powers have. */
    static final Parameter ACCOUNT =
            Parameter.required("account", Parameter.Kind.WORD, "the name of the account, in any spelling");

    static final Parameter REASON = Parameter.reason("why; the user is told");

    private AccountAnswers() {}

    /** Refuses to hand over the account of an operator who may do more than the caller: logging in to it makes that operator. */
    static Optional<Answer> refusal(Use use, String... accounts) {
        return Arrays.stream(accounts)
                .filter(each -> !use.by()
                        .privileges()
                        .containsAll(use.services().operatorPrivileges().apply(each)))
                .map(each -> Answer.refused(
                        Answer.Reason.FORBIDDEN,
                        each + " is the account of an operator who has privileges that you do not have"))
                .findFirst();
    }

    static <T> CompletionStage<Answer> when(CompletionStage<Result<T>> stage, Function<? super T, Answer> done) {
        return stage.thenApply(result ->
                result instanceof Result.Done<T> it ? done.apply(it.value()) : refused((Result.Refused<T>) result));
    }

    static Answer refused(Result.Refused<?> refused) {
        Answer.Reason reason = switch (refused.reason()) {
            case NO_SUCH_ACCOUNT -> Answer.Reason.NOT_FOUND;
            case EXISTS -> Answer.Reason.CONFLICT;
            case AWAY, BUSY -> Answer.Reason.UNAVAILABLE;
            default -> Answer.Reason.INVALID;
        };
        return Answer.refused(reason, refused.why());
    }

    /** A reason as the user reads it after another text. */
    static String because(Use use) {
        return use.reason().isEmpty() ? "" : ": " + use.reason();
    }
}
