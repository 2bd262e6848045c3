import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Log } from '../../main/resources/web/app/log.mjs';
import { Room, mentions } from '../../main/resources/web/app/room.mjs';

const said = (id, time, more = {}) => ({ kind: 'message', id, time, nick: 'bob', text: id, ...more });
const ids = log => log.items.map(item => item.id).join('');

test('messages are in order, each once', () => {
  const log = new Log();
  log.addAll([said('c', 3), said('d', 4)]);
  log.addAll([said('a', 1), said('b', 2)]);
  log.add(said('c', 3));
  log.add(said('e', 4));
  assert.equal(ids(log), 'abcde');
  assert.equal(log.lastId, 'e');
});

test('messages from elsewhere in the past leave gaps beside them, unless they touch', () => {
  const log = new Log();
  log.addAll([said('h', 8), said('i', 9)]);
  log.addIsland([said('b', 2), said('c', 3)]);
  assert.equal(log.get('h').gap, 'open');
  assert.equal(log.get('b').gap, undefined);
  log.addIsland([said('e', 5), said('f', 6)]);
  assert.equal(log.get('e').gap, 'open');
  assert.equal(log.get('h').gap, 'open');
  log.addIsland([said('f', 6), said('g', 7), said('h', 8)]);
  assert.equal(log.get('f').gap, undefined);
});

test('messages of one millisecond have the order of their ids', () => {
  const log = new Log();
  log.add({ kind: 'info', time: 5, text: '-' });
  log.addAll([said('e', 5), said('f', 5)]);
  log.addIsland([said('a', 5), said('b', 5)]);
  assert.equal(log.get('e').gap, 'open');
  log.addAll([said('b', 5), said('c', 5), said('d', 5)]);
  assert.equal(ids(log), 'abcdef');
});

test('what is unread is counted from the mark', () => {
  const room = new Room('#a');
  room.read(2);
  [said('a', 1), said('b', 3), said('ann: c', 4), said('d', 5, { own: true })].forEach(item => room.log.add(item));
  room.count('ann');
  assert.deepEqual([room.unread, room.mentions], [2, 1]);
  assert.equal(room.read(1), false);
  assert.equal(room.read(5), true);
  room.count('ann');
  assert.equal(room.unread, 0);
});

test('a nick is only mentioned as a word', () => {
  assert.ok(mentions('hi Ann!', 'ann'));
  assert.ok(mentions('banner ann', 'ann'));
  assert.ok(!mentions('banner', 'ann'));
  assert.ok(!mentions('annö', 'ann'));
  assert.ok(!mentions('x', ''));
});

test('reactions that come before their message are kept for it', () => {
  const room = new Room('#a');
  room.react('x', 'ann', '👍', true);
  room.log.add(said('x', 1));
  room.settle(room.log.get('x'));
  assert.equal(room.log.get('x').reactions.get('👍').size, 1);
  room.react('x', 'ann', '👍', false);
  assert.equal(room.log.get('x').reactions.size, 0);
});

test('joins and parts that follow one another are one item', () => {
  const room = new Room('#a');
  for (let i = 0; i < 100; i++) room.move(i, { nick: 'n' + i, how: 'joined' });
  assert.equal(room.log.items.length, 1);
});

test('members are sorted by rank, then by name', () => {
  const room = new Room('#a');
  room.enter('zoe');
  room.enter('bob', '+');
  room.enter('ann', '@');
  room.rank('zoe', '@', true);
  assert.deepEqual(room.sorted.map(member => member.nick), ['ann', 'zoe', 'bob']);
});

test('10,000 lines are added fast', () => {
  const log = new Log();
  const begin = performance.now();
  for (let i = 0; i < 10_000; i++) log.add(said('m' + i, i));
  assert.ok(performance.now() - begin < 500);
});

test('numbers in ids grow longer', () => {
  const log = new Log();
  const ids = ['x-y', 'x-z', 'x-10', 'x-11', 'x-zz', 'x-100'];
  ids.forEach((id, i) => log.add({ kind: 'message', id, time: 1_000 + (i >> 1), text: id }));
  assert.deepEqual(log.items.map(item => item.id), ids);
  const same = new Log();
  ids.toReversed().forEach(id => same.add({ kind: 'message', id, time: 1_000, text: id }));
  assert.deepEqual(same.items.map(item => item.id), ids);
});
