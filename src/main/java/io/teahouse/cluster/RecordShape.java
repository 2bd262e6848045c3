package io.teahouse.cluster;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

/** How to take a record apart, and to make one: its components, their accessors and its canonical constructor. */
final class RecordShape {
    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    private final Class<?> type;
    private final List<String> names;
    private final List<Type> types;

    /** From {@code Object} to the type of the component; to {@code Object} if that is no primitive type. */
    private final MethodHandle[] accessors;

    /** From {@code Object} to {@code Object}. */
    private final MethodHandle[] boxing;

    /** From {@code Object[]} to {@code Object}. */
    private final MethodHandle constructor;

    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    private RecordShape(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new CodecException("not a record: " + type.getName());
        }
        this.type = type;
        this.names = Arrays.stream(components).map(RecordComponent::getName).toList();
        this.types =
                Arrays.stream(components).map(RecordComponent::getGenericType).toList();
        Class<?>[] raw = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            constructor = lookup.findConstructor(type, MethodType.methodType(void.class, raw))
                    .asSpreader(Object[].class, raw.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
            accessors = new MethodHandle[raw.length];
            boxing = new MethodHandle[raw.length];
            for (int i = 0; i < raw.length; i++) {
                MethodHandle accessor = lookup.unreflect(components[i].getAccessor());
                Class<?> result = raw[i].isPrimitive() ? raw[i] : Object.class;
                accessors[i] = accessor.asType(MethodType.methodType(result, Object.class));
                boxing[i] = accessor.asType(MethodType.methodType(Object.class, Object.class));
            }
        } catch (IllegalAccessException | NoSuchMethodException e) {
            throw new CodecException("no access to " + type.getName(), e);
        }
    }

    int size() {
        return names.size();
    }

    List<String> names() {
        return names;
    }

    /** The index of a component. */
    int index(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new CodecException(type.getName() + " has no component " + name);
        }
        return index;
    }

    Type type(int index) {
        return types.get(index);
    }

    MethodHandle accessor(int index) {
        return accessors[index];
    }

    /** Makes a record of all components, in their order. */
    Object create(Object[] components) {
        try {
            return (Object) constructor.invokeExact(components);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new CodecException("no " + type.getName(), e);
        }
    }

    /**
     * The same record with other values of some components.
     *
     * @param changes names, each followed by the new value
     */
    Object copy(Object record, Object[] changes) {
        Object[] components = new Object[size()];
        for (int i = 0; i < components.length; i++) {
            components[i] = get(record, i);
        }
        for (int i = 0; i < changes.length; i += 2) {
            components[index((String) changes[i])] = changes[i + 1];
        }
        return create(components);
    }

    private Object get(Object record, int index) {
        try {
            return (Object) boxing[index].invokeExact(record);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new CodecException("no " + names.get(index) + " of " + type.getName(), e);
        }
    }
}
