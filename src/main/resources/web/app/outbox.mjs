// Messages on their way: pending, sent, failed. They survive a reload of the page.

import { fold, format, pieces, size } from './irc.mjs';
import { recall, remember } from './storage.mjs';

const AT_ONCE = 8;
const PATIENCE = 10_000;

/** The server recognizes a repeat for ten minutes (teahouse.rooms.repeat-window). */
const REPEATABLE = 9 * 60_000;

/** Bytes of text that fit into a line beside the longest sender and target. */
const PIECE = 300;

/**
 * The messages that this user has sent and that have no receipt yet. An entry is `{ id, from, target, text, tags, written,
 * first, state, reason }`; `state` is pending or failed. `id` is the client id: the same at each attempt, so that the
 * room shows the message once.
 */
export class Outbox {
  #entries = [];
  #connection;
  #isReady;
  #changed;
  #underWay = new Map();
  limits = { bytes: 0, lines: 0 };

  /** @param isReady whether messages to a target may be sent now */
  constructor(connection, isReady, changed) {
    this.#connection = connection;
    this.#isReady = isReady;
    this.#changed = changed;
  }

  /** Takes up what this user has left behind. */
  load(from) {
    const known = new Set(this.#entries.map(each => each.id));
    const stored = recall('outbox', []).filter(each => fold(each.from) === fold(from) && !known.has(each.id));
    this.#entries.push(...stored);
    this.#save();
  }

  to(key) {
    return this.#entries.filter(each => fold(each.target) === key);
  }

  get size() {
    return this.#entries.length;
  }

  /** Why a text cannot be sent: `{ key, … }` of the words; undefined: it can. */
  refusal(text) {
    const lines = wireLines(text);
    if (lines.length === 1) return undefined;
    const { bytes, lines: most } = this.limits;
    const length = size(text);
    if (length > bytes) return { key: 'tooLong', size: length, most: bytes };
    return lines.length > most ? { key: 'tooManyLines', size: lines.length, most } : undefined;
  }

  add(from, target, text, tags = {}, action = false) {
    const id = crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint32Array(4))).join('-');
    this.#entries.push({ id, from, target, text, tags, action, written: Date.now(), first: 0, state: 'pending' });
    this.#save();
    this.pump();
  }

  /** Sends a failed message again, under its id. */
  repeat(id) {
    const entry = this.#entries.find(each => each.id === id);
    if (!entry) return;
    entry.state = 'pending';
    entry.again = true;
    this.#save();
    this.pump();
  }

  /** Forgets a message: its receipt has come, or the user has given it up. */
  remove(id) {
    clearTimeout(this.#underWay.get(id));
    this.#underWay.delete(id);
    const before = this.#entries.length;
    this.#entries = this.#entries.filter(each => each.id !== id);
    if (this.#entries.length !== before) this.#save(id);
    this.pump();
  }

  has(id) {
    return this.#entries.some(each => each.id === id);
  }

  /** The connection is lost: what was under way waits for the next one. */
  lost() {
    this.#underWay.forEach(timer => clearTimeout(timer));
    this.#underWay.clear();
    this.#changed();
  }

  /** Sends what may be sent, in order, a few at a time. */
  pump() {
    for (const entry of this.#entries) {
      if (this.#underWay.size >= AT_ONCE) break;
      if (entry.state !== 'pending' || this.#underWay.has(entry.id) || !this.#isReady(entry.target)) continue;
      if (entry.first && !entry.again && Date.now() - entry.first > REPEATABLE) {
        this.#fail(entry, 'old');
        continue;
      }
      this.#send(entry);
    }
  }

  #send(entry) {
    entry.first ||= Date.now();
    this.#save();
    this.#underWay.set(entry.id, setTimeout(() => this.#fail(entry, 'noReceipt'), PATIENCE));
    this.#connection
      .requestAll(label => wire(entry, { ...entry.tags, '+teahouse/id': entry.id, label }))
      .then(
        () => this.remove(entry.id),
        refusal => refusal.command === 'LOST' || this.#fail(entry, 'refused', refusal.params.at(-1)),
      );
  }

  #fail(entry, reason, why = '') {
    clearTimeout(this.#underWay.get(entry.id));
    this.#underWay.delete(entry.id);
    Object.assign(entry, { state: 'failed', reason, why });
    this.#save();
    this.pump();
  }

  /** Another tab may have messages of its own here: only the entries of this one are changed. */
  #save(removed) {
    const mine = new Set(this.#entries.map(each => each.id));
    const others = recall('outbox', []).filter(each => !mine.has(each.id) && each.id !== removed);
    remember('outbox', [...others, ...this.#entries]);
    this.#changed();
  }
}

/** The lines of a text, cut to the size of the wire: `{ text, goesOn }`. */
function wireLines(text) {
  return text
    .split('\n')
    .flatMap(line => pieces(line, PIECE).map((piece, i) => ({ text: piece, goesOn: i > 0 })));
}

/** A message as lines: one, or a batch (IRCv3 draft/multiline). */
export function wire(entry, tags) {
  const { target, text } = entry;
  if (entry.action) return [format('PRIVMSG', [target, `\x01ACTION ${text}\x01`], tags)];
  const lines = wireLines(text);
  if (lines.length === 1) return [format('PRIVMSG', [target, text], tags)];
  const batch = 'm' + entry.id.slice(0, 8);
  return [
    format('BATCH', ['+' + batch, 'draft/multiline', target], tags),
    ...lines.map(line =>
      format('PRIVMSG', [target, line.text], { batch, ...(line.goesOn ? { 'draft/multiline-concat': '' } : {}) }),
    ),
    'BATCH -' + batch,
  ];
}
