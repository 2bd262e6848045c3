package io.teahouse;

import io.teahouse.web.UploadSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the settings of uploads. */
final class UploadReader {
    private static final Duration LONG = Duration.ofDays(3650);

    private UploadReader() {}

    /** Empty: files cannot be uploaded. The settings are checked all the same. */
    static Optional<UploadSettings> read(SettingsReader read) {
        UploadSettings settings = new UploadSettings(
                folder(read),
                url(read),
                read.size("web.uploads.max-bytes", 1),
                read.size("web.uploads.account-bytes", 1),
                read.size("web.uploads.total-bytes", 1),
                types(read),
                read.time("web.uploads.expiry", Duration.ZERO, LONG),
                read.time("web.uploads.timeout", Duration.ofSeconds(1), Duration.ofDays(1)));
        return read.onOff("web.uploads.enabled") ? Optional.of(settings) : Optional.empty();
    }

    /** Where clients are told to upload files; empty: they are not told. */
    static Optional<String> fileHost(SettingsReader read) {
        String url = url(read);
        boolean isOpen = read.onOff("web.enabled") && read.onOff("web.uploads.enabled");
        return isOpen && !url.isEmpty() ? Optional.of(url + "/upload") : Optional.empty();
    }

    private static Path folder(SettingsReader read) {
        String text = read.text("web.uploads.path");
        try {
            if (!text.isBlank()) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            // reported below
        }
        read.wrong("web.uploads.path", "the path of a folder");
        return Path.of("uploads");
    }

    private static String url(SettingsReader read) {
        String url = read.text("web.uploads.url").strip();
        boolean isUrl = (url.startsWith("https://") || url.startsWith("http://"))
                && !url.endsWith("/")
                && url.length() <= 200
                && url.chars().allMatch(c -> c > ' ' && c < 0x7F);
        if (!url.isEmpty() && !isUrl) {
            read.wrong("web.uploads.url", "an address such as https://chat.example.org, without a slash at its end");
        }
        return url;
    }

    private static List<String> types(SettingsReader read) {
        List<String> types = read.texts("web.uploads.types").stream()
                .map(each -> each.strip().toLowerCase(Locale.ROOT))
                .toList();
        if (!types.stream().allMatch(UploadReader::isType)) {
            read.wrong("web.uploads.types", "a list of types such as image/png, or \"*\"");
        }
        return types;
    }

    private static boolean isType(String text) {
        int slash = text.indexOf('/');
        boolean isPair = slash > 0 && slash == text.lastIndexOf('/') && slash < text.length() - 1;
        return text.equals("*") || (isPair && text.chars().allMatch(c -> c > ' ' && c < 0x7F && c != ',' && c != ';'));
    }
}
