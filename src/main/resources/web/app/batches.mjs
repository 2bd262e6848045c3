// Puts lines that belong together into one (IRCv3 batch, labeled-response, draft/multiline).

const MULTILINE = 'draft/multiline';
const CONCAT = 'draft/multiline-concat';

/**
 * Collects batches. Each line that is complete goes to `deliver`; a batch is `{ batch: type, params, tags, items }`, a
 * multiline message is a line whose text has several lines.
 */
export class Batches {
  #open = new Map();
  #deliver;

  constructor(deliver) {
    this.#deliver = deliver;
  }

  /** Forgets what is open: its end will not come. */
  clear() {
    this.#open.clear();
  }

  take(line) {
    if (line.command !== 'BATCH') {
      this.#pass(line);
      return;
    }
    const id = line.params[0]?.slice(1);
    if (line.params[0]?.startsWith('+')) {
      const { tags, source, nick } = line;
      this.#open.set(id, { batch: line.params[1], params: line.params.slice(2), tags, source, nick, items: [] });
    } else if (this.#open.has(id)) {
      const batch = this.#open.get(id);
      this.#open.delete(id);
      this.#pass(batch.batch === MULTILINE && batch.items.length ? joined(batch) : batch);
    }
  }

  #pass(item) {
    const outer = this.#open.get(item.tags.batch);
    if (outer) outer.items.push(item);
    else this.#deliver(item);
  }
}

function joined(batch) {
  const { tags, source, nick, items } = batch;
  const text = items.reduce(
    (all, line, i) => all + (i === 0 || CONCAT in line.tags ? '' : '\n') + line.params[1],
    '',
  );
  return { tags, source, nick, command: items[0].command, params: [batch.params[0], text] };
}
