package io.teahouse.cluster;

import org.jspecify.annotations.Nullable;

/** Numbers the values that a message has written: the second time, the number stands for the value. */
final class ReferenceTable {
    private static final int INITIAL = 32;
    private static final int SPREAD = 0x9E3779B9;

    /** Open addressing; at most half full. */
    private @Nullable Object[] keys = new Object[INITIAL];

    private int[] numbers = new int[INITIAL];
    private int size;

    /** The number of an equal value; or -1, and the value has the next number from now on. */
    int find(Object value) {
        int place = place(value);
        if (keys[place] != null) {
            return numbers[place];
        }
        if (2 * (size + 1) > keys.length) {
            grow();
            place = place(value);
        }
        keys[place] = value;
        numbers[place] = size++;
        return -1;
    }

    /** Of a record, the same instance is found only: those of a room recur, and to hash all components costs a fifth of the time. */
    private static int hash(Object value) {
        return value instanceof Record ? System.identityHashCode(value) : value.hashCode();
    }

    private int place(Object value) {
        int mask = keys.length - 1;
        int place = ((hash(value) * SPREAD) >>> Short.SIZE) & mask;
        while (keys[place] != null && keys[place] != value && !value.equals(keys[place])) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        @Nullable Object[] before = keys;
        int[] theirs = numbers;
        keys = new Object[2 * before.length];
        numbers = new int[keys.length];
        for (int i = 0; i < before.length; i++) {
            Object key = before[i];
            if (key != null) {
                int place = place(key);
                keys[place] = key;
                numbers[place] = theirs[i];
            }
        }
    }
}
