package io.teahouse.server;

import com.microsoft.playwright.BrowserContext;
import io.teahouse.TestServer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a test of the chat page needs: the browser, a server of its own, and cyd, who is at its plain door. */
final class ChatFixture implements BeforeEachCallback, AfterEachCallback {
    private final Browser browser = new Browser();
    private final String[] settings;

    private TestServer server;
    private Peer cyd;

    /** @param settings of the server, such as {@code teahouse.flood.enabled = off} */
    ChatFixture(String... settings) {
        this.settings = settings.clone();
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        browser.beforeEach(test);
        server = TestServer.start(settings);
        cyd = Peer.enter("cyd", server.port());
    }

    @Override
    public void afterEach(ExtensionContext test) {
        try {
            browser.afterEach(test);
        } finally {
            if (cyd != null) {
                cyd.close();
            }
            if (server != null) {
                server.close();
            }
        }
    }

    Browser browser() {
        return browser;
    }

    TestServer server() {
        return server;
    }

    Peer cyd() {
        return cyd;
    }

    /** The address of the chat page. */
    String address() {
        return "http://127.0.0.1:" + server.port("web") + "/";
    }

    /** Opens the chat page. */
    ChatPage visit(BrowserContext user) {
        return browser.visit(user, server.port("web"));
    }

    /** Opens the chat page in a browser of its own, and enters. */
    ChatPage enter(String name) {
        return browser.enter(name, server.port("web"));
    }
}
