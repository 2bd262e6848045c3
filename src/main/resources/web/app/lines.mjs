// What each line from the server means for the chat.

import { fold, isChannel, plain } from './irc.mjs';

const RANK_OF = { o: '@', h: '%', v: '+' };
const ACTION = /^\x01ACTION ([^\x01]*)\x01?$/s;

/** The time of a line in milliseconds (IRCv3 server-time). */
function timeOf(line) {
  return Date.parse(line.tags.time ?? '') || Date.now();
}

/** A message or topic as an item of a room's log; undefined if the line is something else. */
export function itemOf(chat, line) {
  const { command, tags, nick, params } = line;
  if (command === 'TOPIC') {
    return { kind: 'topic', id: tags.msgid, time: timeOf(line), nick, text: plain(params[1]) };
  } else if (command !== 'PRIVMSG' && command !== 'NOTICE') {
    return undefined;
  }
  const action = ACTION.exec(params[1]);
  if (!action && params[1].startsWith('\x01')) return undefined;
  return {
    kind: action ? 'action' : command === 'NOTICE' ? 'notice' : 'message',
    id: tags.msgid,
    clientId: tags['+teahouse/id'],
    time: timeOf(line),
    nick,
    account: tags.account ?? '',
    own: fold(nick) === fold(chat.nick),
    text: plain(action ? action[1] : params[1]),
    reply: tags['+draft/reply'] ?? tags['+reply'],
  };
}

/** Applies a line of history that is no message: a reaction, a deletion. */
export function replay(room, line) {
  if (line.command === 'TAGMSG') reaction(room, line);
  else if (line.command === 'REDACT') room.redact(line.params[1], line.nick, line.params[2]);
}

function reaction(room, line) {
  const { tags, nick } = line;
  const to = tags['+draft/reply'] ?? tags['+reply'];
  if (to && tags['+draft/react']) room.react(to, nick, tags['+draft/react'], true);
  if (to && tags['+draft/unreact']) room.react(to, nick, tags['+draft/unreact'], false);
}

/** The room that a line with a target belongs to: a channel, or the other user of a conversation. */
function placeOf(chat, line) {
  const target = line.params[0].replace(/^[@%+](?=#)/, '');
  if (isChannel(target)) return chat.room(target);
  const isOwn = fold(line.nick) === fold(chat.nick);
  return chat.open(isOwn ? target : line.nick);
}

function isMe(chat, nick) {
  return fold(nick) === fold(chat.nick);
}

/** What happens to a user happens in all rooms that they are in. */
function eachRoomOf(chat, nick, action) {
  for (const room of chat.rooms.values()) if (room.member(nick)) action(room);
}

function said(chat, line) {
  if (line.command === 'NOTICE' && !line.source.includes('!')) {
    const room = isChannel(line.params[0]) ? chat.room(line.params[0]) : chat.current;
    if (chat.status === 'in') room?.log.add({ kind: 'info', time: timeOf(line), nick: '', text: plain(line.params[1]) });
    return;
  }
  const item = itemOf(chat, line);
  const room = item && placeOf(chat, line);
  if (!room) return;
  if (room.isConversation && !room.ready && !room.fetching) {
    room.joined = true;
    room.readAt ??= item.time - 1;
    chat.history.catchUp(room);
  }
  chat.received(room, item, true);
}

function numeric(chat, line) {
  // refusals of requests go to whoever asked; the others have nobody to read them
  if (!line.tags.label && /^[45]\d\d$/.test(line.command) && line.command !== '422') {
    chat.listeners.notice('refused', { why: line.params.at(-1) });
  }
}

const HANDLERS = {
  PRIVMSG: said,
  NOTICE: said,

  TAGMSG(chat, line) {
    const isOwn = isMe(chat, line.nick);
    const target = line.params[0];
    const room = isChannel(target) ? chat.room(target) : chat.room(isOwn ? target : line.nick);
    if (!room) return;
    reaction(room, line);
    if (line.tags['+typing'] && !isOwn) {
      room.types(line.nick, line.tags['+typing'], Date.now());
      setTimeout(() => chat.changed(), 6_100);
    }
  },

  REDACT(chat, line) {
    const target = line.params[0];
    const room = isChannel(target) ? chat.room(target) : chat.room(isMe(chat, line.nick) ? target : line.nick);
    room?.redact(line.params[1], line.nick, line.params[2]);
    room?.count(chat.nick);
  },

  JOIN(chat, line) {
    const [name, account] = line.params;
    if (isMe(chat, line.nick)) {
      const room = chat.open(name);
      room.name = name;
      room.joined = true;
      room.wanted = true;
      room.refusal = undefined;
      room.members.clear();
      room.readAt ??= timeOf(line);
      if (chat.lastShown === room.key || !chat.active) chat.show(room.key);
      chat.saveRooms();
      chat.history.catchUp(room);
      chat.connection.send(`WHO ${name} %tnfa,1`);
      return;
    }
    const room = chat.room(name);
    if (!room) return;
    room.enter(line.nick, '', { account: account === '*' ? '' : account });
    room.move(timeOf(line), { nick: line.nick, how: 'joined' });
  },

  PART(chat, line) {
    const room = chat.room(line.params[0]);
    if (!room) return;
    if (isMe(chat, line.nick)) {
      room.joined = false;
      room.wanted = false;
      chat.close(room);
      return;
    }
    if (room.leave(line.nick)) room.move(timeOf(line), { nick: line.nick, how: 'left', why: plain(line.params[1] ?? '') });
  },

  QUIT(chat, line) {
    eachRoomOf(chat, line.nick, room => {
      room.leave(line.nick);
      room.move(timeOf(line), { nick: line.nick, how: 'left', why: plain(line.params[0] ?? '') });
    });
  },

  KICK(chat, line) {
    const [name, nick, why] = line.params;
    const room = chat.room(name);
    if (!room) return;
    room.leave(nick);
    room.move(timeOf(line), { nick, how: 'kicked', by: line.nick, why: plain(why ?? '') });
    if (isMe(chat, nick)) {
      room.joined = false;
      room.ready = false;
      room.wanted = false;
      room.members.clear();
      chat.saveRooms();
    }
  },

  NICK(chat, line) {
    const to = line.params[0];
    eachRoomOf(chat, line.nick, room => {
      room.rename(line.nick, to);
      room.move(timeOf(line), { nick: line.nick, how: 'renamed', to });
    });
    const conversation = chat.room(line.nick);
    if (isMe(chat, line.nick)) chat.nick = to;
    else if (conversation && !chat.room(to)) chat.renameRoom(conversation, to);
  },

  TOPIC(chat, line) {
    const room = chat.room(line.params[0]);
    if (!room) return;
    room.topic = plain(line.params[1]);
    chat.received(room, itemOf(chat, line), true);
  },

  MODE(chat, line) {
    const [name, letters = '', ...values] = line.params;
    const room = isChannel(name) ? chat.room(name) : undefined;
    if (!room) return;
    let set = true;
    const rest = [...values];
    for (const letter of letters) {
      if (letter === '+' || letter === '-') set = letter === '+';
      else if (RANK_OF[letter]) room.rank(rest.shift() ?? '', RANK_OF[letter], set);
      else if ('Ibek'.includes(letter) || (letter === 'l' && set)) rest.shift();
    }
    room.move(timeOf(line), { nick: line.nick, how: 'mode', to: [letters, ...values].join(' ') });
  },

  AWAY(chat, line) {
    eachRoomOf(chat, line.nick, room => {
      room.member(line.nick).away = line.params.length > 0;
    });
  },

  ACCOUNT(chat, line) {
    const account = line.params[0] === '*' ? '' : line.params[0];
    if (isMe(chat, line.nick)) chat.account = account;
    eachRoomOf(chat, line.nick, room => {
      room.member(line.nick).account = account;
    });
  },

  RENAME(chat, line) {
    const room = chat.room(line.params[0]);
    if (!room) return;
    chat.renameRoom(room, line.params[1]);
    room.log.add({ kind: 'info', time: timeOf(line), nick: '', text: `${line.params[0]} → ${line.params[1]}` });
  },

  INVITE(chat, line) {
    if (isMe(chat, line.params[0])) chat.listeners.notice('invited', { nick: line.nick, room: line.params[1] });
  },

  MARKREAD(chat, line) {
    const [target, mark] = line.params;
    const room = chat.room(target);
    const time = Date.parse(mark?.replace('timestamp=', '') ?? '');
    if (room && time && room.read(time)) room.count(chat.nick);
  },

  '005'(chat, line) {
    for (const token of line.params.slice(1, -1)) {
      const equals = token.indexOf('=');
      chat.tokens[equals < 0 ? token : token.slice(0, equals)] = equals < 0 ? '' : token.slice(equals + 1);
    }
  },

  331(chat, line) {
    const room = chat.room(line.params[1]);
    if (room) room.topic = '';
  },

  332(chat, line) {
    const room = chat.room(line.params[1]);
    if (room) room.topic = plain(line.params[2]);
  },

  353(chat, line) {
    const room = chat.room(line.params[2]);
    for (const name of line.params[3].split(' ')) {
      const [, ranks, nick] = /^([@%+]*)(.*)$/.exec(name);
      if (nick) room?.enter(nick, ranks);
    }
  },

  354(chat, line) {
    const [, , nick, flags, account] = line.params;
    eachRoomOf(chat, nick, room => {
      Object.assign(room.member(nick), { away: flags.startsWith('G'), account: account === '0' ? '' : account });
    });
  },

  900(chat, line) {
    chat.account = line.params[2];
  },

  901(chat) {
    chat.account = '';
  },
};

/** Applies a line to the chat. Lines that it does not know change nothing. */
export function handle(chat, line) {
  (HANDLERS[line.command] ?? numeric)(chat, line);
}
