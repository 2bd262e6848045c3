package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Debian's Chromium without a window, driven by Playwright. One process serves all tests of this JVM, and ends with the last of
 * them; what a test opens in it is closed after the
 * test, which fails if a script had an error or broke the page's policy. {@code ./check} puts the driver into {@code target/browser}; without it,
 * or without Chromium, the test is not run. Only for the thread that runs the tests.
 */
final class Browser implements BeforeEachCallback, AfterEachCallback {
    /** Where npm has installed {@code playwright-core} and {@code axe-core}. */
    static final Path MODULES = Path.of("target", "browser", "node_modules").toAbsolutePath();

    /** Chromium that cannot have a window: a page takes a third of the CPU time. */
    private static final String PROGRAM = "chromium-headless-shell";

    private static final ExtensionContext.Namespace SHARED = ExtensionContext.Namespace.create(Browser.class);
    private static final int PATIENCE_MILLIS = 30_000;
    /** Nor does it pretend to have one: emulating it takes a fifth of the CPU time. */
    private static final List<String> WITHOUT_GPU = List.of("--disable-gpu", "--disable-software-rasterizer");

    private final List<BrowserContext> users = new ArrayList<>();
    private final List<ChatPage> pages = new ArrayList<>();
    private com.microsoft.playwright.Browser chromium;

    /** The processes, which JUnit closes with the store that they are in. */
    private record Chromium(Playwright playwright, com.microsoft.playwright.Browser browser) implements AutoCloseable {
        static Chromium launch() {
            Tools.require(PROGRAM, "node");
            Tools.require(MODULES.resolve("playwright-core"));
            System.setProperty("playwright.cli.dir", driver().toString());
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
            Map<String, String> environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
            Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
            Path program = Path.of(Tools.find(PROGRAM));
            return new Chromium(
                    playwright,
                    playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(program)
                                    .setArgs(WITHOUT_GPU)));
        }

        /** A folder as Playwright wants it: its package, and Node.js. */
        private static Path driver() {
            try {
                Path folder = Files.createTempDirectory(MODULES.getParent(), "driver");
                Files.createSymbolicLink(folder.resolve("package"), MODULES.resolve("playwright-core"));
                Files.createSymbolicLink(folder.resolve("node"), Path.of(Tools.find("node")));
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        chromium = test.getRoot()
                .getStore(SHARED)
                .getOrComputeIfAbsent(Chromium.class, type -> Chromium.launch(), Chromium.class)
                .browser();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        users.forEach(BrowserContext::close);
        users.clear();
        List<String> errors =
                pages.stream().flatMap(page -> page.errors().stream()).toList();
        pages.clear();
        assertThat(errors).isEmpty();
    }

    /** A browser of its own, in English, with a window as on a desktop. */
    BrowserContext user() {
        return user(options());
    }

    /** The same, in that language. */
    BrowserContext user(String locale) {
        return user(options().setLocale(locale));
    }

    /** The same, as on a phone. */
    BrowserContext phone(int width, int height) {
        return user(options().setViewportSize(width, height).setHasTouch(true).setIsMobile(true));
    }

    private static com.microsoft.playwright.Browser.NewContextOptions options() {
        return new com.microsoft.playwright.Browser.NewContextOptions()
                .setLocale("en-US")
                .setViewportSize(1200, 700);
    }

    private BrowserContext user(com.microsoft.playwright.Browser.NewContextOptions options) {
        BrowserContext user = chromium.newContext(options);
        users.add(user);
        user.setDefaultTimeout(PATIENCE_MILLIS);
        user.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        return user;
    }

    /** Opens the chat page of a server. */
    ChatPage visit(BrowserContext user, int port) {
        Page page = user.newPage();
        ChatPage chat = new ChatPage(page);
        pages.add(chat);
        page.navigate("http://127.0.0.1:" + port + "/");
        return chat;
    }

    /** Opens the chat page in a browser of its own, and enters. */
    ChatPage enter(String name, int port) {
        return visit(user(), port).enter(name);
    }
}
