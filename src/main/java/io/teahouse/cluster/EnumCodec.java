package io.teahouse.cluster;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes a constant as its position in the line of the table: the order in the code does not matter. */
final class EnumCodec<E extends Enum<E>> implements ValueCodec<E> {
    private final Class<E> type;

    /** By number. */
    private final List<E> constants;

    private final Map<E, Integer> numbers;

    EnumCodec(Class<E> type, List<String> names) {
        this.type = type;
        this.constants = names.stream().map(name -> Enum.valueOf(type, name)).toList();
        this.numbers = new EnumMap<>(type);
        for (E each : type.getEnumConstants()) {
            int number = constants.indexOf(each);
            if (number < 0) {
                throw new CodecException(
                        "message-types.txt lacks the constant " + each.name() + " of " + type.getName());
            }
            numbers.put(each, number);
        }
    }

    @Override
    public void write(Output out, E value) {
        out.writeVarint(Objects.requireNonNull(numbers.get(value)));
    }

    @Override
    public E read(Input in) {
        long number = in.readVarint();
        if (number < 0 || number >= constants.size()) {
            throw new CodecException("a constant of " + type.getName() + " that this release does not know, number "
                    + number + ", from a node with version " + in.version() + " of the message types");
        }
        return constants.get((int) number);
    }

    @Override
    public E absent() {
        return constants.get(0);
    }
}
