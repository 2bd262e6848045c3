import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Scram, chunks } from '../../main/resources/web/app/scram.mjs';

test('a login goes as RFC 7677 §3 shows it', async () => {
  const scram = new Scram('user', { password: 'pencil' }, 'rOprNGfwEbeRWgbNEkqO');
  assert.equal(scram.first(), 'n,,n=user,r=rOprNGfwEbeRWgbNEkqO');
  const final = await scram.final('r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096');
  assert.equal(
    final,
    'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
  );
  assert.ok(scram.isGenuine('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4='));
  assert.ok(!scram.isGenuine('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G5='));
});

test('a server that does not repeat the nonce, or asks for too few rounds, gets no proof', async () => {
  const scram = new Scram('user', { password: 'pencil' }, 'abc');
  await assert.rejects(scram.final('r=xyz,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096'));
  await assert.rejects(scram.final('r=abcd,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1'));
});

test('the key of an earlier login is enough for the next', async () => {
  const challenge = 'r=abcd,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096';
  const first = new Scram('user', { password: 'pencil' }, 'abc');
  const proof = await first.final(challenge);
  assert.equal(first.secret.password, undefined);
  assert.equal(await new Scram('user', first.secret, 'abc').final(challenge), proof);
  await assert.rejects(new Scram('user', first.secret, 'abc').final('r=abcd,s=AAAA,i=4096'));
});

test('long messages are cut at 400 characters', () => {
  assert.deepEqual(chunks('x'.repeat(300)).map(chunk => chunk.length), [400, 1]);
  assert.deepEqual(chunks(''), ['+']);
});
