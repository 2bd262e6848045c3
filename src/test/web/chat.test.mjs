import assert from 'node:assert/strict';
import { test } from 'node:test';

const sockets = [];

/** A server that the test plays. */
class FakeSocket extends EventTarget {
  static OPEN = 1;
  readyState = 1;
  said = [];

  constructor() {
    super();
    sockets.push(this);
    queueMicrotask(() => this.onopen?.());
  }

  send(line) {
    this.said.push(line);
  }

  hear(...lines) {
    for (const line of lines) this.onmessage?.({ data: line });
  }

  close() {
    this.readyState = 3;
    this.onclose?.({});
  }
}

Object.assign(globalThis, {
  WebSocket: FakeSocket,
  addEventListener() {},
  document: { addEventListener() {} },
});
const { Chat } = await import('../../main/resources/web/app/chat.mjs');

const turn = () => new Promise(resolve => setImmediate(resolve));
const bearer = socket => socket.said.filter(line => line.startsWith('AUTHENTICATE ')).map(line => atob(line.slice(13))).at(-1);

async function logIn(socket, nick) {
  socket.hear(':s CAP * LS :sasl=OAUTHBEARER', ':s CAP * ACK :sasl', 'AUTHENTICATE +');
  await turn();
  socket.hear(`:s 900 ${nick} ${nick}!a@b ann :You are now logged in as ann`, `:s 903 ${nick} :done`, `:s 001 ${nick} :Welcome`);
}

test('after another nick, a lost connection is followed by a login to the same account', async () => {
  const chat = new Chat('ws://x', { changed() {}, live() {}, notice() {} });
  chat.enter('ann', { token: 'id.secret', number: 1 });
  await turn();
  const [first] = sockets;
  await logIn(first, 'ann');
  first.hear(':ann!a@b NICK annie');
  assert.equal(chat.nick, 'annie');
  first.close();
  chat.connection.wake();
  await turn();
  const second = sockets.at(-1);
  assert.notEqual(second, first);
  assert.ok(second.said.includes('NICK annie'));
  await logIn(second, 'annie');
  assert.match(bearer(second), /^n,a=ann,/);
  assert.equal(chat.status, 'in');
  chat.leave();
});

test('a name that this browser still holds is asked for again', async () => {
  const chat = new Chat('ws://x', { changed() {}, live() {}, notice() {} });
  chat.enter('ann', undefined, { isBack: true });
  await turn();
  const first = sockets.at(-1);
  first.hear(':s CAP * LS :sasl=OAUTHBEARER', ':s 433 * ann :Nickname is already in use');
  assert.equal(chat.status, 'connecting');
  assert.equal(chat.problem, undefined);
  chat.connection.wake();
  await turn();
  const second = sockets.at(-1);
  assert.notEqual(second, first);
  second.hear(':s 001 ann :Welcome');
  assert.equal(chat.status, 'in');
  chat.leave();
});

test('a name that somebody else holds is refused at once', async () => {
  const chat = new Chat('ws://x', { changed() {}, live() {}, notice() {} });
  chat.enter('ann');
  await turn();
  sockets.at(-1).hear(':s 433 * ann :Nickname is already in use');
  assert.equal(chat.status, 'out');
  assert.equal(chat.problem.key, 'nameTaken');
});
