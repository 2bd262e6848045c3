// Lines of IRC: parsing, formatting, names. Pure.

const ESCAPES = { ':': ';', s: ' ', '\\': '\\', r: '\r', n: '\n' };

/** Parses a line (modern.ircdocs.horse, "Message Format"; IRCv3 message-tags). Total: any text has a result. */
export function parse(text) {
  let rest = text.replace(/[\r\n]+$/, '');
  const tags = {};
  if (rest.startsWith('@')) {
    const end = rest.indexOf(' ');
    const part = end < 0 ? rest.slice(1) : rest.slice(1, end);
    rest = end < 0 ? '' : rest.slice(end).trimStart();
    for (const tag of part.split(';')) {
      const equals = tag.indexOf('=');
      const key = equals < 0 ? tag : tag.slice(0, equals);
      if (key) tags[key] = equals < 0 ? '' : unescapeTag(tag.slice(equals + 1));
    }
  }
  let source = '';
  if (rest.startsWith(':')) {
    const end = rest.indexOf(' ');
    source = end < 0 ? rest.slice(1) : rest.slice(1, end);
    rest = end < 0 ? '' : rest.slice(end).trimStart();
  }
  const params = [];
  while (rest) {
    if (rest.startsWith(':') && params.length > 0) {
      params.push(rest.slice(1));
      break;
    }
    const end = rest.indexOf(' ');
    params.push(end < 0 ? rest : rest.slice(0, end));
    rest = end < 0 ? '' : rest.slice(end).trimStart();
  }
  const command = (params.shift() ?? '').toUpperCase();
  return { tags, source, nick: source.split(/[!@]/, 1)[0], command, params };
}

function unescapeTag(value) {
  return value.replace(/\\(.?)/gs, (all, letter) => ESCAPES[letter] ?? letter);
}

function escapeTag(value) {
  return value.replace(/[;\s\\]/g, c => ({ ';': '\\:', ' ': '\\s', '\\': '\\\\', '\r': '\\r', '\n': '\\n' })[c] ?? c);
}

/**
 * Formats a line without its end. Only the last parameter may contain spaces.
 *
 * @param tags the values of client tags by name
 */
export function format(command, params = [], tags = {}) {
  const entries = Object.entries(tags);
  const front = entries.length
    ? '@' + entries.map(([key, value]) => (value === '' ? key : key + '=' + escapeTag(value))).join(';') + ' '
    : '';
  const words = params.map((param, i) => (i === params.length - 1 ? ':' : '') + oneLine(param));
  return front + [command, ...words].join(' ');
}

function oneLine(text) {
  return String(text).replace(/[\r\n\0]/g, ' ');
}

/** The key of a nick or channel: equal for all its spellings that this server treats as one, nearly. */
export function fold(name) {
  return name.normalize('NFKC').toLowerCase();
}

export function isChannel(name) {
  return name.startsWith('#');
}

const bytes = new TextEncoder();

/** The size of a text in UTF-8. */
export function size(text) {
  return bytes.encode(text).length;
}

/** Cuts a text into pieces of at most `most` bytes, not inside a character and preferably after a space. */
export function pieces(text, most) {
  const all = [];
  let piece = '';
  let length = 0;
  for (const character of text) {
    const more = size(character);
    if (length + more > most) {
      const space = piece.lastIndexOf(' ') + 1;
      const cut = space > piece.length / 2 ? space : piece.length;
      all.push(piece.slice(0, cut));
      piece = piece.slice(cut);
      length = size(piece);
    }
    piece += character;
    length += more;
  }
  all.push(piece);
  return all;
}

/** Removes the codes of colours and styles (modern.ircdocs.horse/formatting). */
export function plain(text) {
  return text.replace(/\x03(\d{1,2}(,\d{1,2})?)?|\x04[0-9a-fA-F]{0,6}|[\x00\x02\x0f\x11\x16\x1d\x1e\x1f]/g, '');
}
