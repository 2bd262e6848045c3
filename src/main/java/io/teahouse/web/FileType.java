package io.teahouse.web;

import java.util.Arrays;
import java.util.Optional;

/** Types of files that browsers show as pictures, recognized by how they begin: what the sender says is not believed. */
enum FileType {
    PNG("image/png", "png", "89504e470d0a1a0a"),
    JPEG("image/jpeg", "jpg", "ffd8ff"),
    GIF("image/gif", "gif", "47494638??61"),
    WEBP("image/webp", "webp", "52494646????????57454250");

    /** How many bytes of a file are needed. */
    static final int HEAD = 12;

    private final String type;
    private final String extension;
    /** Two hexadecimal digits for each byte; {@code ??}: any. */
    private final String beginning;

    FileType(String type, String extension, String beginning) {
        this.type = type;
        this.extension = extension;
        this.beginning = beginning;
    }

    String type() {
        return type;
    }

    String extension() {
        return extension;
    }

    /** Empty: it is none of these pictures. */
    static Optional<FileType> of(byte[] head) {
        return Arrays.stream(values())
                .filter(each -> begins(head, each.beginning))
                .findFirst();
    }

    private static boolean begins(byte[] head, String text) {
        if (head.length < text.length() / 2) {
            return false;
        }
        for (int i = 0; i < text.length(); i += 2) {
            String digits = text.substring(i, i + 2);
            if (!digits.equals("??") && (byte) Integer.parseInt(digits, 16) != head[i / 2]) {
                return false;
            }
        }
        return true;
    }

    static Optional<FileType> named(String type) {
        return Arrays.stream(values()).filter(each -> each.type.equals(type)).findFirst();
    }

    static Optional<FileType> withExtension(String extension) {
        return Arrays.stream(values())
                .filter(each -> each.extension.equals(extension))
                .findFirst();
    }
}
