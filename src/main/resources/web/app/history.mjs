// What was said before: catching up, scrolling back, gaps, jumps (IRCv3 draft/chathistory).

import { isChannel } from './irc.mjs';
import { itemOf, replay } from './lines.mjs';
import { isLater } from './log.mjs';

const PAGE = 100;
const FIRST_PAGE = 50;

/** How many pages of a gap are fetched without being asked. */
const PAGES = 5;

const MONTH = 30 * 24 * 3_600_000;
const MOST_CONVERSATIONS = 20;

/** Asks for history, and puts it into the rooms. */
export class History {
  #chat;
  /** The items before which messages are being fetched. */
  #filling = new Set();

  constructor(chat) {
    this.#chat = chat;
  }

  async #ask(verb, room, ...references) {
    const reply = await this.#chat.connection.request('CHATHISTORY', [verb, room.name, ...references.map(String)]);
    const lines = (reply.items ?? []).filter(line => line.tags.msgid || line.command !== 'NOTICE');
    return { lines, isPartial: 'teahouse/gap' in reply.tags };
  }

  /** Fetches what was said since the connection was lost; the first time, the latest messages. */
  async catchUp(room) {
    if (room.fetching) return;
    room.fetching = true;
    try {
      if (room.resumeAfter) await this.#missed(room);
      else await this.#latest(room);
      room.ready = true;
    } catch (refusal) {
      if (refusal.command !== 'LOST') room.ready = true;
    } finally {
      room.fetching = false;
    }
    room.count(this.#chat.nick);
    this.#chat.outbox.pump();
    this.#chat.changed();
  }

  async #latest(room, gap = false) {
    const { lines } = await this.#ask('LATEST', room, '*', FIRST_PAGE);
    const items = this.#put(room, lines);
    if (gap && items.length) room.log.mark(items[0], 'lost');
    else if (!gap) room.log.more = lines.length >= FIRST_PAGE;
  }

  async #missed(room) {
    const from = room.resumeAfter;
    let found;
    try {
      found = await this.#ask('LATEST', room, 'msgid=' + from, PAGE);
    } catch (refusal) {
      if (refusal.command === 'LOST') throw refusal;
      await this.#latest(room, true); // the server no longer knows that message
      return;
    }
    const items = this.#put(room, found.lines);
    room.resumeAfter = undefined;
    const first = items[0];
    if (!first) return;
    if (found.isPartial) room.log.mark(first, 'lost');
    else if (found.lines.length >= PAGE) {
      room.log.mark(first, 'open');
      for (let i = 0; i < PAGES && first.gap === 'open'; i++) await this.fill(room, first);
    }
  }

  /** Fetches a page of what is missing before an item, unless that is being done. */
  async fill(room, item) {
    if (this.#filling.has(item)) return;
    this.#filling.add(item);
    try {
      const before = room.log.items.slice(0, room.log.items.indexOf(item)).findLast(each => each.id);
      const known = before ? 'msgid=' + before.id : 'timestamp=1970-01-01T00:00:00.000Z';
      const { lines, isPartial } = await this.#ask('BETWEEN', room, known, 'msgid=' + item.id, PAGE);
      this.#put(room, lines);
      if (lines.length < PAGE) room.log.mark(item, isPartial ? 'lost' : undefined);
    } finally {
      this.#filling.delete(item);
    }
    this.#chat.changed();
  }

  /** Fetches a page of what is before everything that is known. */
  async earlier(room) {
    const first = room.log.items.find(item => item.id);
    if (room.fetching || !room.log.more || !first || !room.joined) return;
    room.fetching = true;
    try {
      const { lines } = await this.#ask('BEFORE', room, 'msgid=' + first.id, PAGE);
      this.#put(room, lines);
      room.log.more = lines.length >= PAGE;
    } catch {
      // asked again by the next scroll
    } finally {
      room.fetching = false;
    }
    this.#chat.changed();
  }

  /** Fetches what surrounds a message or a time; returns the item to show, if there is one. */
  async around(room, { id, time }) {
    const known = room.log.get(id);
    if (known) return known;
    const reference = id ? 'msgid=' + id : 'timestamp=' + new Date(time).toISOString();
    const { lines } = await this.#ask('AROUND', room, reference, PAGE);
    const { items, others } = this.#items(room, lines);
    const first = room.log.items[0];
    const isEarliest = items.length && first && isLater(first, items[0]);
    room.log.addIsland(items);
    this.#afterwards(room, items, others);
    if (isEarliest) room.log.more = true;
    this.#chat.changed();
    return id ? room.log.get(id) : room.log.items.find(item => item.time >= time) ?? room.log.items.at(-1);
  }

  /** Opens the conversations of late, and fetches what was missed in those that are open. */
  async conversations() {
    const now = Date.now();
    const bounds = [now + 60_000, now - MONTH].map(time => 'timestamp=' + new Date(time).toISOString());
    try {
      const reply = await this.#chat.connection.request('CHATHISTORY', ['TARGETS', ...bounds, String(MOST_CONVERSATIONS)]);
      const names = reply.items.map(line => line.params[1]).filter(name => !isChannel(name));
      const open = [...this.#chat.rooms.values()].filter(room => room.isConversation);
      for (const room of new Set([...open, ...names.map(name => this.#chat.open(name))])) {
        this.#chat.connection.send('MARKREAD ' + room.name);
        await this.catchUp(room);
      }
    } catch {
      // without history there is nothing to open
    }
  }

  /** Looks for messages; returns `{ room, item }`, the latest first. */
  async search(text, room) {
    const escape = value => value.replace(/[;\s\\]/g, c => ({ ';': '\\:', ' ': '\\s' })[c] ?? '\\\\');
    const where = room ? ';in=' + room.name : '';
    const reply = await this.#chat.connection.request('SEARCH', [`text=${escape(text)}${where};limit=50`]);
    const batch = reply.batch === 'labeled-response' ? reply.items.find(each => each.batch) : reply;
    return (batch?.items ?? [])
      .map(line => ({ name: this.#roomOf(line), item: itemOf(this.#chat, line) }))
      .filter(found => found.item)
      .reverse();
  }

  #roomOf(line) {
    const target = line.params[0];
    return isChannel(target) || line.nick === this.#chat.nick ? target : line.nick;
  }

  #items(room, lines) {
    const items = [];
    const others = [];
    for (const line of lines) {
      const item = itemOf(this.#chat, line);
      if (item) items.push(item);
      else others.push(line);
    }
    return { items, others };
  }

  #put(room, lines) {
    const { items, others } = this.#items(room, lines);
    room.log.addAll(items);
    this.#afterwards(room, items, others);
    return items.map(item => room.log.get(item.id) ?? item);
  }

  #afterwards(room, items, others) {
    for (const item of items) {
      if (item.clientId && item.own) this.#chat.outbox.remove(item.clientId);
      room.settle(item);
    }
    others.forEach(line => replay(room, line));
  }
}
