package io.teahouse.cluster;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Codecs of the JDK's types. Collections are read as immutable ones, in the order in which they were written. */
final class ValueCodecs {
    private ValueCodecs() {}

    static final ValueCodec<Boolean> BOOLEAN = new ValueCodec<>() {
        @Override
        public void write(Output out, Boolean value) {
            out.writeBoolean(value);
        }

        @Override
        public Boolean read(Input in) {
            return in.readBoolean();
        }

        @Override
        public Boolean absent() {
            return false;
        }
    };

    static final ValueCodec<Integer> INTEGER = new ValueCodec<>() {
        @Override
        public void write(Output out, Integer value) {
            out.writeLong(value);
        }

        @Override
        public Integer read(Input in) {
            return in.readInt();
        }

        @Override
        public Integer absent() {
            return 0;
        }
    };

    static final ValueCodec<Long> LONG = new ValueCodec<>() {
        @Override
        public void write(Output out, Long value) {
            out.writeLong(value);
        }

        @Override
        public Long read(Input in) {
            return in.readLong();
        }

        @Override
        public Long absent() {
            return 0L;
        }
    };

    static final ValueCodec<String> TEXT = new ValueCodec<>() {
        @Override
        public void write(Output out, String value) {
            out.writeText(value);
        }

        @Override
        public String read(Input in) {
            return in.readText();
        }

        @Override
        public String absent() {
            return "";
        }
    };

    /** A text that hardly ever occurs again in a message: it is not numbered. */
    static final ValueCodec<String> UNIQUE_TEXT = new ValueCodec<>() {
        @Override
        public void write(Output out, String value) {
            out.writeText(value, false);
        }

        @Override
        public String read(Input in) {
            return in.readText(false);
        }

        @Override
        public String absent() {
            return "";
        }
    };

    /** A text that up to its last hyphen is the same as others of the message, as the ids of a room's events are. */
    static final ValueCodec<String> PREFIXED_TEXT = new ValueCodec<>() {
        @Override
        public void write(Output out, String value) {
            int rest = value.lastIndexOf('-') + 1;
            out.writeText(value.substring(0, rest), true);
            out.writeText(value.substring(rest), false);
        }

        @Override
        public String read(Input in) {
            return in.readText(true) + in.readText(false);
        }

        @Override
        public String absent() {
            return "";
        }
    };

    static final ValueCodec<Instant> INSTANT = new ValueCodec<>() {
        @Override
        public void write(Output out, Instant value) {
            out.writeInstant(value);
        }

        @Override
        public Instant read(Input in) {
            return in.readInstant();
        }

        @Override
        public Instant absent() {
            return Instant.EPOCH;
        }
    };

    static <T> ValueCodec<Optional<T>> optional(ValueCodec<T> codec) {
        return new ValueCodec<>() {
            @Override
            public void write(Output out, Optional<T> value) {
                out.writeBoolean(value.isPresent());
                if (value.isPresent()) {
                    codec.write(out, value.get());
                }
            }

            @Override
            public Optional<T> read(Input in) {
                return in.readBoolean() ? Optional.of(codec.read(in)) : Optional.empty();
            }

            @Override
            public Optional<T> absent() {
                return Optional.empty();
            }
        };
    }

    static <T> ValueCodec<List<T>> list(ValueCodec<T> codec) {
        return new ValueCodec<>() {
            @Override
            public void write(Output out, List<T> value) {
                out.writeVarint(value.size());
                for (T each : value) {
                    codec.write(out, each);
                }
            }

            @Override
            @SuppressWarnings("unchecked")
            public List<T> read(Input in) {
                Object[] elements = new Object[in.readSize()];
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = codec.read(in);
                }
                return elements.length == 0
                        ? List.of()
                        : (List<T>) Collections.unmodifiableList(Arrays.asList(elements));
            }

            @Override
            public List<T> absent() {
                return List.of();
            }
        };
    }

    static <T> ValueCodec<Set<T>> set(ValueCodec<T> codec) {
        return new ValueCodec<>() {
            @Override
            public void write(Output out, Set<T> value) {
                out.writeVarint(value.size());
                for (T each : value) {
                    codec.write(out, each);
                }
            }

            @Override
            public Set<T> read(Input in) {
                int size = in.readSize();
                if (size == 0) {
                    return Set.of();
                }
                Set<T> elements = new LinkedHashSet<>();
                for (int i = 0; i < size; i++) {
                    elements.add(codec.read(in));
                }
                return Collections.unmodifiableSet(elements);
            }

            @Override
            public Set<T> absent() {
                return Set.of();
            }
        };
    }

    static <K, V> ValueCodec<Map<K, V>> map(ValueCodec<K> keys, ValueCodec<V> values) {
        return new ValueCodec<>() {
            @Override
            public void write(Output out, Map<K, V> value) {
                out.writeVarint(value.size());
                value.forEach((key, each) -> {
                    keys.write(out, key);
                    values.write(out, each);
                });
            }

            @Override
            public Map<K, V> read(Input in) {
                int size = in.readSize();
                if (size == 0) {
                    return Map.of();
                }
                Map<K, V> entries = new LinkedHashMap<>();
                for (int i = 0; i < size; i++) {
                    entries.put(keys.read(in), values.read(in));
                }
                return Collections.unmodifiableMap(entries);
            }

            @Override
            public Map<K, V> absent() {
                return Map.of();
            }
        };
    }
}
