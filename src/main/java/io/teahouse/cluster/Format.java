package io.teahouse.cluster;

/** How one class is written: a {@link ValueCodec} with the number by which messages name the class. */
abstract class Format<T> implements ValueCodec<T> {
    private final int number;
    private final Class<?> type;

    /** @param number 0: it has none, and is only a component of a known type */
    Format(int number, Class<?> type) {
        this.number = number;
        this.type = type;
    }

    final int number() {
        return number;
    }

    final Class<?> type() {
        return type;
    }
}
