import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { choose } from '../../main/resources/web/app/i18n.mjs';
import en from '../../main/resources/web/app/words/en.mjs';
import zh from '../../main/resources/web/app/words/zh.mjs';

const folder = new URL('../../main/resources/web/app/', import.meta.url);
const sources = readdirSync(folder).filter(name => name.endsWith('.mjs')).map(name => readFileSync(new URL(name, folder), 'utf8'));
const forms = entry => (typeof entry === 'string' ? [entry] : Object.values(entry));
const values = entry => [...new Set(forms(entry).flatMap(form => [...form.matchAll(/\{(\w+)\}/g)].map(match => match[1])))].sort();

test('every text is there in both languages, with the same values', () => {
  assert.deepEqual(Object.keys(zh).sort(), Object.keys(en).sort());
  for (const key of Object.keys(en)) {
    assert.deepEqual(values(zh[key]), values(en[key]), key);
    assert.ok(forms(zh[key]).every(form => form.trim()), key);
  }
});

test('every text that the page asks for is there', () => {
  for (const source of sources) {
    for (const [, key] of source.matchAll(/\bt\('(\w+)'/g)) assert.ok(key in en || key === 'theme', key);
    for (const [, key] of source.matchAll(/\bkey: '(\w+)'/g)) assert.ok(key in en, key);
    for (const [, key] of source.matchAll(/\bnotice\('(\w+)'/g)) assert.ok(key in en, key);
  }
});

test('every text is used', () => {
  const all = sources.join('\n');
  for (const key of Object.keys(en)) assert.ok(all.includes(`'${key}'`) || key.startsWith('theme'), key);
});

test('the Chinese texts contain Chinese', () => {
  for (const [key, entry] of Object.entries(zh)) assert.ok(forms(entry).every(form => /\p{Script=Han}/u.test(form)), key);
});

test('the first language of the browser that there is counts', () => {
  assert.equal(choose(['de-CH', 'zh-TW', 'en']), 'zh');
  assert.equal(choose(['fr']), 'en');
});
