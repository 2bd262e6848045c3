// A WebSocket that speaks IRC and comes back by itself.

import { format, parse } from './irc.mjs';
import { Batches } from './batches.mjs';

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
const QUIET = 60_000;
const ANSWER = 15_000;
const SOON = 5_000;
const REQUEST = 30_000;
const RESTART = 1012; // a code of WebSocket's Close frames

/** How long to wait before attempt `n`, in milliseconds: twice as long each time, the second half of it at random. */
export function wait(n, random = Math.random()) {
  const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** n);
  return longest / 2 + (longest / 2) * random;
}

/**
 * How long to wait, in milliseconds, if the server has closed the connection with a hint: the seconds it names, and a part of another one, so that
 * not everybody comes at once.
 */
export function hinted({ code, reason } = {}, random = Math.random()) {
  const seconds = code === RESTART && /^retry-after (\d{1,3})$/.exec(reason)?.[1];
  return seconds ? (Number(seconds) + random) * 1_000 : undefined;
}

/**
 * The connection. Handlers: `opened()`, `item(lineOrBatch)`, `closed(retryAt)`. It tries again for ever, in `wait(n)`,
 * and at once when the network is back or somebody looks at the page.
 */
export class Connection {
  #url;
  #handlers;
  #socket = null;
  #batches = new Batches(item => this.#deliver(item));
  #requests = new Map();
  #nextLabel = 1;
  #attempts = 0;
  #retry = 0;
  #heard = 0;
  #watch = 0;
  #wanted = false;

  constructor(url, handlers) {
    this.#url = url;
    this.#handlers = handlers;
    addEventListener('online', () => this.wake());
    addEventListener('offline', () => this.wake());
    document.addEventListener('visibilitychange', () => document.hidden || this.wake());
    document.addEventListener('resume', () => this.wake());
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  open() {
    this.#wanted = true;
    this.#attempts = 0;
    if (!this.#socket) this.#connect();
  }

  /** Ends the connection for good. */
  close(line) {
    this.#wanted = false;
    clearTimeout(this.#retry);
    if (this.isOpen && line) this.send(line);
    this.#drop();
  }

  /** The server has accepted this client: a later failure begins with short waits. */
  settled() {
    this.#attempts = 0;
  }

  /** Connects at once if it waits, otherwise finds out soon whether the connection still works. */
  wake() {
    if (!this.#wanted) return;
    if (!this.#socket) this.#connect();
    else if (this.isOpen) this.#probe(SOON);
  }

  /** Ends the connection; the next attempt is made after the usual wait. */
  retryLater() {
    this.#drop();
  }

  send(line) {
    if (this.isOpen) this.#socket.send(line);
  }

  /**
   * Sends a line, and returns the reply: a line, or a batch. Rejects with that line if it is FAIL or the number of an
   * error, and with `{ command: 'LOST' }` if none comes.
   */
  request(command, params, tags = {}) {
    return this.requestAll(label => [format(command, params, { ...tags, label })]);
  }

  /** The same for several lines with one reply. */
  requestAll(lines) {
    return new Promise((resolve, reject) => {
      if (!this.isOpen) {
        reject({ command: 'LOST', params: [] });
        return;
      }
      const label = 'l' + this.#nextLabel++;
      const timer = setTimeout(() => this.#settle(label, { command: 'LOST', params: [], tags: {} }), REQUEST);
      this.#requests.set(label, { resolve, reject, timer });
      lines(label).forEach(line => this.send(line));
    });
  }

  #connect() {
    clearTimeout(this.#retry);
    this.#retry = 0;
    const socket = new WebSocket(this.#url, ['text.ircv3.net']);
    this.#socket = socket;
    socket.onopen = () => {
      this.#hear();
      this.#handlers.opened();
    };
    socket.onmessage = event => {
      if (socket !== this.#socket) return;
      this.#hear();
      this.#batches.take(parse(event.data));
    };
    socket.onclose = event => socket === this.#socket && this.#drop(hinted(event));
    this.#heard = Date.now();
    this.#watch = setTimeout(() => this.#check(), ANSWER);
  }

  #hear() {
    this.#heard = Date.now();
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#check(), QUIET);
  }

  #check() {
    if (this.isOpen) this.#probe(ANSWER);
    else this.#drop();
  }

  /** A connection that brings nothing although it was asked is dead, whatever the browser says. */
  #probe(patience) {
    this.send('PING :here');
    const before = this.#heard;
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#heard === before && this.#drop(), patience);
  }

  #drop(hint) {
    const socket = this.#socket;
    this.#socket = null;
    clearTimeout(this.#watch);
    this.#batches.clear();
    socket?.close();
    for (const label of [...this.#requests.keys()]) this.#settle(label, { command: 'LOST', params: [], tags: {} });
    if (this.#wanted && !this.#retry) {
      const delay = hint ?? wait(this.#attempts++);
      this.#retry = setTimeout(() => this.#connect(), delay);
      this.#handlers.closed(Date.now() + delay);
    } else if (!this.#wanted) {
      this.#handlers.closed(0);
    }
  }

  #deliver(item) {
    const label = item.tags.label;
    // the parts of a reply in several lines happen as if nobody had asked
    if (item.batch === 'labeled-response') {
      const first = item.items.find(isFailure);
      item.items.forEach(each => this.#handlers.item(each));
      this.#settle(label, first ?? item);
    } else if (label && this.#requests.has(label)) {
      if (!item.batch) this.#handlers.item(item);
      this.#settle(label, item);
    } else {
      this.#handlers.item(item);
    }
  }

  #settle(label, reply) {
    const request = this.#requests.get(label);
    if (!request) return;
    this.#requests.delete(label);
    clearTimeout(request.timer);
    if (isFailure(reply)) request.reject(reply);
    else request.resolve(reply);
  }
}

/** Whether a line refuses something (IRCv3 standard-replies; RFC 2812 §5.2). */
export function isFailure(item) {
  return item.command === 'FAIL' || item.command === 'LOST' || /^[45]\d\d$/.test(item.command ?? '');
}
