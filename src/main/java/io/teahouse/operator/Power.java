package io.teahouse.operator;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Something that operators can do. Stateless: one instance serves all. */
public interface Power {
    PowerSpec spec();

    /**
     * Does it. Called on any thread, and must not block; {@link Powers} has checked the privilege and the arguments, and writes to the audit
     * log. The stage may fail, which is answered as {@link Answer.Reason#UNAVAILABLE}.
     */
    CompletionStage<Answer> run(Use use);

    /** Whether this use changes something, and belongs into the audit log. The arguments have the kinds of their parameters. */
    default boolean changes(Map<String, String> arguments) {
        return !spec().reads();
    }

    /** An argument as logs have it: without secrets, also if it makes no sense. */
    default String logged(String parameter, String value) {
        return value;
    }
}
