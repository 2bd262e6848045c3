package io.teahouse.room.support;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A library that some part of Teahouse needs, and that embedders add themselves.
 *
 * @param coordinates the group and the artifact
 * @param type the name of one of its classes
 */
public record Library(String coordinates, String type) {
    /**
     * Says what to add.
     *
     * @param what needs them
     * @return one line that names all that are missing; empty: none is
     */
    public static Optional<String> missing(String what, Library... needed) {
        List<String> missing = Stream.of(needed)
                .filter(library -> !library.isThere())
                .map(Library::coordinates)
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(what + " needs " + (missing.size() == 1 ? "a library" : "libraries")
                        + " that an application adds to its dependencies: "
                        + missing.stream().collect(Collectors.joining(", "))
                        + " (doc/embedding.md has the versions)");
    }

    private boolean isThere() {
        try {
            Class.forName(type, false, Library.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
