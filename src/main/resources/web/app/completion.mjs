// What a word that is being typed may become: nicks, and emoji by `:name`. Pure.

const EMOJI = {
  angry: '😠', clap: '👏', coffee: '☕', confused: '😕', cry: '😢', dizzy: '😵', eyes: '👀', fire: '🔥', flower: '🌸', frown: '🙁',
  grin: '😁', heart: '❤️', hug: '🤗', hundred: '💯', joy: '😂', kiss: '😘', laugh: '😄', moon: '🌙', muscle: '💪', ok: '👌',
  party: '🎉', pray: '🙏', question: '❓', rain: '🌧️', rocket: '🚀', shrug: '🤷', sleepy: '😴', smile: '🙂', snow: '❄️', sob: '😭',
  star: '⭐', sun: '☀️', sunglasses: '😎', sweat: '😅', tada: '🎉', tea: '🍵', think: '🤔', thumbsdown: '👎', thumbsup: '👍',
  tongue: '😛', wave: '👋', wink: '😉', yes: '✅', no: '❌',
};

const MOST = 8;

/** The emoji that are offered as reactions. */
export const REACTIONS = ['👍', '❤️', '😂', '🎉', '😢', '👀', '🙏', '🍵'];

/** The word before the cursor: where it begins, and its text. */
export function wordBefore(text, cursor) {
  const start = text.slice(0, cursor).search(/\S+$/);
  return start < 0 ? { start: cursor, word: '' } : { start, word: text.slice(start, cursor) };
}

/** Emoji whose names begin like this: `{ label, text }`. */
export function emoji(word) {
  const match = /^:([a-z]{2,})$/.exec(word);
  if (!match) return [];
  return Object.entries(EMOJI)
    .filter(([name]) => name.startsWith(match[1]))
    .slice(0, MOST)
    .map(([name, sign]) => ({ label: `${sign} :${name}:`, text: sign + ' ' }));
}

/** Nicks that begin like this. At the beginning of a line a colon follows. */
export function nicks(word, isFirst, members) {
  const start = word.replace(/^@/, '').toLowerCase();
  if (!start) return [];
  return members
    .filter(nick => nick.toLowerCase().startsWith(start))
    .slice(0, MOST)
    .map(nick => ({ label: nick, text: nick + (isFirst ? ': ' : ' ') }));
}
