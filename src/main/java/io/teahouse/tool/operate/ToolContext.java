package io.teahouse.tool.operate;

import io.teahouse.account.AccountSettings;
import io.teahouse.room.RoomName;
import io.teahouse.store.Retention;
import io.teahouse.store.StoreSettings;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What the commands are told of the server whose store it is.
 *
 * @param store where it is
 * @param retention how long what was said is kept
 * @param accounts what the server does about accounts
 * @param cloak whether it hides addresses
 * @param room a name as somebody types it, as a room's; throws {@link IllegalArgumentException} with a reason
 * @param fold the name of an account as somebody types it, as one that is compared by {@code equals}
 */
public record ToolContext(
        StoreSettings store,
        Retention retention,
        AccountSettings accounts,
        boolean cloak,
        Function<String, RoomName> room,
        UnaryOperator<String> fold) {
    /** Where it is found; asked when a command runs, not before. */
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
