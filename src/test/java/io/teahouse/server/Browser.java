package io.teahouse.server;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Debian's Chromium without a window, driven by Playwright. {@code ./check} puts the driver into {@code target/browser}; without it, or
 * without Chromium, the test is not run.
 */
final class Browser implements AutoCloseable {
    /** Where npm has installed {@code playwright-core} and {@code axe-core}. */
    static final Path MODULES = Path.of("target", "browser", "node_modules").toAbsolutePath();

    private static final int PATIENCE_MILLIS = 30_000;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private Browser(Playwright playwright) {
        this.playwright = playwright;
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions().setExecutablePath(Path.of(Tools.find("chromium"))));
    }

    static Browser open() throws IOException {
        Tools.require("chromium", "node");
        Tools.require(MODULES.resolve("playwright-core"));
        System.setProperty("playwright.cli.dir", driver().toString());
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        Map<String, String> environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        return new Browser(Playwright.create(new Playwright.CreateOptions().setEnv(environment)));
    }

    /** A folder as Playwright wants it: its package, and Node.js. */
    private static Path driver() throws IOException {
        Path folder = Files.createDirectories(MODULES.resolveSibling("driver"));
        link(folder.resolve("package"), MODULES.resolve("playwright-core"));
        link(folder.resolve("node"), Path.of(Tools.find("node")));
        return folder;
    }

    private static void link(Path link, Path to) throws IOException {
        if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).equals(to)) {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, to);
        }
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
        user.setDefaultTimeout(PATIENCE_MILLIS);
        user.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        return user;
    }

    /** Opens the chat page of a server. */
    ChatPage visit(BrowserContext user, int port) {
        Page page = user.newPage();
        ChatPage chat = new ChatPage(page);
        page.navigate("http://127.0.0.1:" + port + "/");
        return chat;
    }

    /** Opens the chat page in a browser of its own, and enters. */
    ChatPage enter(String name, int port) {
        return visit(user(), port).enter(name);
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
