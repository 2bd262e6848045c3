// Draws the pictures of the README: node src/test/web/screenshots.mjs http://127.0.0.1:8080 doc/pictures
// The server should be a new one, with its other doors at 25555 and 6667. Needs nc, irssi, tmux, fonts-wqy-zenhei, and the driver in target/browser (./check).

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [address, folder] = process.argv.slice(2);
const { chromium } = createRequire(new URL('../../../target/browser/', import.meta.url))('playwright-core');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' });

async function enter(name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 960, height: 560 }, locale: 'en-GB', ...options });
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('input[name=nick]').fill(name);
  await page.locator('#login button.primary').click();
  await page.locator('#members li').first().waitFor({ state: 'attached' });
  return page;
}

async function say(page, text) {
  await page.locator('#field').fill(text);
  await page.locator('#field').press('Enter');
  await page.locator('.message .text', { hasText: text.split('\n')[0] }).first().waitFor();
}

const picture = (page, name) => page.screenshot({ path: join(folder, name + '.png'), animations: 'disabled' });

const ann = await enter('ann');
const bob = await enter('bob', { colorScheme: 'dark' });
const phone = await enter('mei', { viewport: { width: 360, height: 640 }, locale: 'zh-CN' });
await say(bob, 'Good morning! The kettle is on.');
await say(ann, 'What is there today?');
await say(bob, 'Oolong, and a new white one: https://example.org/white-tea');
await say(phone, '我想喝乌龙茶，谢谢！');
await say(ann, 'bob: the white one, please.\nAnd one for later.');
await ann.locator('.message', { hasText: 'Good morning' }).hover();
await ann.locator('.toolbar button').nth(1).click();
await ann.locator('.toolbar button', { hasText: '❤' }).click();
await ann.locator('.reactions button').waitFor();
await ann.locator('#field').hover();
await bob.locator('.message', { hasText: 'And one for later' }).waitFor();
await picture(ann, 'page-light');
await picture(bob, 'page-dark');
await picture(phone, 'page-phone-chinese');

// One room by three doors: the page, nc, and irssi.

const home = mkdtempSync(join(tmpdir(), 'teahouse-pictures-'));
const tmux = (...args) => execFileSync('tmux', ['-S', join(home, 'tmux'), '-f', '/dev/null', '-u', ...args], { encoding: 'utf8', env: { ...process.env, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8' } });
const open = (name, width, height, command) => tmux('new-session', '-d', '-s', name, '-x', width, '-y', height, command);
const type = (name, line) => {
  tmux('send-keys', '-t', name, '-l', line);
  tmux('send-keys', '-t', name, 'Enter');
};

/** Waits, at most 20 s, until a terminal has shown a text. */
async function shows(name, text) {
  const screen = () => tmux('capture-pane', '-p', '-J', '-S', '-100', '-t', name);
  for (let i = 0; !screen().includes(text); i++) {
    if (i === 200) throw new Error(`${name} does not show "${text}":\n${screen()}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

const COLOURS = ['#000', '#f66', '#7c6', '#dc6', '#69f', '#d8d', '#6cc', '#ddd'];

/** The screen of a terminal as HTML: colours, bold, and what is inverse. */
function screen(name) {
  const escaped = tmux('capture-pane', '-p', '-e', '-t', name).trimEnd().replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return escaped.replace(/\x1b\[([\d;]*)m([^\x1b]*)/g, (_, codes, text) => {
    const style = codes.split(';').map(Number).map(code => {
      if (code === 1) return 'font-weight:bold';
      if (code === 7) return 'background:#ddd;color:#111';
      if (code >= 30 && code < 38) return `color:${COLOURS[code - 30]}`;
      if (code >= 40 && code < 48) return `background:${COLOURS[code - 40]}`;
      return '';
    });
    return `<span style="${style.filter(Boolean).join(';')}">${text}</span>`;
  });
}

const lin = await enter('lin', { viewport: { width: 720, height: 520 } });
await lin.locator('#field').fill('/join #kitchen');
await lin.locator('#field').press('Enter');
await lin.locator('#head h1', { hasText: '#kitchen' }).waitFor();
open('nc', 64, 13, 'nc 127.0.0.1 25555');
await shows('nc', 'Welcome');
type('nc', 'tom');
await shows('nc', 'tom has joined');
type('nc', '/join kitchen');
await shows('nc', 'kitchen');
open('irssi', 64, 13, `irssi --home=${home} -c 127.0.0.1 -p 6667 -n cyd`);
await shows('irssi', 'End of MOTD');
type('irssi', '/join #kitchen');
await shows('irssi', '#kitchen');
await lin.locator('#list', { hasText: 'cyd' }).waitFor();
const talk = [
  ['page', 'Who is for tea?'],
  ['nc', 'I am! Oolong, please'],
  ['irssi', 'same here'],
  ['page', '三杯乌龙茶，马上来！'],
  ['nc', '/me fetches the cups'],
  ['irssi', 'that was quick'],
];
for (const [door, text] of talk) {
  if (door === 'page') await say(lin, text);
  else type(door, text);
  await lin.locator('.message .text', { hasText: text.replace('/me ', '') }).first().waitFor();
}
await shows('nc', 'that was quick');
await shows('irssi', 'that was quick');
const shot = (await lin.screenshot({ animations: 'disabled' })).toString('base64');
const sheet = await (await browser.newContext({ viewport: { width: 1280, height: 560 } })).newPage();
const terminal = (title, name) => `<figure><figcaption>${title}</figcaption><pre>${screen(name)}</pre></figure>`;
await sheet.setContent(`<style>
  body { margin: 0; padding: 20px; display: grid; grid-template-columns: 720px 1fr; gap: 20px; background: #e9e4da; font: 13px sans-serif; box-sizing: border-box; height: 560px }
  img { border-radius: 8px; box-shadow: 0 2px 8px #0004 }
  figure { margin: 0 0 16px; border-radius: 8px; overflow: hidden; background: #1d2021; color: #ddd; height: 252px; box-shadow: 0 2px 8px #0004 }
  figcaption { background: #3c3836; padding: 5px 12px } pre { margin: 8px 12px; font: 12.5px/1.28 monospace; overflow: hidden }
</style><img width=720 height=520 src="data:image/png;base64,${shot}"><div>${terminal('nc 127.0.0.1 25555', 'nc')}${terminal('irssi -c 127.0.0.1', 'irssi')}</div>`);
await picture(sheet, 'one-room');
tmux('kill-server');
rmSync(home, { recursive: true, force: true });
await browser.close();
