// Draws the pictures of the README: node src/test/web/screenshots.mjs http://127.0.0.1:8080 doc/pictures
// The server should be a new one; the driver is in target/browser (./check).

import { createRequire } from 'node:module';
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
await browser.close();
