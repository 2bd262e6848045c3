// What a line that begins with a slash does.

import { isChannel } from './irc.mjs';

const channel = name => (isChannel(name) ? name : '#' + name);

/** Each returns what went wrong as `{ key, … }`, or nothing. `rest` is all that follows the name. */
const COMMANDS = {
  me: { usage: '/me text', run: (chat, room, rest) => chat.say(room, rest, {}, true) },
  join: { usage: '/join #room [key]', run: (chat, room, rest) => enter(chat, ...rest.split(' ')) },
  part: { usage: '/part', optional: true, run: (chat, room) => chat.part(room) },
  nick: { usage: '/nick name', run: (chat, room, rest) => chat.ask('NICK', rest.split(' ')[0]) },
  topic: { usage: '/topic text', run: (chat, room, rest) => chat.ask('TOPIC', room.name, rest) },
  away: { usage: '/away [text]', optional: true, run: (chat, room, rest) => chat.ask('AWAY', ...(rest ? [rest] : [])) },
  msg: {
    usage: '/msg name text',
    run(chat, room, rest) {
      const [to, ...words] = rest.split(' ');
      const other = chat.open(to);
      chat.show(other.key);
      if (words.length) chat.say(other, words.join(' '));
    },
  },
  kick: {
    usage: '/kick name [reason]',
    run(chat, room, rest) {
      const [nick, ...why] = rest.split(' ');
      chat.ask('KICK', room.name, nick, ...(why.length ? [why.join(' ')] : []));
    },
  },
  invite: { usage: '/invite name', run: (chat, room, rest) => chat.ask('INVITE', rest.split(' ')[0], room.name) },
  mode: { usage: '/mode modes', run: (chat, room, rest) => chat.ask('MODE', room.name, ...rest.split(' ')) },
  quit: { usage: '/quit', optional: true, run: chat => chat.leave() },
};

/** Joins a room and shows it. */
export async function enter(chat, name, key) {
  await chat.join(channel(name), key).then(
    () => chat.room(channel(name)) && chat.show(chat.room(channel(name)).key),
    refusal => chat.listeners.notice('refused', { why: refusal.params.at(-1) ?? '' }),
  );
}

/**
 * Does what a text says: sends it, or runs it as a command. Returns what is wrong as `{ key, … }`; undefined: nothing, and
 * the text is done with.
 */
export function run(chat, room, text, tags) {
  const match = /^\/([a-z]+)(?:\s+([\s\S]*))?$/i.exec(text);
  if (!match || text.startsWith('//')) {
    const said = text.startsWith('//') ? text.slice(1) : text;
    const refusal = chat.outbox.refusal(said);
    if (!refusal) chat.say(room, said, tags);
    return refusal;
  }
  const [, name, rest = ''] = match;
  const command = COMMANDS[name.toLowerCase()];
  if (!command) return { key: 'commandUnknown', name };
  if (!rest.trim() && !command.optional) return { key: 'commandUsage', usage: command.usage };
  command.run(chat, room, rest.trim());
  return undefined;
}
