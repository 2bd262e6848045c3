package io.teahouse.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
 * Creates files that only their owner may read, whatever the umask. Existing files keep their permissions. On file
 * systems without POSIX permissions (Windows), files inherit those of their folder.
 */
public final class PrivateFile {
    private static final Set<PosixFilePermission> OWN =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** The permissions of other users. */
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private PrivateFile() {}

    /** Writes the content of a file; may throw exceptions of its own. */
    public interface Content<E extends Exception> {
        void writeTo(Path file) throws IOException, E;
    }

    private static FileAttribute<?>[] attributes() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWN)} : new FileAttribute<?>[0];
    }

    /** Creates an empty file; fails if it exists. */
    static void create(Path file) throws IOException {
        Files.createFile(file, attributes());
    }

    /** Opens a file for writing, and creates it if it does not exist. */
    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file, Set.<OpenOption>of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), attributes());
    }

    /** Opens an existing file to append to it. */
    public static OutputStream append(Path file) throws IOException {
        return Channels.newOutputStream(FileChannel.open(file, StandardOpenOption.APPEND));
    }

    /** Why a file cannot be made: it exists already, or its folder does not; empty if nothing is in the way. */
    public static Optional<String> obstacle(Path whole) {
        Path folder = whole.toAbsolutePath().getParent();
        if (Files.exists(whole, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(whole + " exists already; nothing was written");
        } else if (folder != null && !Files.isDirectory(folder)) {
            return Optional.of("the folder " + folder + " does not exist; nothing was written");
        } else {
            return Optional.empty();
        }
    }

    /**
     * Writes a file under a temporary name, syncs it and renames it: it is complete and on the disk when this
     * returns, or does not exist. Overwrites what a killed attempt left.
     *
     * @param whole does not exist yet
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

    /** Syncs the folder, so that the new name of a file is on the disk as well. */
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

    /** A warning for the operator about files that other users may access; empty if there are none. */
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
                        "other users of this machine can read messages; remove their permissions: chmod 600 " + open);
    }

    private static boolean isOpen(Path file) {
        try {
            Set<PosixFilePermission> may = Files.getPosixFilePermissions(file);
            return Stream.of(PosixFilePermission.values())
                    .filter(OTHERS::contains)
                    .anyMatch(may::contains);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // missing, or its permissions are unknown
        }
    }
}
