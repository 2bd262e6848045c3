package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A settings file and the files that it includes. A file that cannot be read is an error; the parsing library would
 * treat it as empty, and the server would run without its passwords.
 */
final class SettingsFile {
    private static final int LARGEST = 16 << 20;
    private static final int DEEPEST = 16;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final List<String> ENDINGS = List.of("", ".conf", ".json", ".properties");

    private final Path path;
    private final String shown;
    private final int depth;

    private SettingsFile(Path path, String shown, int depth) {
        this.path = path;
        this.shown = shown;
        this.depth = depth;
    }

    /** @throws ConfigException naming the file, when it or one that it includes cannot be read */
    static Config parse(String name) {
        return new SettingsFile(path(name), name, 0).parse();
    }

    /** Whether something with that name exists, even if it cannot be read. */
    static boolean isThere(String name) {
        try {
            Files.readAttributes(path(name), "isOther", LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true; // exists, or cannot be known
        }
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new ConfigException.Generic(
                    name + " cannot be a file name in this locale (LC_ALL=C.UTF-8 allows all letters)", e);
        }
    }

    private Config parse() {
        String text = decode(bytes());
        if (text.isBlank()) {
            throw wrong("is empty: write the settings into it, or delete it to run with the defaults");
        }
        ConfigParseOptions options = ConfigParseOptions.defaults()
                .setSyntax(syntax())
                .setOriginDescription(shown)
                .setIncluder(new Includer());
        return ConfigFactory.parseString(text, options);
    }

    private ConfigSyntax syntax() {
        String name = path.toString();
        return name.endsWith(".json")
                ? ConfigSyntax.JSON
                : name.endsWith(".properties") ? ConfigSyntax.PROPERTIES : ConfigSyntax.CONF;
    }

    private byte[] bytes() {
        try {
            if (Files.isDirectory(path)) {
                throw wrong("cannot be read: it is a folder");
            }
            boolean other = Files.exists(path) && !Files.isRegularFile(path); // reading a pipe would block
            if (other) {
                throw wrong("cannot be read: it is not a regular file");
            }
            if (Files.size(path) > LARGEST) {
                throw wrong("is larger than 16 MiB");
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            boolean dangling = Files.isSymbolicLink(path);
            throw wrong(dangling ? "cannot be read: it is a link to a file that does not exist" : "does not exist");
        } catch (AccessDeniedException e) {
            throw wrong("cannot be read: permission denied");
        } catch (IOException e) {
            throw wrong("cannot be read: " + e.getMessage());
        }
    }

    private String decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(in).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            long line = 1
                    + new String(bytes, 0, in.position(), StandardCharsets.ISO_8859_1)
                            .chars()
                            .filter(each -> each == '\n')
                            .count();
            throw wrong("is not in UTF-8, line " + line + ": save it as UTF-8 (it may be Latin-1)");
        }
    }

    private ConfigException wrong(String what) {
        return new ConfigException.Generic(shown + " " + what);
    }

    /** Reads all included files by this class. They must exist, as if by {@code required(…)}. */
    private final class Includer
            implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
        @Override
        public ConfigIncluder withFallback(ConfigIncluder fallback) {
            return this;
        }

        @Override
        public ConfigObject include(ConfigIncludeContext context, String what) {
            if (what.startsWith("http:") || what.startsWith("https:") || what.startsWith("file:")) {
                try {
                    return includeURL(context, URI.create(what).toURL());
                } catch (MalformedURLException | IllegalArgumentException e) {
                    throw wrong("includes something that is neither a file nor a URL");
                }
            }
            return includeFile(context, new File(what));
        }

        /** Looks beside the including file, then in the working directory. */
        @Override
        public ConfigObject includeFile(ConfigIncludeContext context, File what) {
            if (depth == DEEPEST) {
                throw wrong("is included by itself, or nested too deep");
            }
            Path beside = path.resolveSibling(what.toPath());
            Path found = Stream.of(beside, what.toPath())
                    .flatMap(place -> ENDINGS.stream().map(ending -> Path.of(place + ending)))
                    .filter(each -> isThere(each.toString()))
                    .findFirst()
                    .orElse(beside);
            String named = found + " (included by " + path + ")";
            return new SettingsFile(found, named, depth + 1).parse().root();
        }

        @Override
        public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
            return ConfigFactory.parseURL(what, context.parseOptions().setAllowMissing(false))
                    .root();
        }

        @Override
        public ConfigObject includeResources(ConfigIncludeContext context, String what) {
            return ConfigFactory.parseResources(what, context.parseOptions().setAllowMissing(false))
                    .root();
        }
    }
}
