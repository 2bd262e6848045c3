package io.teahouse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when it cannot go on: at once, with exit code 3 (as {@code -XX:+ExitOnOutOfMemoryError} does), and
 * without a step that waits for a thread or needs much memory. Everything that was shown is stored already.
 */
final class FatalExit {
    static final int CODE = 3;

    private static final byte[] OUT_OF_MEMORY =
            "teahouse: out of memory, the process exits: give it more (-Xmx), or lower teahouse.limits\n"
                    .getBytes(US_ASCII);
    private static final byte[] ENDED =
            "teahouse: an essential part of the server failed, the process exits\n".getBytes(US_ASCII);

    private FatalExit() {}

    /** From now on an uncaught error ends the process; an uncaught exception is logged. */
    static void onUncaughtErrors() {
        Thread.setDefaultUncaughtExceptionHandler(FatalExit::uncaught);
    }

    private static void uncaught(Thread thread, Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            end(OUT_OF_MEMORY);
        }
        try {
            LoggerFactory.getLogger(Teahouse.class).error("thread {} failed", thread.getName(), failure);
            if (failure instanceof Exception) {
                return;
            }
            failure.printStackTrace(); // the thread that writes the log may be gone
        } catch (Throwable again) {
            end(OUT_OF_MEMORY); // most likely
        }
        end(ENDED);
    }

    /** Ends the process. */
    static void now() {
        end(ENDED);
    }

    private static void end(byte[] why) {
        try {
            new FileOutputStream(FileDescriptor.err).write(why);
        } catch (IOException | OutOfMemoryError e) {
            // The exit code still tells.
        } finally {
            Runtime.getRuntime().halt(CODE);
        }
    }
}
