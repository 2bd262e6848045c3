package io.teahouse.wire.plain;

import akka.util.ByteString;
import java.util.Locale;
import java.util.Set;

/**
 * A line typed at the plain door, and what its author meant by it. It is a command even if invisible characters precede
 * the slash, or the slash is a look-alike: a command may contain a password, so in doubt the line is not sent.
 */
record TypedLine(String text) {
    private static final String SLASHES = "/\uFF0F\u2044\u2215\u29F8";

    /** Commands that take a password, here and on other servers. */
    private static final Set<String> WITH_PASSWORD = Set.of(
            "login",
            "register",
            "password",
            "passwd",
            "pass",
            "identify",
            "auth",
            "oper",
            "ghost",
            "recover",
            "setpass");

    private static final char REPLACED = '\uFFFD';

    /** How many characters may precede such a command by mistake. */
    private static final int FEW = 3;

    /** The words of a login: the command, a name, and a password. */
    private static final int MOST_WORDS = 3;

    private static final int BACKSPACE = 0x08;
    private static final int DELETE = 0x7F;

    /** Ctrl-U, the usual setting of terminals. */
    private static final int KILL_LINE = 0x15;

    private static final int ERASE_CHARACTER = 0xF7;
    private static final int ERASE_LINE = 0xF8;
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;

    /** The text without invisible characters at either end. */
    String visible() {
        int start = 0;
        while (start < text.length() && isUnseen(text.codePointAt(start))) {
            int next = start + Character.charCount(text.codePointAt(start));
            start = text.charAt(start) == REPLACED ? endOfKey(next) : next;
        }
        int end = text.length();
        while (end > start && isBlank(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    /**
     * The end of an escape sequence, as arrow keys send (ECMA-48), whose first character was replaced; {@code start} if
     * there is none.
     */
    private int endOfKey(int start) {
        boolean sequence = text.startsWith("[", start);
        int end = sequence || text.startsWith("O", start) ? start + 1 : start;
        while (sequence && end < text.length() && text.charAt(end) >= ' ' && text.charAt(end) <= '?') {
            end++;
        }
        boolean complete = end > start && end < text.length() && text.charAt(end) >= '@' && text.charAt(end) <= '~';
        return complete ? end + 1 : start;
    }

    /** Whether it begins with two slashes: it is sent as a text with one. */
    boolean isEscaped() {
        String visible = visible();
        return visible.length() > 1 && isSlash(visible.charAt(0)) && isSlash(visible.charAt(1));
    }

    boolean isCommand() {
        String visible = visible();
        return !visible.isEmpty() && isSlash(visible.charAt(0)) && !isEscaped();
    }

    /** The name of a command, with a slash. */
    String command() {
        String visible = visible();
        return "/" + visible.substring(1, endOfWord(visible));
    }

    /** The text after the name of a command. */
    String argument() {
        String visible = visible();
        String rest = visible.substring(endOfWord(visible));
        int start = 0;
        while (start < rest.length() && isBlank(rest.codePointAt(start))) {
            start += Character.charCount(rest.codePointAt(start));
        }
        return rest.substring(start);
    }

    /** Whether it is a command with a password, after a slash or something that may have been meant as one. */
    boolean isMistypedLogin() {
        String visible = visible();
        int start = startOfWord(visible);
        return start > 0 && !isEscaped() && isLogin(visible.substring(start));
    }

    /** Whether it is just such a command without its slash. */
    boolean isBareLogin() {
        String visible = visible();
        String[] words = visible.split(" ", MOST_WORDS + 1);
        return words.length <= MOST_WORDS && isLogin(visible);
    }

    /** The start of the first word, after a prompt or a mistyped slash. */
    private static int startOfWord(String line) {
        String few = line.substring(0, Math.min(FEW, line.length()));
        int slash = few.indexOf('/');
        int start = slash < 0 ? 0 : slash + 1;
        while (slash < 0 && start < few.length() && !Character.isLetter(few.charAt(start))) {
            start++;
        }
        return start;
    }

    private static boolean isLogin(String line) {
        int end = endOfWord(line);
        return end < line.length()
                && WITH_PASSWORD.contains(line.substring(0, end).toLowerCase(Locale.ROOT));
    }

    /**
     * Whether a command with a password follows a replaced character, which may have been a line break: two lines may
     * arrive as one.
     */
    boolean containsLogin() {
        for (int at = text.indexOf(REPLACED); at >= 0; at = text.indexOf(REPLACED, at + 1)) {
            if (new TypedLine(text.substring(at + 1)).isMistypedLogin()) {
                return true;
            }
        }
        return false;
    }

    private static int endOfWord(String line) {
        int end = 0;
        while (end < line.length() && !isBlank(line.codePointAt(end))) {
            end += Character.charCount(line.codePointAt(end));
        }
        return end;
    }

    private static boolean isSlash(char c) {
        return SLASHES.indexOf(c) >= 0;
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    /** Whether a character is invisible; the replacement character counts too. */
    private static boolean isUnseen(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.UNASSIGNED -> true;
            default ->
                isBlank(c) || c == REPLACED || c == 0x115F || c == 0x1160 || c == 0x2800 || c == 0x3164 || c == 0xFFA0;
        };
    }

    /**
     * Applies the erase keys: backspace, delete, and telnet's commands for them (RFC 854). They erase printable
     * characters only. Other telnet commands are removed.
     */
    static ByteString edited(ByteString line) {
        byte[] bytes = line.toArray();
        if (!erases(bytes)) {
            return line;
        }
        byte[] kept = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xFF;
            int command = b == PlainText.IAC && i + 1 < bytes.length ? bytes[i + 1] & 0xFF : 0;
            boolean erase = b == BACKSPACE || b == DELETE || command == ERASE_CHARACTER;
            if (command == ERASE_LINE || b == KILL_LINE) {
                length = 0;
            } else if (erase && (length == 0 || !isControl(kept[length - 1]))) {
                length = startOfLast(kept, length);
            } else if (b != PlainText.IAC) {
                kept[length++] = bytes[i];
            }
            i = b == PlainText.IAC ? PlainText.endOfCommand(bytes, i + 1) : i;
        }
        return ByteString.fromArray(kept, 0, length);
    }

    private static boolean erases(byte[] bytes) {
        for (byte b : bytes) {
            boolean key = b == BACKSPACE || b == DELETE || b == KILL_LINE;
            if (key || (b & 0xFF) == PlainText.IAC) {
                return true;
            }
        }
        return false;
    }

    private static boolean isControl(byte b) {
        return b >= 0 && b < ' ' && b != '\t';
    }

    private static int startOfLast(byte[] kept, int length) {
        int start = Math.max(0, length - 1);
        while (start > 0 && (kept[start] & CONTINUATION_MASK) == CONTINUATION) {
            start--;
        }
        return start;
    }
}
