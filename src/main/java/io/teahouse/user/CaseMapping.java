package io.teahouse.user;

import io.teahouse.room.Names;
import io.teahouse.room.RoomName;

/** Which signs of ASCII are the same in names beside capitals and small letters (modern.ircdocs.horse, CASEMAPPING). */
public enum CaseMapping implements Names {
    /** None. */
    ASCII,
    /** {@code []\~} are the capitals of <code>{}|^</code>, as they were on the keyboards of Finland. */
    RFC1459;

    private static final String CAPITALS = "[]\\~";
    private static final String SMALL = "{}|^";

    /** Folds a name, as {@link NickRules#fold} does. */
    @Override
    public String apply(String name) {
        return NickRules.fold(name, this);
    }

    /** See {@link NickRules#looks}. */
    @Override
    public Looks looks(String text, String key) {
        return NickRules.looks(text, key);
    }

    @Override
    public String version() {
        return name() + " " + NickRules.version();
    }

    /** @param name which is otherwise folded already */
    String foldSigns(String name) {
        if (this == ASCII) {
            return name;
        }
        StringBuilder folded = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            int at = CAPITALS.indexOf(name.charAt(i));
            if (at >= 0) {
                folded.setCharAt(i, SMALL.charAt(at));
            }
        }
        return folded.toString();
    }

    /**
     * The name of a room, for all doors alike.
     *
     * @throws IllegalArgumentException with a reason that can be shown to a person
     */
    public RoomName room(String text) {
        return RoomName.of(NickRules.withoutEmojiSelectors(text), this);
    }
}
