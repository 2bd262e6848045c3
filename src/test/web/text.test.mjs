import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emoji, nicks, wordBefore } from '../../main/resources/web/app/completion.mjs';
import { images, parts } from '../../main/resources/web/app/text.mjs';

const links = text => parts(text).filter(part => part.kind === 'link').map(part => part.text);

test('addresses are links without the punctuation after them', () => {
  assert.deepEqual(links('see https://a.example/b?c=d#e, and (http://x.example/y_(z)).'), [
    'https://a.example/b?c=d#e',
    'http://x.example/y_(z)',
  ]);
});

test('only http and https are links', () => {
  assert.deepEqual(links('javascript:alert(1) data:text/html,x file:///etc ftp://x https://'), []);
});

test('an address ends before a sign that changes the direction of text', () => {
  assert.deepEqual(links('https://a.example/\u202egpj.exe'), ['https://a.example/']);
});

test('code is neither link nor text', () => {
  assert.deepEqual(parts('a `https://x.example` b ```js\nlet x;\n``` c').map(part => part.kind), ['text', 'code', 'text', 'block', 'text']);
});

test('nothing of a text is lost', () => {
  const text = '<script>alert(1)</script> `x` https://a.example. ``` `';
  assert.equal(parts(text).map(part => (part.kind === 'code' ? '`' + part.text + '`' : part.text)).join(''), text);
});

test('words are completed', () => {
  assert.deepEqual(wordBefore('hi an', 5), { start: 3, word: 'an' });
  assert.equal(nicks('an', true, ['ann', 'bob'])[0].text, 'ann: ');
  assert.equal(nicks('@an', false, ['ann', 'bob'])[0].text, 'ann ');
  assert.equal(emoji(':tea')[0].text, '🍵 ');
  assert.deepEqual(emoji('x:tea'), []);
});

test('images are offered only for files that the policy lets through', () => {
  const here = 'http://chat.example:8080';
  assert.deepEqual(images('https://a.example/x.PNG?y https://a.example/x.png.html http://a.example/x.png', here), ['https://a.example/x.PNG?y']);
  assert.deepEqual(images(`${here}/files/1.webp ${here}/files/1.webp \`https://a.example/x.gif\``, here), [`${here}/files/1.webp`]);
  assert.deepEqual(images('https://a.example/x.svg https://a.example/?f=x.png', here), []);
});
