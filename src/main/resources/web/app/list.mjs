// The list of messages: a window of elements over the log, so that 10,000 lines stay smooth.

import { el, put, soon } from './dom.mjs';
import { clockTime, t } from './i18n.mjs';
import { frame, render } from './line.mjs';
import { isSaid } from './room.mjs';

const WINDOW = 200;
const STEP = 100;
const LARGEST = 500;
const NEAR = 600;
const AT_END = 40;
const AGAIN = 1_000;

/**
 * Shows the log of one room at a time. Keeps the place of what is read when lines are put in front, and follows new lines when
 * it is at the end.
 */
export class MessageList {
  #chat;
  #element;
  #inner = el('div', { className: 'lines' });
  #below;
  #room;
  /** The window: from this item to that one; `#last` undefined: to the end. */
  #first;
  #last;
  #shown = new Map();
  #isFollowing = true;
  /** Where the end was when the list was last scrolled to it. */
  #end = 0;
  #unseen = 0;
  #actions;
  #current;
  #positions = new Map();
  /** At the very top no scroll event comes any more: so it is also called after what might have moved the list. */
  #check = soon(() => this.#scrolled());
  #later = 0;

  /**
   * @param element scrolls
   * @param below the button to the end
   * @param actions what can be done with a message; see line.mjs, and `menu(item, article)`
   */
  constructor(chat, element, below, actions) {
    this.#chat = chat;
    this.#element = element;
    this.#below = below;
    this.#actions = {
      ...actions,
      fill: item => chat.history.fill(this.#room, item).catch(() => {}),
      jump: id => this.jump({ id }),
    };
    element.append(this.#inner);
    element.addEventListener('scroll', this.#check, { passive: true });
    element.addEventListener('wheel', this.#check, { passive: true });
    element.addEventListener('keydown', event => this.#key(event));
    element.addEventListener('copy', event => this.#copy(event));
    this.#inner.addEventListener('click', event => this.#pick(event.target));
    this.#inner.addEventListener('focusin', event => this.#pick(event.target));
    this.#inner.addEventListener('pointerover', event => event.pointerType === 'mouse' && this.#pick(event.target));
    below.addEventListener('click', () => this.toEnd());
    const sizes = new ResizeObserver(() => this.isAtEnd && this.#scrollToEnd());
    sizes.observe(element);
    sizes.observe(this.#inner);
  }

  /** Whether the latest message can be seen. */
  get isAtEnd() {
    return this.#isFollowing && !this.#hasLeftEnd();
  }

  /** Shows a room, where it was left. */
  show(room) {
    if (room === this.#room) {
      if (room) this.#sync();
      return;
    }
    if (this.#room && !this.#isFollowing) this.#positions.set(this.#room.key, this.#place());
    else if (this.#room) this.#positions.delete(this.#room.key);
    this.#room = room;
    this.#inner.replaceChildren();
    this.#shown.clear();
    this.#current = undefined;
    this.#unseen = 0;
    const left = room && this.#positions.get(room.key);
    this.#isFollowing = !left;
    [this.#first, this.#last] = left ? this.#around(left.item) : [undefined, undefined];
    if (!room) {
      this.#below.hidden = true;
      return;
    }
    this.#sync();
    if (left) this.#restore(left);
    else this.#scrollToEnd();
  }

  toEnd() {
    this.#isFollowing = true;
    this.#end = 0;
    this.#unseen = 0;
    this.#first = undefined;
    this.#last = undefined;
    this.#sync();
    this.#scrollToEnd();
    this.#chat.changed();
  }

  /** Shows a message, from history if need be: `{ id }` or `{ time }`. */
  async jump(target) {
    const room = this.#room;
    const item = await this.#chat.history.around(room, target).catch(() => undefined);
    if (!item || room !== this.#room) return;
    this.#isFollowing = false;
    [this.#first, this.#last] = this.#around(item);
    this.#sync();
    const element = this.#shown.get(item)?.element;
    element?.scrollIntoView({ block: 'center' });
    this.#isFollowing = false;
    const article = element?.querySelector('.message');
    article?.focus({ preventScroll: true });
    element?.classList.add('found');
    setTimeout(() => element?.classList.remove('found'), 2_000);
  }

  toFirstUnread() {
    const item = this.#room.log.items.find(each => isSaid(each) && !each.own && each.time > (this.#room.newFrom ?? Infinity));
    if (item?.id) this.jump({ id: item.id });
  }

  /** A message of somebody else came into the room that is shown. */
  arrived() {
    if (!this.isAtEnd) this.#unseen++;
  }

  focus() {
    const articles = this.#inner.querySelectorAll('.message');
    (this.#current?.isConnected ? this.#current : articles[articles.length - 1])?.focus();
  }

  // The window

  #around(item) {
    const { items } = this.#room.log;
    const at = items.indexOf(item);
    const last = at + WINDOW / 2;
    return [items[Math.max(0, at - WINDOW / 2)], last < items.length ? items[last] : undefined];
  }

  /** The items that should have elements now. */
  #wanted() {
    const { items } = this.#room.log;
    const pending = this.#chat.outbox.to(this.#room.key).map(entry => pendingItem(entry, this.#chat.nick));
    let end = this.#last ? items.indexOf(this.#last) + 1 : items.length;
    if (end <= 0) end = items.length;
    let start = this.#first ? items.indexOf(this.#first) : -1;
    if (start < 0 || (this.#isFollowing && end - start > WINDOW)) start = Math.max(0, end - WINDOW);
    if (!this.#isFollowing && end - start > LARGEST) {
      end = start + LARGEST - STEP;
      this.#last = items[end - 1];
    }
    const slice = items.slice(start, end);
    this.#first = slice[0];
    return { start, slice: this.#last ? slice : [...slice, ...pending] };
  }

  #sync() {
    const room = this.#room;
    this.#isFollowing = this.isAtEnd;
    const place = this.#isFollowing ? undefined : this.#place();
    const { start, slice } = this.#wanted();
    const keys = new Set(slice.map(item => item.entry ?? item));
    // first what has left the window, so that what stays is not moved
    for (const [key, shown] of this.#shown) {
      if (keys.has(key)) continue;
      shown.element.remove();
      this.#shown.delete(key);
    }
    let before = room.log.items[start - 1];
    let next = this.#inner.firstChild;
    for (const item of slice) {
      const key = item.entry ?? item;
      const looks = frame(room, item, before);
      const signature = [item.version, looks.day, looks.fresh, looks.gap, looks.grouped, item.state].join();
      let shown = this.#shown.get(key);
      if (shown?.signature !== signature) {
        const element = render(room, item, looks, this.#chat.nick, this.#actions);
        if (shown) {
          const hadFocus = shown.element.contains(document.activeElement);
          if (next === shown.element) next = element;
          shown.element.replaceWith(element);
          if (hadFocus) element.querySelector('.message')?.focus({ preventScroll: true });
        }
        shown = { element, signature, item };
        this.#shown.set(key, shown);
      }
      shown.item = item;
      if (shown.element === next) next = next.nextSibling;
      else this.#inner.insertBefore(shown.element, next);
      before = item;
    }
    this.#inner.classList.toggle('empty', slice.length === 0);
    if (place) this.#restore(place);
    else if (this.#isFollowing) this.#scrollToEnd();
    this.#showBelow();
    if (!this.#isFollowing && this.#element.scrollTop < NEAR) this.#check();
  }

  #showBelow() {
    put(this.#below, 'hidden', this.#isFollowing);
    put(this.#below, 'textContent', this.#unseen ? t('newMessages', { n: this.#unseen }) : t('toBottom'));
  }

  // Scrolling

  /** The first element that can be seen, and how far it is from the top. */
  #place() {
    const top = this.#element.getBoundingClientRect().top;
    for (const shown of this.#inOrder()) {
      const box = shown.element.getBoundingClientRect();
      if (box.bottom > top) {
        return { item: shown.item, offset: anchor(shown).getBoundingClientRect().top - top };
      }
    }
    return undefined;
  }

  *#inOrder() {
    const byElement = new Map([...this.#shown.values()].map(shown => [shown.element, shown]));
    for (const element of this.#inner.children) if (byElement.has(element)) yield byElement.get(element);
  }

  #restore({ item, offset }) {
    const shown = this.#shown.get(item.entry ?? item);
    if (!shown) return;
    const top = this.#element.getBoundingClientRect().top;
    const moved = anchor(shown).getBoundingClientRect().top - top - offset;
    if (Math.abs(moved) >= 1) this.#element.scrollTop += moved;
  }

  #scrollToEnd() {
    this.#element.scrollTop = this.#element.scrollHeight;
    this.#end = this.#element.scrollTop;
  }

  /** Whether somebody has scrolled up from the end, which the browser tells only with the next frame. */
  #hasLeftEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.#element;
    return scrollTop < this.#end - AT_END && scrollHeight - clientHeight - scrollTop >= AT_END;
  }

  #scrolled() {
    if (!this.#room) return;
    const { scrollTop, scrollHeight, clientHeight } = this.#element;
    const { items } = this.#room.log;
    const below = scrollHeight - clientHeight - scrollTop;
    const wasFollowing = this.#isFollowing;
    this.#isFollowing = !this.#last && below < AT_END;
    if (this.#isFollowing) this.#unseen = 0;
    if (scrollTop < NEAR) this.#growUp(items);
    else if (below < NEAR && this.#last) this.#growDown(items);
    this.#showBelow();
    if (this.#isFollowing !== wasFollowing) this.#chat.changed();
  }

  #growUp(items) {
    if (this.#isFollowing && this.#element.scrollHeight > this.#element.clientHeight) return;
    const at = this.#first ? items.indexOf(this.#first) : 0;
    if (at > 0) {
      const start = Math.max(0, at - STEP);
      const end = start + WINDOW + STEP;
      this.#first = items[start];
      this.#last = end < items.length ? items[end - 1] : undefined;
      this.#sync();
    } else if (this.#room.log.more) {
      const room = this.#room;
      this.#chat.history.earlier(room).then(() => {
        if (room !== this.#room) return;
        if (room.log.items.indexOf(this.#first) > 0) this.#growUp(room.log.items);
        else if (room.log.more) this.#checkLater();
      });
    }
  }

  /** Nothing came: the connection may be lost, or another question be open. */
  #checkLater() {
    clearTimeout(this.#later);
    this.#later = setTimeout(this.#check, AGAIN);
  }

  #growDown(items) {
    const end = items.indexOf(this.#last) + 1 + STEP;
    this.#last = end < items.length ? items[end - 1] : undefined;
    this.#first = items[Math.max(0, Math.min(items.length, end) - WINDOW - STEP)];
    this.#sync();
  }

  // One message

  #pick(target) {
    const article = target.closest?.('.message');
    if (!article || article === this.#current) return;
    this.#current = article;
    for (const shown of this.#shown.values()) {
      if (shown.element.contains(article)) this.#actions.menu(shown.item, article);
    }
  }

  /** The message at an element. */
  itemAt(article) {
    return [...this.#shown.values()].find(shown => shown.element.contains(article))?.item;
  }

  #key(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || event.target.closest('button, a')) return;
    const articles = [...this.#inner.querySelectorAll('.message')];
    const at = articles.indexOf(document.activeElement);
    const next = at < 0 ? articles.at(-1) : articles[at + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }

  /** Copying several messages gives lines with time and author. */
  #copy(event) {
    const selection = getSelection();
    const items = [...this.#inOrder()].filter(shown => isSaid(shown.item) && selection.containsNode(shown.element, true));
    if (items.length < 2) return;
    const lines = items.map(({ item }) => asText(item));
    event.clipboardData.setData('text/plain', lines.join('\n'));
    event.preventDefault();
  }
}

/** What is read stays where it is: the text, because the day and the author may stand above another message now. */
function anchor({ element }) {
  return element.querySelector('.text') ?? element.lastElementChild;
}

/** A message as text: `[12:00] <ann> hello`. */
export function asText(item) {
  const said = item.kind === 'action' ? `* ${item.nick} ${item.text}` : `<${item.nick}> ${item.text}`;
  return `[${clockTime(item.time)}] ${said}`;
}

function pendingItem(entry, nick) {
  return {
    kind: entry.action ? 'action' : 'message',
    entry: entry.id,
    version: entry.id,
    time: entry.written,
    nick,
    own: true,
    text: entry.text,
    reply: entry.tags['+draft/reply'],
    state: entry.state,
    reason: entry.reason,
    why: entry.why,
  };
}
