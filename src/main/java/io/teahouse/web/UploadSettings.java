package io.teahouse.web;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Which files users may upload. {@code reference.conf} explains each value under {@code teahouse.web.uploads}.
 *
 * @param folder where the files are
 * @param url of the web door as browsers have it, without a slash at its end; empty: whatever an upload was sent to
 * @param maxBytes of one file
 * @param accountBytes of all files of one account
 * @param totalBytes of all files
 * @param types that may be uploaded, such as {@code image/png}, in lower case; {@code *}: all
 * @param expiry how long a file is kept; zero: for ever
 * @param timeout how long one upload may take
 */
public record UploadSettings(
        Path folder,
        String url,
        long maxBytes,
        long accountBytes,
        long totalBytes,
        List<String> types,
        Duration expiry,
        Duration timeout) {
    public UploadSettings {
        types = List.copyOf(types);
    }

    /** Whether a file of that type may be uploaded, as far as its sender says. */
    boolean allows(String type) {
        return types.contains("*") || types.contains(type);
    }
}
