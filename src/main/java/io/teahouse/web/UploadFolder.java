package io.teahouse.web;

import io.teahouse.account.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The uploaded files in a folder. A file is called {@code ID.OWNER.EXTENSION}: random letters, a hash of the account, and
 * what it is. What there is and how large is kept in memory, and read from the folder at the start. Thread-safe; methods that touch
 * files block.
 */
final class UploadFolder {
    private static final Logger LOG = LoggerFactory.getLogger(UploadFolder.class);
    private static final int ID_BYTES = 16;
    private static final int OWNER_BYTES = 8;
    private static final String UNFINISHED = ".part";

    /** What a file takes at least, as far as limits are concerned: a block of the disk, and its entry in memory. */
    private static final long LEAST_BYTES = 4096;

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * A file.
     *
     * @param name by which it is asked for: {@code ID.EXTENSION}
     * @param extension without its dot
     * @param size in bytes
     */
    record Stored(String name, Path path, String owner, String extension, long size, Instant since) {
        long charge() {
            return Math.max(LEAST_BYTES, size);
        }
    }

    /** A file that is being uploaded, and the bytes that are reserved for it. Must be committed or aborted. */
    record PendingUpload(String id, String owner, Path path, long reserved) {}

    private final UploadSettings settings;
    private final Map<String, Stored> files = new HashMap<>();
    private final Map<String, Long> used = new HashMap<>();
    private long total;

    private UploadFolder(UploadSettings settings) {
        this.settings = settings;
    }

    /** Reads the folder, and creates it if need be; removes what was not finished. */
    static UploadFolder open(UploadSettings settings) throws IOException {
        UploadFolder folder = new UploadFolder(settings);
        createPrivate(settings.folder());
        try (Stream<Path> all = Files.list(settings.folder())) {
            for (Path each : all.toList()) {
                folder.found(each);
            }
        }
        folder.expire(Instant.now());
        return folder;
    }

    private static void createPrivate(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(path);
        }
    }

    private synchronized void found(Path path) throws IOException {
        String name = path.getFileName().toString();
        if (name.endsWith(UNFINISHED)) {
            Files.deleteIfExists(path);
            return;
        }
        String[] parts = split(name);
        if (parts.length == 3 && Files.isRegularFile(path)) {
            add(new Stored(
                    parts[0] + "." + parts[2],
                    path,
                    parts[1],
                    parts[2],
                    Files.size(path),
                    Files.getLastModifiedTime(path).toInstant()));
        }
    }

    private static String[] split(String name) {
        int first = name.indexOf('.');
        int last = name.lastIndexOf('.');
        return first > 0 && last > first
                ? new String[] {name.substring(0, first), name.substring(first + 1, last), name.substring(last + 1)}
                : new String[0];
    }

    private void add(Stored file) {
        files.put(file.name(), file);
        charge(file.owner(), file.charge());
    }

    private void charge(String owner, long bytes) {
        total += bytes;
        used.merge(owner, bytes, Long::sum);
        used.remove(owner, 0L);
    }

    /**
     * Reserves space for a file.
     *
     * @param account its key
     * @param bytes at most
     * @return empty: the account has, or all accounts together have, too much
     */
    synchronized Optional<PendingUpload> reserve(String account, long bytes) {
        String owner = owner(account);
        long charged = Math.max(LEAST_BYTES, bytes);
        if (used.getOrDefault(owner, 0L) + charged > settings.accountBytes()
                || total + charged > settings.totalBytes()) {
            return Optional.empty();
        }
        charge(owner, charged);
        byte[] random = new byte[ID_BYTES];
        RANDOM.nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        return Optional.of(new PendingUpload(id, owner, settings.folder().resolve(id + UNFINISHED), charged));
    }

    private static String owner(String account) {
        return Sha256.hex(account).substring(0, 2 * OWNER_BYTES);
    }

    /** The first bytes of a file that is complete. */
    static byte[] head(PendingUpload pending) throws IOException {
        try (InputStream in = Files.newInputStream(pending.path())) {
            return in.readNBytes(FileType.HEAD);
        }
    }

    /** Gives a complete file its name; returns it. */
    Stored commit(PendingUpload pending, String extension) throws IOException {
        long size = Files.size(pending.path());
        Path path = settings.folder().resolve(pending.id() + "." + pending.owner() + "." + extension);
        Files.move(pending.path(), path);
        Stored stored =
                new Stored(pending.id() + "." + extension, path, pending.owner(), extension, size, Instant.now());
        synchronized (this) {
            charge(pending.owner(), -pending.reserved());
            add(stored);
        }
        return stored;
    }

    /** Removes what there is of a file that is not committed. */
    void abort(PendingUpload pending) {
        synchronized (this) {
            charge(pending.owner(), -pending.reserved());
        }
        delete(pending.path());
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("an uploaded file could not be deleted: {}", e.toString());
        }
    }

    /** The file of that name, unless it has expired. */
    synchronized Optional<Stored> find(String name, Instant now) {
        return Optional.ofNullable(files.get(name)).filter(file -> !isExpired(file, now));
    }

    private boolean isExpired(Stored file, Instant now) {
        return !settings.expiry().isZero()
                && !file.since().plus(settings.expiry()).isAfter(now);
    }

    /** Deletes the files of an account; returns how many there were. */
    int erase(String account) {
        String owner = owner(account);
        List<Stored> theirs = remove(file -> file.owner().equals(owner));
        theirs.forEach(file -> delete(file.path()));
        return theirs.size();
    }

    /** Deletes files that have expired. */
    void expire(Instant now) {
        remove(file -> isExpired(file, now)).forEach(file -> delete(file.path()));
    }

    private synchronized List<Stored> remove(Predicate<Stored> which) {
        List<Stored> removed = files.values().stream().filter(which).toList();
        removed.forEach(file -> {
            files.remove(file.name());
            charge(file.owner(), -file.charge());
        });
        return removed;
    }
}
