package io.teahouse.room.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FatalErrorsTest {
    private final List<Throwable> uncaught = new ArrayList<>();

    private void escalate(Throwable failure) throws InterruptedException {
        Thread thread = new Thread(() -> FatalErrors.escalate(failure));
        thread.setUncaughtExceptionHandler((any, what) -> uncaught.add(what));
        thread.start();
        thread.join();
    }

    @Test
    void aWrappedVirtualMachineErrorReachesTheHandler() throws InterruptedException {
        Throwable wrapped = new IllegalStateException(new CompletionException(new OutOfMemoryError("heap")));
        escalate(new InternalError("vm"));
        escalate(wrapped);
        assertThat(uncaught).hasSize(2).last().isSameAs(wrapped);
    }

    @Test
    void otherFailuresAreNotFatal() throws InterruptedException {
        escalate(new IllegalStateException("bad input"));
        escalate(new StackOverflowError());
        assertThat(uncaught).isEmpty();
    }

    @Test
    void circularCausesEnd() {
        Exception one = new Exception("one");
        one.initCause(new Exception("other", one));
        assertThat(FatalErrors.isFatal(one)).isFalse();
    }
}
