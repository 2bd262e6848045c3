package io.teahouse.tool.operate;

import io.teahouse.account.AccountSettings;
import io.teahouse.room.RoomName;
import io.teahouse.store.Retention;
import io.teahouse.store.StoreSettings;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What the commands know about the server that the store belongs to.
 *
 * @param store where the store is
 * @param retention how long messages are kept
 * @param accounts the settings of accounts
 * @param cloak whether the server hides addresses
 * @param uploads where uploaded files are
 * @param room makes a room name of what the operator typed; throws {@link IllegalArgumentException} with a reason
 * @param fold makes a key, compared by {@code equals}, of the account name that the operator typed
 */
public record ToolContext(
        StoreSettings store,
        Retention retention,
        AccountSettings accounts,
        boolean cloak,
        UploadedFiles uploads,
        Function<String, RoomName> room,
        UnaryOperator<String> fold) {
    /** The files that users have uploaded. */
    public interface UploadedFiles {
        /** Deletes those of an account, by its key; returns how many there were. */
        int erase(String account) throws IOException;
    }

    /** Reads the settings when a command runs, not before. */
    public interface Source {
        ToolContext find() throws WrongSettings;
    }

    /** The settings of the server cannot be read, or are wrong; one line each. */
    public static final class WrongSettings extends Exception {
        private static final long serialVersionUID = 1;

        private final transient List<String> problems;

        public WrongSettings(List<String> problems) {
            super(String.join("\n", problems));
            this.problems = List.copyOf(problems);
        }

        List<String> problems() {
            return problems;
        }
    }
}
