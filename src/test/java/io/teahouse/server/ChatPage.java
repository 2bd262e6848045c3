package io.teahouse.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The chat page in one tab. What it waits for has to come within some seconds. */
final class ChatPage {
    private final Page page;
    private final List<String> errors = new ArrayList<>();

    ChatPage(Page page) {
        this.page = page;
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")
                    || message.text().contains("Trusted")) {
                errors.add(message.text());
            }
        });
        page.onDialog(dialog -> {
            errors.add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
    }

    Page page() {
        return page;
    }

    /** Errors of scripts, violations of the policy, and dialogs that a message might have opened. */
    List<String> errors() {
        return errors;
    }

    ChatPage enter(String name) {
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(name);
        button("Enter").click();
        sees("#head h1", "#lobby");
        assertThat(locator("#members li").first()).isAttached(); // the names have come
        return this;
    }

    Locator locator(String selector) {
        return page.locator(selector);
    }

    /** The element with that text among those of the selector. */
    Locator locator(String selector, String text) {
        return page.locator(selector, new Page.LocatorOptions().setHasText(text));
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Opens a list of actions, and chooses one. */
    void choose(String list, String action) {
        button(list).click();
        button(action).click();
    }

    /** Does something with a member of the room. */
    void member(String nick, String action) {
        locator("#members .member", nick).click();
        button(action).click();
    }

    /** Registers the name that it has. */
    void register(String password) {
        choose("Settings", "Register this name");
        locator("dialog input[type=password]").fill(password);
        page.keyboard().press("Enter");
        assertThat(locator("#toasts")).containsText("Your name is registered.");
    }

    /** Enters as somebody who has an account. */
    void logIn(String name, String password) {
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(name);
        if (!locator("details").evaluate("d => d.open").equals(true)) {
            page.getByText("I have an account").click();
        }
        locator("#login input[type=password]").fill(password);
        button("Enter").click();
    }

    /** Joins a room, and shows it. */
    void join(String room) {
        say("/join " + room);
        sees("#head h1", room);
    }

    /** A room or a conversation in the list. */
    Locator room(String name) {
        return locator("#rooms .room", name);
    }

    /** What is unread there, as the list shows it. */
    Locator badge(String room) {
        return room(room).locator(".badge");
    }

    /** Does something with a message by its toolbar. */
    void act(String text, String action) {
        message(text).hover();
        message(text).locator(".toolbar").getByLabel(action).click();
    }

    Locator field() {
        return locator("#field");
    }

    void type(String text) {
        field().fill(text);
    }

    void say(String text) {
        type(text);
        field().press("Enter");
    }

    /** All texts of messages that have elements, in order. */
    List<String> texts() {
        return locator("#list .text").allInnerTexts();
    }

    /** The message with that text. */
    Locator message(String text) {
        return locator(".message")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(".text", new Page.LocatorOptions().setHasText(exactly(text)))));
    }

    /** Waits until a message is shown, confirmed, and once. */
    void sees(String text) {
        assertThat(message(text)).hasCount(1);
        assertThat(message(text).locator(".state")).hasCount(0);
    }

    /** Waits until an element has that text. */
    void sees(String selector, String text) {
        assertThat(locator(selector)).hasText(text);
    }

    void seesState(String text, String state) {
        assertThat(message(text).locator(".state")).containsText(state);
    }

    /** A pattern for JavaScript, which knows no quotation, and for which line ends are spaces. */
    private static Pattern exactly(String text) {
        String quoted = text.replaceAll("[.*+?^${}()|\\[\\]\\\\/]", "\\\\$0").replaceAll("\\s+", "\\\\s+");
        return Pattern.compile("^\\s*" + quoted + "\\s*$");
    }
}
