// A room or a conversation, as this client knows it. Pure.

import { fold, isChannel } from './irc.mjs';
import { Log } from './log.mjs';

const TYPING = 6_000;
const RANKS = '@%+';

/** Its members, what was said, and how far it has been read. */
export class Room {
  log = new Log();
  /** Nick, ranks (`@%+`), away and account of each member by key. */
  members = new Map();
  joined = false;
  /** Whether what was missed has been fetched: only then may pending messages be sent again. */
  ready = false;
  topic = '';
  /** Up to where it has been read, in milliseconds; undefined: unknown. */
  readAt = undefined;
  /** Where the line "new" stands. */
  newFrom = undefined;
  unread = 0;
  mentions = 0;
  /** The last message that was known when the connection was lost. */
  resumeAfter = undefined;
  fetching = false;
  #typing = new Map();
  /** Reactions to messages that are not known yet. */
  #early = new Map();

  constructor(name) {
    this.name = name;
  }

  get key() {
    return fold(this.name);
  }

  get isConversation() {
    return !isChannel(this.name);
  }

  // Members

  member(nick) {
    return this.members.get(fold(nick));
  }

  enter(nick, ranks = '', more = {}) {
    const known = this.member(nick);
    this.members.set(fold(nick), { away: false, account: '', ...known, nick, ranks, ...more });
  }

  leave(nick) {
    this.#typing.delete(fold(nick));
    return this.members.delete(fold(nick));
  }

  rename(from, to) {
    const member = this.member(from);
    if (!member) return false;
    this.leave(from);
    this.members.set(fold(to), { ...member, nick: to });
    return true;
  }

  /** Adds or takes a rank, such as `@`. */
  rank(nick, sign, has) {
    const member = this.member(nick);
    if (!member) return;
    member.ranks = [...RANKS].filter(each => (each === sign ? has : member.ranks.includes(each))).join('');
  }

  /** The highest first, then by name. */
  get sorted() {
    const place = member => (member.ranks ? RANKS.indexOf(member.ranks[0]) : RANKS.length);
    return [...this.members.values()].sort((a, b) => place(a) - place(b) || a.nick.localeCompare(b.nick));
  }

  // Reading

  /** Counts what is unread. */
  count(me) {
    this.unread = 0;
    this.mentions = 0;
    const { items } = this.log;
    for (let i = items.length - 1; i >= 0 && items[i].time > (this.readAt ?? Infinity); i--) {
      const item = items[i];
      if (!isSaid(item) || item.own || item.redacted) continue;
      this.unread++;
      if (this.isConversation || mentions(item.text, me)) this.mentions++;
    }
  }

  /** Moves the mark forwards. */
  read(time) {
    if (this.readAt !== undefined && time <= this.readAt) return false;
    this.readAt = time;
    return true;
  }

  // Typing

  types(nick, state, now) {
    if (state === 'active') this.#typing.set(fold(nick), { nick, until: now + TYPING });
    else this.#typing.delete(fold(nick));
  }

  typing(now) {
    return [...this.#typing.values()].filter(each => each.until > now).map(each => each.nick);
  }

  // Reactions

  react(id, nick, emoji, has) {
    const item = this.log.get(id);
    if (!item) {
      if (has) this.#early.set(id, [...(this.#early.get(id) ?? []), [nick, emoji]]);
      return;
    }
    item.reactions ??= new Map();
    const who = item.reactions.get(emoji) ?? new Map();
    if (has) who.set(fold(nick), nick);
    else who.delete(fold(nick));
    if (who.size) item.reactions.set(emoji, who);
    else item.reactions.delete(emoji);
    this.log.touch(item);
  }

  /** Applies the reactions to an item that came before it. */
  settle(item) {
    const early = this.#early.get(item.id) ?? [];
    this.#early.delete(item.id);
    early.forEach(([nick, emoji]) => this.react(item.id, nick, emoji, true));
  }

  redact(id, by, reason) {
    const item = this.log.get(id);
    if (!item) return;
    item.redacted = { by, reason };
    item.text = '';
    item.reactions = undefined;
    this.log.touch(item);
  }

  /** Adds joins, parts and the like; what follows one another becomes one line. */
  move(time, move) {
    const last = this.log.items.at(-1);
    if (last?.kind === 'moves' && last.time <= time) {
      last.moves.push(move);
      last.time = time;
      this.log.touch(last);
    } else {
      this.log.add({ kind: 'moves', time, nick: '', text: '', moves: [move] });
    }
  }
}

export function isSaid(item) {
  return item.kind === 'message' || item.kind === 'action' || item.kind === 'notice';
}

/** Whether a text contains a nick as a word of its own. */
export function mentions(text, nick) {
  if (!nick) return false;
  const inside = /[\p{L}\p{N}_]/u;
  const [where, what] = [text.toLowerCase(), nick.toLowerCase()];
  for (let at = where.indexOf(what); at >= 0; at = where.indexOf(what, at + 1)) {
    const before = where.slice(0, at).match(/.$/su)?.[0] ?? ' ';
    const after = where.slice(at + what.length).match(/^./su)?.[0] ?? ' ';
    if (!inside.test(before) && !inside.test(after)) return true;
  }
  return false;
}
