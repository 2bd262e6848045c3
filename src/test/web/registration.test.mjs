import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../main/resources/web/app/irc.mjs';
import { Registration, deviceName } from '../../main/resources/web/app/registration.mjs';

const TOKEN = { token: 'id.secret', number: 3 };

/** A registration that talks to the test: `said` is what it sends, `ended` how it ends. */
function begin(secret, keep, nick = 'ann') {
  const said = [];
  const ended = [];
  const registration = new Registration({ send: line => said.push(line) }, { nick, account: 'ann' }, secret, {
    done: state => ended.push(['done', state.nick]),
    refused: (key, why) => ended.push([key, why]),
    keep,
  });
  registration.begin();
  const hear = line => registration.take(parse(line));
  const offer = mechanisms => {
    hear(`:s CAP * LS :sasl=${mechanisms} standard-replies`);
    hear(':s CAP ann ACK :sasl standard-replies');
  };
  return { said, ended, hear, offer };
}

const turn = () => new Promise(resolve => setImmediate(resolve));

test('a token logs in, and no other is asked for', async () => {
  const { said, ended, hear, offer } = begin(TOKEN, () => assert.fail());
  offer('PLAIN,SCRAM-SHA-256,OAUTHBEARER');
  assert.equal(said.at(-1), 'AUTHENTICATE OAUTHBEARER');
  hear('AUTHENTICATE +');
  await turn();
  assert.equal(atob(said.at(-1).slice(13)), 'n,a=ann,\x01auth=Bearer id.secret\x01\x01');
  hear(':s 903 ann :done');
  assert.equal(said.at(-1), 'CAP END');
  hear(':s 001 ann :Welcome');
  assert.deepEqual(ended, [['done', 'ann']]);
});

test('who is called something else logs in to the account', async () => {
  const { said, hear, offer } = begin(TOKEN, undefined, 'annie');
  offer('OAUTHBEARER');
  assert.ok(said.includes('NICK annie'));
  hear('AUTHENTICATE +');
  await turn();
  assert.equal(atob(said.at(-1).slice(13)), 'n,a=ann,\x01auth=Bearer id.secret\x01\x01');
});

for (const [status, key] of [['invalid_token', 'loggedOut'], ['temporarily_unavailable', 'loginLater']]) {
  test(`a token that is ${status} ends in ${key}`, async () => {
    const { said, ended, hear, offer } = begin(TOKEN);
    offer('OAUTHBEARER');
    hear('AUTHENTICATE +');
    await turn();
    hear('AUTHENTICATE ' + btoa(JSON.stringify({ status })));
    await turn();
    assert.equal(said.at(-1), 'AUTHENTICATE AQ==');
    hear(':s 904 ann :no');
    assert.deepEqual(ended, [[key, 'no']]);
  });
}

test('without tokens at the server, the kept one is of no use', () => {
  const { ended, offer } = begin(TOKEN);
  offer('PLAIN,SCRAM-SHA-256');
  assert.deepEqual(ended, [['loggedOut', undefined]]);
});

test('who stays logged in has a token before they enter', () => {
  const kept = [];
  const { said, hear, offer } = begin({ password: 'x' }, token => kept.push(token));
  offer('SCRAM-SHA-256,OAUTHBEARER');
  hear(':s 903 ann :done');
  assert.match(said.at(-1), /^DEVICES TOKEN :/);
  hear(':s NOTE DEVICES TOKEN_CREATED 3 id.secret :This device can log in');
  assert.deepEqual(kept, [TOKEN]);
  assert.equal(said.at(-1), 'CAP END');
});

test('a server that makes no token lets in all the same', () => {
  const { said, hear, offer } = begin({ password: 'x' }, () => assert.fail());
  offer('SCRAM-SHA-256');
  hear(':s 903 ann :done');
  hear(':s FAIL DEVICES DISABLED :no');
  assert.equal(said.at(-1), 'CAP END');
});

test('a device is named by browser and system', () => {
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
  assert.equal(deviceName({ userAgent: firefox }), 'Firefox (Linux)');
  const edge = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/128.0 Safari/537.36 Edg/128.0';
  assert.equal(deviceName({ userAgent: edge }), 'Edge (Windows)');
  assert.equal(deviceName({ userAgent: 'x' }), 'Browser');
});
