package io.teahouse.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One room in a page of another site, in a real browser. */
@Tag("browser")
class ChatPageEmbeddedTest {
    private final HttpServer site = site();

    @RegisterExtension
    final ChatFixture chat = new ChatFixture("teahouse.web.embedders = [ \"" + origin("127.0.0.1") + "\" ]");

    private HttpServer site() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                byte[] page = ("<!doctype html><h1>A site</h1><script src='" + chat.address()
                                + "embed.js' data-room='#tea' data-height='400px'></script>")
                        .getBytes(UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String origin(String host) {
        return "http://" + host + ":" + site.getAddress().getPort();
    }

    @AfterEach
    void close() {
        site.stop(0);
    }

    @Test
    void aScriptTagPutsARoomIntoAPageOfAnotherSite() {
        chat.cyd().say("/join tea");
        Page page = chat.browser().user().newPage();
        page.navigate(origin("127.0.0.1") + "/");
        FrameLocator room = page.frameLocator("iframe");
        room.getByLabel("Name", new FrameLocator.GetByLabelOptions().setExact(true))
                .fill("ann");
        room.getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName("Enter"))
                .click();
        assertThat(room.locator("#head h1")).hasText("#tea");
        assertThat(room.locator("#rooms")).isHidden();
        room.locator("#field").fill("hello from a site");
        room.locator("#field").press("Enter");
        chat.cyd().until("hello from a site");
        chat.cyd().say("hello there");
        assertThat(room.locator(".message .text").last()).hasText("hello there");
    }

    @Test
    void otherSitesCannotShowItAndNoSiteTheWholePage() {
        Page page = chat.browser().user().newPage();
        page.waitForConsoleMessage(
                new Page.WaitForConsoleMessageOptions()
                        .setPredicate(message -> message.text().contains("frame-ancestors")),
                () -> page.navigate(origin("localhost") + "/"));
        assertThat(page.frameLocator("iframe").locator("#login")).hasCount(0);
        page.navigate(origin("127.0.0.1") + "/");
        page.waitForConsoleMessage(
                new Page.WaitForConsoleMessageOptions()
                        .setPredicate(message -> message.text().contains("frame-ancestors")),
                () -> page.evaluate("address => { document.querySelector('iframe').src = address; }", chat.address()));
        Assertions.assertThat(page.frameLocator("iframe").locator("#login").count())
                .isZero();
    }
}
