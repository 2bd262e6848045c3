// The messages of one room, in order, each once. Pure.

/**
 * Whether an item comes after another. Within a millisecond the ids of the server decide, whose numbers have no leading
 * zeros, so that the longer one is later; what only this page knows has none.
 */
export function isLater(item, other) {
  if (item.time !== other.time || !item.id || !other.id) return item.time > other.time;
  return item.id.length === other.id.length ? item.id > other.id : item.id.length > other.id.length;
}

/**
 * What is known of a room's past. An item is `{ kind, id, time, nick, account, text, … }`; `kind` is one of message, action,
 * notice, topic, moves (joins and parts), info. `gap` is set on an item before which messages are missing: `open` if
 * they can be fetched, `lost` if they cannot.
 */
export class Log {
  /** In the server's order. */
  items = [];
  /** Whether there may be messages before the first. */
  more = true;
  /** Grows with each change. */
  version = 0;
  #byId = new Map();

  get(id) {
    return id ? this.#byId.get(id) : undefined;
  }

  /** Adds an item; returns the one that is there already, if it is. */
  add(item) {
    const known = this.get(item.id);
    if (known) return known;
    let place = this.items.length;
    while (place > 0 && isLater(this.items[place - 1], item)) place--;
    this.items.splice(place, 0, item);
    if (item.id) this.#byId.set(item.id, item);
    this.touch(item);
    return item;
  }

  /** Adds many, the earliest first, as fast as one if they are earlier than all others. */
  addAll(items) {
    const fresh = items.filter(item => !this.get(item.id));
    const early = this.items.length > 0 && fresh.length > 0 && isLater(this.items[0], fresh.at(-1));
    if (early) {
      this.items.unshift(...fresh);
      fresh.forEach(item => {
        if (item.id) this.#byId.set(item.id, item);
        this.touch(item);
      });
    } else {
      fresh.forEach(item => this.add(item));
    }
    return fresh;
  }

  /** Notes that an item looks different now. */
  touch(item) {
    item.version = ++this.version;
  }

  before(item) {
    return this.items[this.items.indexOf(item) - 1];
  }

  after(item) {
    return this.items[this.items.indexOf(item) + 1];
  }

  /** The id of the last stored message, from which the rest can be fetched. */
  get lastId() {
    return this.items.findLast(item => item.id && item.kind !== 'info')?.id;
  }

  /**
   * Adds messages from somewhere in the past, and marks where messages may be missing beside them.
   */
  addIsland(items) {
    if (items.length === 0) return;
    const [first, last] = [items[0], items.at(-1)];
    const [knewFirst, knewLast] = [this.get(first.id), this.get(last.id)];
    this.addAll(items);
    if (!knewFirst && this.before(this.get(first.id))) this.mark(this.get(first.id), 'open');
    const next = knewLast ? undefined : this.after(this.get(last.id));
    if (next && !next.gap) this.mark(next, 'open');
  }

  mark(item, gap) {
    item.gap = gap;
    this.touch(item);
  }

  clear() {
    this.items = [];
    this.#byId.clear();
    this.more = true;
    this.version++;
  }
}
