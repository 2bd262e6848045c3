import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Batches } from '../../main/resources/web/app/batches.mjs';
import { hinted, wait } from '../../main/resources/web/app/connection.mjs';
import { format, parse, pieces, plain, size } from '../../main/resources/web/app/irc.mjs';
import { wire } from '../../main/resources/web/app/outbox.mjs';

test('a line is parsed into tags, source, command and parameters', () => {
  const line = parse('@time=x;+a/b=c\\:\\s\\\\\\n;empty :ann!u@h PRIVMSG #lobby :hello  there :x');
  assert.deepEqual(line.tags, { time: 'x', '+a/b': 'c; \\\n', empty: '' });
  assert.equal(line.nick, 'ann');
  assert.equal(line.command, 'PRIVMSG');
  assert.deepEqual(line.params, ['#lobby', 'hello  there :x']);
});

test('any text can be parsed', () => {
  for (const text of ['', ' ', '@', '@a', ':', ':x', '@a :x', 'PING', 'ping  a ', ':x PING :']) assert.ok(parse(text).params);
  assert.deepEqual(parse(':x PING :').params, ['']);
});

test('a formatted line is parsed back', () => {
  const text = format('PRIVMSG', ['#lobby', ': a;b \\'], { '+teahouse/id': 'a; b\\', label: 'l1', flag: '' });
  const line = parse(text);
  assert.deepEqual(line.tags, { '+teahouse/id': 'a; b\\', label: 'l1', flag: '' });
  assert.deepEqual(line.params, ['#lobby', ': a;b \\']);
});

test('no text can add a line', () => {
  assert.ok(!/[\r\n]/.test(format('PRIVMSG', ['#a', 'x\r\nQUIT'], { a: '\r\n' })));
});

test('a long text is cut between characters, and nothing is lost', () => {
  const text = '好'.repeat(200) + ' word'.repeat(100) + '😀'.repeat(100);
  const all = pieces(text, 300);
  assert.equal(all.join(''), text);
  assert.ok(all.every(piece => size(piece) <= 300));
});

test('codes of colours are removed', () => {
  assert.equal(plain('\x02bold\x0f \x0304,12red\x03 \x1ditalic'), 'bold red italic');
});

test('a message of several lines is one batch with one id', () => {
  const lines = wire({ id: '12345678-9', target: '#a', text: 'one\n\n' + 'x'.repeat(400) }, { label: 'l' });
  assert.match(lines[0], /^@label=l BATCH \+m12345678 draft\/multiline :#a$/);
  assert.equal(lines.at(-1), 'BATCH -m12345678');
  assert.equal(lines.filter(line => line.includes('multiline-concat')).length, 1);
  assert.equal(lines.length, 6);
});

test('batches become one item, also inside each other', () => {
  const got = [];
  const batches = new Batches(item => got.push(item));
  for (const text of [
    '@label=l1 :s BATCH +1 chathistory #a',
    '@batch=1;msgid=x :ann!u@h BATCH +2 draft/multiline #a',
    '@batch=2 :ann!u@h PRIVMSG #a :one',
    '@batch=2 :ann!u@h PRIVMSG #a :two',
    '@batch=2;draft/multiline-concat :ann!u@h PRIVMSG #a :three',
    ':ann!u@h BATCH -2',
    '@batch=1;msgid=y :bob!u@h PRIVMSG #a :four',
    ':s BATCH -1',
    ':s PING x',
  ]) {
    batches.take(parse(text));
  }
  assert.equal(got.length, 2);
  assert.equal(got[0].batch, 'chathistory');
  assert.equal(got[0].tags.label, 'l1');
  assert.deepEqual(got[0].items.map(line => [line.tags.msgid, line.params[1]]), [['x', 'one\ntwothree'], ['y', 'four']]);
});

test('waits grow, and are spread', () => {
  assert.equal(wait(0, 0), 500);
  assert.equal(wait(0, 1), 1_000);
  assert.equal(wait(3, 0), 4_000);
  assert.equal(wait(50, 1), 30_000);
  assert.equal(hinted({ code: 1012, reason: 'retry-after 3' }, 0.5), 3_500);
  assert.equal(hinted({ code: 1001, reason: 'retry-after 3' }), undefined);
  assert.equal(hinted({ code: 1012, reason: 'soon' }), undefined);
  assert.equal(hinted(), undefined);
});
