// The chat as one user sees it: rooms, what happens in them, and what the user does.

import { Connection } from './connection.mjs';
import { History } from './history.mjs';
import { fold, format, isChannel } from './irc.mjs';
import { keep, kept } from './tokens.mjs';
import { handle } from './lines.mjs';
import { Outbox } from './outbox.mjs';
import { Registration, deviceName, tokenOf } from './registration.mjs';
import { Room, isSaid } from './room.mjs';
import { recall, recallHere, remember, rememberHere } from './storage.mjs';
import { Uploads } from './uploads.mjs';

const FIRST_ROOM = '#lobby';
const TYPING_EVERY = 3_000;
const MARK_AFTER = 800;
/** How long the server may take to notice that this browser's last connection has ended, in milliseconds. */
const HANDOVER = 10_000;

/** The end of the connection by another device of the user: coming back would undo it (`DEVICES END`). */
const ENDED = 'ended by another of your connections';

/**
 * The state and its changes. Listeners: `changed()` after any change, `live(room, item)` for each new message of others,
 * `notice(key, values)` for what the user should read now.
 *
 * `status` is out, connecting, in, or lost.
 */
export class Chat {
  status = 'out';
  /** When the next attempt is made, in milliseconds; 0: now. */
  retryAt = 0;
  problem = undefined;
  nick = '';
  account = '';
  capabilities = new Map();
  rooms = new Map();
  active = undefined;
  tokens = {};
  listeners;
  connection;
  outbox;
  history;
  /** The name of the only room; undefined: there may be others. */
  only = undefined;
  uploads = new Uploads(() => this.uploadToken());
  /** Runs when the user has left. */
  left = () => {};
  #registration;
  #secret;
  #isKept = false;
  #entered = false;
  #handoverUntil = 0;
  #typed = 0;
  #marks = new Map();
  #markTimer = 0;

  constructor(url, listeners) {
    this.listeners = listeners;
    this.connection = new Connection(url, {
      opened: () => this.#opened(),
      item: item => this.#take(item),
      closed: retryAt => this.#closed(retryAt),
    });
    this.outbox = new Outbox(this.connection, target => this.#mayReach(target), () => this.changed());
    this.history = new History(this);
  }

  changed() {
    this.listeners.changed();
  }

  // Coming and going

  /**
   * @param secret of the account: a token, or as Scram takes it; undefined: a guest
   * @param isKept whether the user wants to stay logged in
   * @param account its name, which may not be what the user is called
   * @param isBack whether this browser had the name until now, in another tab or before the page was loaded again: the server may not have
   *   noticed yet that it is free
   */
  enter(name, secret, { isKept = Boolean(secret?.token), account = name, isBack = false } = {}) {
    this.nick = name;
    this.account = secret ? account : '';
    this.#secret = secret;
    this.#isKept = isKept;
    this.#handoverUntil = isBack ? Date.now() + HANDOVER : 0;
    this.status = 'connecting';
    this.problem = undefined;
    this.connection.open();
    this.changed();
  }

  leave() {
    this.#forget();
    this.connection.close('QUIT');
  }

  /** Leaves, and logs this device out. */
  async logOut() {
    const account = this.account || this.nick;
    const { number } = kept(account) ?? {};
    if (number) await this.connection.request('DEVICES', ['REVOKE', String(number)]).catch(() => {});
    keep(account, null);
    this.leave();
  }

  #forget() {
    this.#entered = false;
    this.#secret = undefined;
    this.status = 'out';
    this.rooms.clear();
    this.active = undefined;
    this.account = '';
    rememberHere('here', null);
    this.left();
    this.changed();
  }

  /** Gives the connection up, for another tab. */
  yieldToAnotherTab() {
    this.#entered = false;
    this.status = 'elsewhere';
    this.connection.close('QUIT');
    this.changed();
  }

  /** The password of the account is another one now, and there are no tokens any more; the next login uses it. */
  async secretIs(secret) {
    this.#secret = secret;
    rememberHere('here', { name: this.nick, account: this.account });
    if (!this.#isKept) return;
    keep(this.account, null);
    const reply = await this.connection.request('DEVICES', ['TOKEN', deviceName()]).catch(() => undefined);
    if (reply) this.#keep(tokenOf(reply));
  }

  /** A token for one upload. */
  async uploadToken() {
    if (this.#secret?.token) return this.#secret.token;
    if (!this.account) throw { key: 'uploadLogin' };
    const reply = await this.connection.request('DEVICES', ['UPLOAD']).catch(refusal => {
      throw { key: 'refused', why: refusal.params.at(-1) ?? '' };
    });
    return reply.params[2];
  }

  /** From now on, this device logs in by a token. */
  #keep(token) {
    this.#secret = token;
    keep(this.account || this.nick, token);
  }

  #opened() {
    this.#registration = new Registration(
      this.connection,
      { nick: this.nick, account: this.account || this.nick },
      this.#secret,
      {
        done: state => this.#welcomed(state),
        refused: (key, why) => this.#refused(key, why),
        keep: this.#isKept ? token => this.#keep(token) : undefined,
      },
    );
    this.#registration.begin();
  }

  #refused(key, why) {
    if (key === 'nameTaken' && Date.now() < this.#handoverUntil) {
      this.connection.retryLater();
      this.problem = undefined;
      return;
    }
    const isOver = key === 'passwordChanged' || key === 'loggedOut';
    this.problem = { key, why };
    if (key === 'loggedOut') keep(this.account || this.nick, null);
    if ((this.#entered && !isOver) || key === 'loginLater') {
      this.connection.retryLater(); // the server has not noticed yet that the last connection is lost, or is busy
    } else {
      this.#forget();
      this.connection.close('QUIT');
    }
  }

  #welcomed({ nick, capabilities }) {
    this.connection.settled();
    if (!this.#secret?.token) this.#secret = this.#registration.secret;
    this.#registration = undefined;
    this.nick = nick;
    this.capabilities = capabilities;
    this.status = 'in';
    this.problem = undefined;
    const limits = Object.fromEntries((capabilities.get('draft/multiline') ?? '').split(',').map(each => each.split('=')));
    this.outbox.limits = { bytes: Number(limits['max-bytes'] ?? 0), lines: Number(limits['max-lines'] ?? 0) };
    const again = this.#entered;
    this.#entered = true;
    remember('name', nick);
    rememberHere('here', { name: nick, account: this.account });
    this.outbox.load(nick);
    const names = again
      ? [...this.rooms.values()].filter(room => !room.isConversation && room.wanted).map(room => room.name)
      : this.only ? [this.only] : recall('rooms.' + fold(nick), [FIRST_ROOM]);
    for (const name of names) this.join(name).catch(() => {});
    for (const room of this.rooms.values()) if (room.isConversation) room.joined = true;
    this.history.conversations();
    this.changed();
  }

  #closed(retryAt) {
    this.#registration = undefined;
    this.retryAt = retryAt;
    if (this.#entered) this.status = 'lost';
    else if (retryAt) this.problem ??= { key: 'unreachable' };
    for (const room of this.rooms.values()) {
      if (room.ready) room.resumeAfter = room.log.lastId;
      room.joined = false;
      room.ready = false;
      room.members.clear();
    }
    this.outbox.lost();
    this.changed();
  }

  #take(item) {
    if (item.batch) {
      item.items.forEach(each => this.#take(each));
    } else if (item.command === 'PING') {
      this.connection.send(format('PONG', item.params));
    } else if (item.command === 'ERROR' && item.params[0]?.endsWith(ENDED)) {
      this.problem = { key: 'ended' };
      this.#forget();
      this.connection.close();
    } else if (!this.#registration?.take(item)) {
      handle(this, item);
    }
    this.changed();
  }

  // Rooms

  room(name) {
    return this.rooms.get(fold(name));
  }

  /** The room of that name, which is added if need be. */
  open(name) {
    const known = this.room(name);
    if (known) return known;
    const room = new Room(name);
    room.readAt = recall('read.' + fold(this.nick), {})[room.key];
    room.draft = recall('draft.' + room.key, '');
    this.rooms.set(room.key, room);
    if (room.isConversation) room.joined = this.status === 'in';
    this.active ??= room.key;
    return room;
  }

  get current() {
    return this.rooms.get(this.active);
  }

  show(key) {
    if (!this.rooms.has(key)) return;
    this.active = key;
    this.current.newFrom = this.current.readAt;
    rememberHere('active', key);
    if (this.current.isConversation && !this.current.ready) this.history.catchUp(this.current);
    this.changed();
  }

  /** Renames a room in place. */
  renameRoom(room, to) {
    this.rooms.delete(room.key);
    const wasActive = this.active === room.key;
    room.name = to;
    this.rooms.set(room.key, room);
    if (wasActive) this.active = room.key;
    this.saveRooms();
  }

  saveRooms() {
    if (this.only) return;
    const names = [...this.rooms.values()].filter(room => !room.isConversation && room.wanted).map(room => room.name);
    remember('rooms.' + fold(this.nick), names);
  }

  join(name, key = '') {
    return this.connection.request('JOIN', key ? [name, key] : [name]).catch(refusal => {
      const room = this.room(name);
      if (room && refusal.command !== 'LOST') room.refusal = refusal.params.at(-1);
      throw refusal;
    });
  }

  async part(room) {
    room.wanted = false;
    if (!room.isConversation && room.joined) await this.connection.request('PART', [room.name]).catch(() => {});
    this.close(room);
  }

  /** Takes a room off the list. */
  close(room) {
    this.rooms.delete(room.key);
    remember('draft.' + room.key, null);
    if (this.active === room.key) this.active = this.rooms.keys().next().value;
    this.saveRooms();
    this.changed();
  }

  // Messages

  #mayReach(target) {
    const room = this.room(target);
    return this.status === 'in' && (isChannel(target) ? Boolean(room?.joined && room.ready) : true);
  }

  say(room, text, tags = {}, action = false) {
    this.outbox.add(this.nick, room.name, text, tags, action);
    this.#typed = 0;
    this.changed();
  }

  /** A message that came, live or from history. Returns the item that shows it. */
  received(room, item, isLive) {
    if (item.clientId && item.own) this.outbox.remove(item.clientId);
    const known = room.log.get(item.id);
    if (known) return known;
    const added = room.log.add(item);
    room.settle(added);
    if (isLive && isSaid(item)) {
      room.types(item.nick, 'done');
      room.count(this.nick);
      if (!item.own) this.listeners.live(room, item);
    }
    return added;
  }

  react(room, item, emoji) {
    const mine = item.reactions?.get(emoji)?.has(fold(this.nick));
    const tags = { [mine ? '+draft/unreact' : '+draft/react']: emoji, '+draft/reply': item.id, '+draft/persist': '' };
    this.#ask('TAGMSG', [room.name], tags);
  }

  redact(room, item) {
    this.#ask('REDACT', [room.name, item.id]);
  }

  /** Asks for something, and shows why it was refused. */
  ask(command, ...params) {
    return this.#ask(command, params);
  }

  async #ask(command, params, tags) {
    try {
      return await this.connection.request(command, params, tags);
    } catch (refusal) {
      this.listeners.notice(refusal.command === 'LOST' ? 'notConnected' : 'refused', { why: refusal.params.at(-1) });
      return undefined;
    }
  }

  /** Tells the others that the user is writing, or has stopped. */
  types(room, isWriting) {
    const now = Date.now();
    if (this.status !== 'in' || !room.joined || (isWriting ? now - this.#typed < TYPING_EVERY : !this.#typed)) return;
    this.#typed = isWriting ? now : 0;
    this.connection.send(format('TAGMSG', [room.name], { '+typing': isWriting ? 'active' : 'done' }));
  }

  draft(room, text) {
    room.draft = text;
    remember('draft.' + room.key, text || null);
  }

  // Reading

  /** Everything in a room has been seen. */
  markRead(room) {
    const last = room.log.items.findLast(isSaid);
    if (!last || !room.read(last.time)) return;
    room.count(this.nick);
    this.#marks.set(room.name, last.time);
    clearTimeout(this.#markTimer);
    this.#markTimer = setTimeout(() => this.#sendMarks(), MARK_AFTER);
    this.changed();
  }

  #sendMarks() {
    const key = 'read.' + fold(this.nick);
    const stored = recall(key, {});
    for (const [name, time] of this.#marks) {
      stored[fold(name)] = time;
      this.connection.send(`MARKREAD ${name} timestamp=${new Date(time).toISOString()}`);
    }
    this.#marks.clear();
    remember(key, stored);
  }

  get unread() {
    return [...this.rooms.values()].reduce((sum, room) => sum + room.unread, 0);
  }

  get mentions() {
    return [...this.rooms.values()].reduce((sum, room) => sum + room.mentions, 0);
  }

  /** The room that this tab has shown last. */
  get lastShown() {
    return this.only ? fold(this.only) : recallHere('active', undefined);
  }
}
