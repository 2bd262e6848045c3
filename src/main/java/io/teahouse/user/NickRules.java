package io.teahouse.user;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.util.VersionInfo;
import io.teahouse.room.Names;
import io.teahouse.room.Nick;
import io.teahouse.room.support.NameText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which names people may have, and which names are the same. Any script will do. Names are folded by Unicode's
 * NFKC_Casefold (UTS 46's basis; drops case, width and invisible marks) and compared for looks by the skeletons of UTS
 * 39, both by ICU. Plain ASCII names take a short way that gives the same and loads none of ICU's tables.
 */
public final class NickRules {
    /** Would end the name, or mean something else, in one of the dialects. */
    private static final String NOWHERE = ",:!@*?#&";

    /** The last character of ASCII. */
    private static final int ASCII = 0x7F;

    private static final int TEXT_STYLE = 0xFE0E;
    private static final int EMOJI_STYLE = 0xFE0F;

    private static final String NOT_FIRST = "$+~%-/{=<";

    /** Means nobody, or nothing, in several commands of IRC. */
    private static final String NOBODY = "0";

    /** Separate the labels of a domain; the second is the Chinese full stop, which browsers accept, too. */
    private static final String DOTS = ".\u3002";

    /** The most bytes of a {@code char} in UTF-8; a supplementary character has two of them and four bytes. */
    private static final int BYTES_PER_CHAR = 3;

    /** Names up to this many bytes of UTF-8 are allowed whatever the setting, if they have not too many characters. */
    private static final int LEAST_BYTES = 64;

    /** The longest name that any setting allows, in bytes of UTF-8. */
    public static final int MOST_BYTES = 128;

    private final int maxLength;

    private final CaseMapping caseMapping;

    /** Folded names that nobody may take. */
    private volatile Set<String> reserved = Set.of();

    /** Reserves no names. */
    public NickRules(int maxLength, CaseMapping caseMapping) {
        this(maxLength, caseMapping, List.of());
    }

    /**
     * Rules with limits.
     *
     * @param maxLength in characters (Unicode code points)
     * @param reserved names that nobody may take, nor one that looks like one of them
     */
    public NickRules(int maxLength, CaseMapping caseMapping, List<String> reserved) {
        this.maxLength = maxLength;
        this.caseMapping = caseMapping;
        reserve(reserved);
    }

    /** Reserves these names from now on, in place of the earlier ones. Any thread. */
    public void reserve(List<String> names) {
        reserved = names.stream().map(caseMapping).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * How many bytes of UTF-8 a name may have, so that lines of IRC have room for several.
     *
     * @param maxLength in characters
     */
    public static int maxBytes(int maxLength) {
        return Math.max(LEAST_BYTES, maxLength);
    }

    /** What came of checking a name. */
    public sealed interface Checked {}

    public record Accepted(Nick nick) implements Checked {}

    /**
     * It cannot be had.
     *
     * @param why one line for a person
     */
    public record Rejected(String why) implements Checked {}

    public Checked check(String typed) {
        String text = withoutEmojiSelectors(typed);
        int length = text.codePointCount(0, text.length());
        if (length > maxLength) {
            return new Rejected("a name has at most " + maxLength + " characters, this one has " + length);
        }
        int mostBytes = maxBytes(maxLength);
        if (text.length() > mostBytes / BYTES_PER_CHAR && text.getBytes(StandardCharsets.UTF_8).length > mostBytes) {
            return new Rejected("a name has at most " + mostBytes + " bytes of UTF-8");
        }
        Optional<String> objection = NameText.objection(text);
        if (objection.isPresent()) {
            return new Rejected("a name " + objection.get());
        }
        String key = fold(text, caseMapping);
        objection = marks(text).or(() -> marks(key));
        if (objection.isPresent()) {
            return new Rejected("a name " + objection.get());
        }
        try {
            return new Accepted(new Nick(text, key));
        } catch (IllegalArgumentException e) {
            return new Rejected(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Why a client may not take a valid name: it is reserved for the server and its services. Actors of the
     * application may take it, and so may owners whose account had the name before it was reserved.
     */
    public Optional<String> reservation(Nick nick) {
        String key = nick.key();
        if (key.equals(NOBODY)) {
            return Optional.of("nobody can be called " + NOBODY);
        } else if (key.chars().anyMatch(c -> DOTS.indexOf(c) >= 0)) {
            return Optional.of("a name with a dot looks like that of a server");
        } else if (isReserved(nick)) {
            return Optional.of("the name " + nick + " is reserved");
        }
        return Optional.empty();
    }

    private boolean isReserved(Nick nick) {
        Set<String> now = reserved;
        if (now.contains(nick.key())) {
            return true;
        } else if (Names.isPlain(nick.text())) {
            String plain = plainLook(nick.key());
            return now.stream().anyMatch(name -> plainLook(name).equals(plain));
        }
        Names.Looks looks = plainLook(looks(nick));
        return now.stream().anyMatch(name -> looks.resemble(plainLook(looks(name, name))));
    }

    private static Names.Looks plainLook(Names.Looks looks) {
        return new Names.Looks(plainLook(looks.shown()), plainLook(looks.folded()));
    }

    /** With the signs of ASCII that pass for each other made one, in whatever case they were typed: {@code I1|l}, {@code m rn}. */
    private static String plainLook(String key) {
        return key.replace('0', 'o')
                .replace('1', 'l')
                .replace('|', 'l')
                .replace('i', 'l')
                .replace("m", "rn");
    }

    /** Also of the folded name: a full width comma is a comma there. */
    private static Optional<String> marks(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (NOWHERE.indexOf(text.charAt(i)) >= 0) {
                return Optional.of("must not contain " + text.charAt(i));
            }
        }
        return !text.isEmpty() && NOT_FIRST.indexOf(text.charAt(0)) >= 0
                ? Optional.of("must not begin with " + text.charAt(0))
                : Optional.empty();
    }

    /** Folds the name of anything: all spellings of one name give the same result. Idempotent. */
    static String fold(String text, CaseMapping caseMapping) {
        String folded = Names.isPlain(text)
                ? text.toLowerCase(Locale.ROOT)
                : Normalizer2.getNFKCCasefoldInstance().normalize(text);
        return caseMapping.foldSigns(folded);
    }

    /** Removes the selectors for colour or text style of emoji: the emoji is the same. */
    static String withoutEmojiSelectors(String text) {
        if (Names.isPlain(text)) {
            return text;
        }
        StringBuilder without = new StringBuilder(text.length());
        int before = 0;
        for (int c : text.codePoints().toArray()) {
            boolean selector = (c == TEXT_STYLE || c == EMOJI_STYLE) && before > ASCII && isEmoji(before);
            if (!selector) {
                without.appendCodePoint(c);
            }
            before = c;
        }
        return without.toString();
    }

    private static boolean isEmoji(int codePoint) {
        return UCharacter.hasBinaryProperty(codePoint, UProperty.EMOJI);
    }

    /** Of what is folded here, and of ICU, whose tables grow with Unicode. */
    static String version() {
        return "1 " + VersionInfo.ICU_VERSION;
    }

    /** What a name looks like (UTS 39 §4), as it is shown and folded. */
    static Names.Looks looks(String text, String key) {
        String shown = look(text);
        return new Names.Looks(shown, text.equals(key) ? shown : look(key));
    }

    static Names.Looks looks(Nick nick) {
        return looks(nick.text(), nick.key());
    }

    /** Folded in between, or a capital would be told from the small letter. */
    private static String look(String name) {
        return Spoof.CHECKER.getSkeleton(fold(Spoof.CHECKER.getSkeleton(name), CaseMapping.ASCII));
    }

    /** Loads ICU's tables only when the first name outside ASCII comes. */
    private static final class Spoof {
        static final SpoofChecker CHECKER = new SpoofChecker.Builder().build();
    }
}
