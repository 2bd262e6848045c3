package io.teahouse.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files that hold what people said: nobody but their owner may read them, from the moment they are made, whatever the umask.
 * Files that are there keep the permissions that they have. Where a file system knows no such permissions (Windows), files
 * have those of their folder.
 */
public final class PrivateFile {
    private static final Set<PosixFilePermission> OWN =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** Those who are not the owner. */
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private PrivateFile() {}

    /** What a file is to hold; may fail in ways of its own. */
    public interface Content<E extends Exception> {
        void writeTo(Path file) throws IOException, E;
    }

    private static FileAttribute<?>[] attributes() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWN)} : new FileAttribute<?>[0];
    }

    /** Makes an empty one, which must not be there yet. */
    static void create(Path file) throws IOException {
        Files.createFile(file, attributes());
    }

    /** Opens one to write to it, and makes it if it is not there. */
    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file, Set.<OpenOption>of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), attributes());
    }

    /** To the end of one that is there. */
    public static OutputStream append(Path file) throws IOException {
        return Channels.newOutputStream(FileChannel.open(file, StandardOpenOption.APPEND));
    }

    /**
     * Makes a file under another name first. It is there, whole and on the disk, when this returns, or is not there. What an
     * attempt that was killed has left is made anew by the next one.
     *
     * @param whole is not there yet
     */
    public static <E extends Exception> void make(Path whole, Content<E> content) throws IOException, E {
        Path part = whole.resolveSibling(whole.getFileName() + ".part");
        Files.deleteIfExists(part);
        create(part);
        try {
            content.writeTo(part);
            force(part);
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
            forceFolder(whole);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** So that a file's new name is on the disk, too. */
    static void forceFolder(Path file) throws IOException {
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Removes the permissions of others from an existing file. */
    static void close(Path file) throws IOException {
        if (attributes().length > 0) {
            Files.setPosixFilePermissions(file, OWN);
        }
    }

    /** A warning for the operator about files that others may read or write; empty if there are none. */
    static Optional<String> warning(Path... files) {
        String open = String.join(
                " ",
                Arrays.stream(files)
                        .filter(PrivateFile::isOpen)
                        .map(Path::toString)
                        .toList());
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "other users of this machine may read what people said; close it to them: chmod 600 " + open);
    }

    private static boolean isOpen(Path file) {
        try {
            Set<PosixFilePermission> may = Files.getPosixFilePermissions(file);
            return Stream.of(PosixFilePermission.values())
                    .filter(OTHERS::contains)
                    .anyMatch(may::contains);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // not there, or nothing is known of it
        }
    }
}
