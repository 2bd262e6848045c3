package io.teahouse.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
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
                byte[] page =
                        ("<!doctype html><meta name=viewport content='width=device-width'><h1>A site</h1><script src='"
                                        + chat.address() + "embed.js' data-room='#tea' data-height='400px'></script>")
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

    /** The room in the page of the site. */
    private FrameLocator visit(BrowserContext user) {
        Page page = user.newPage();
        page.navigate(origin("127.0.0.1") + "/");
        return page.frameLocator("iframe");
    }

    private static void fillName(FrameLocator room, String name) {
        room.getByLabel("Name", new FrameLocator.GetByLabelOptions().setExact(true))
                .fill(name);
    }

    private static void press(FrameLocator room, String button) {
        room.getByRole(
                        AriaRole.BUTTON,
                        new FrameLocator.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    private void talks(FrameLocator room) {
        assertThat(room.locator("#head h1")).hasText("#tea");
        room.locator("#field").fill("hello from a site");
        press(room, "Send");
        chat.cyd().until("hello from a site");
        chat.cyd().say("hello there");
        assertThat(room.locator(".message .text").last()).hasText("hello there");
    }

    @Test
    void aScriptTagPutsARoomIntoAPageOfAnotherSite() {
        chat.cyd().say("/join tea");
        FrameLocator room = visit(chat.browser().user());
        fillName(room, "ann");
        press(room, "Enter");
        talks(room);
        assertThat(room.locator("#rooms")).isHidden();
    }

    @Test
    void somebodyWithAnAccountLogsInThere() {
        try (Peer ann = Peer.irc("ann", chat.server().port("irc"))) {
            ann.say("REGISTER * * :correct horse");
            ann.until("REGISTER SUCCESS");
        }
        chat.cyd().say("/join tea");
        FrameLocator room = visit(chat.browser().user());
        fillName(room, "ann");
        room.getByText("I have an account").click();
        room.locator("#login input[type=password]").fill("wrong horse");
        press(room, "Enter");
        assertThat(room.locator("#login .problem")).containsText("The login has failed");
        room.locator("#login input[type=password]").fill("correct horse");
        press(room, "Enter");
        talks(room);
    }

    @Test
    void onAPhoneTheRoomFitsIntoItsFrame() {
        chat.cyd().say("/join tea");
        try (BrowserContext phone = chat.browser().phone(320, 568)) {
            FrameLocator room = visit(phone);
            fillName(room, "ann");
            press(room, "Enter");
            talks(room);
            Locator root = room.locator(":root");
            Assertions.assertThat(root.evaluate("root => root.scrollWidth - innerWidth"))
                    .isEqualTo(0);
            Assertions.assertThat(
                            root.evaluate(
                                    "root => { const field = document.querySelector('#field').getBoundingClientRect();"
                                            + " return field.left >= 0 && field.right <= innerWidth && field.bottom <= innerHeight; }"))
                    .isEqualTo(true);
        }
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
