// Measures the chat page: node src/test/web/measure.mjs http://127.0.0.1:8080 25555
// The arguments are the web door and the port of the plain door of a new server with teahouse.flood.enabled = off; the driver is in
// target/browser (./check). Prints medians.

import { createRequire } from 'node:module';
import { connect } from 'node:net';

const [address, plainPort] = process.argv.slice(2);
const { chromium } = createRequire(new URL('../../../target/browser/', import.meta.url))('playwright-core');
const LOADS = 9;
const APPENDS = 100;
const PAUSE = 50;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' });
const pause = millis => new Promise(resolve => setTimeout(resolve, millis));
const median = numbers => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const print = (what, value) => console.log(what.padEnd(72), value);

// Loading

async function visitor() {
  const context = await browser.newContext({ viewport: { width: 1200, height: 700 }, locale: 'en-GB' });
  const page = await context.newPage();
  // the moment in which the names of the room have come
  await page.addInitScript(() => {
    const look = () => {
      if (document.querySelector('#members li')) globalThis.joinedAt ??= performance.now();
      else requestAnimationFrame(look);
    };
    look();
  });
  return page;
}

async function enter(page, name) {
  await page.goto(address);
  await page.locator('input[name=nick]').fill(name);
  await page.locator('#login button.primary').click();
  await page.locator('#members li').first().waitFor();
}

async function times(page) {
  await page.locator('#members li').first().waitFor();
  return page.evaluate(() => ({ paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime, joined: globalThis.joinedAt }));
}

let bytes = 0;
const first = await visitor();
first.on('requestfinished', async request => {
  const sizes = await request.sizes();
  bytes += sizes.responseBodySize + sizes.responseHeadersSize;
});
await first.goto(address);
await first.locator('input[name=nick]').waitFor();
await pause(500);
print('first load, bytes as transferred', bytes);
await first.context().close();

const loads = [];
for (let i = 0; i < LOADS; i++) {
  const page = await visitor();
  await enter(page, 'ann' + i);
  await page.reload(); // enters by itself
  loads.push(await times(page));
  await page.context().close();
}
print('first paint after the request, ms', Math.round(median(loads.map(each => each.paint))));
print('joined after the request, ms', Math.round(median(loads.map(each => each.joined))));
print('joined after the first paint, ms', Math.round(median(loads.map(each => each.joined - each.paint))));

// Appending

const cyd = connect(plainPort, '127.0.0.1').resume();
cyd.write('cyd\n');
const page = await visitor();
await enter(page, 'ann');
const devtools = await page.context().newCDPSession(page);
await devtools.send('Performance.enable', { timeDomain: 'threadTicks' }); // without the time in which other programs run

/** The processor time of the page's main thread, in seconds: all tasks; scripts, styles and layout of them. */
async function busy() {
  const { metrics } = await devtools.send('Performance.getMetrics');
  const value = name => metrics.find(metric => metric.name === name).value;
  return { all: value('TaskDuration'), own: value('ScriptDuration') + value('RecalcStyleDuration') + value('LayoutDuration') };
}

let lines = 0;
async function until(count) {
  while (lines < count) {
    let burst = '';
    for (let i = 0; i < 100 && lines < count; i++) burst += `line ${lines++}\n`;
    cyd.write(burst);
    await page.locator('.message .text', { hasText: new RegExp(`^line ${lines - 1}$`) }).waitFor();
  }
}

async function append(count) {
  await until(count);
  await pause(2_000);
  const from = await busy();
  for (let i = 0; i < APPENDS; i++) {
    cyd.write(`line ${lines++}\n`);
    await pause(PAUSE);
  }
  const to = await busy();
  await page.locator('.message .text', { hasText: new RegExp(`^line ${lines - 1}$`) }).waitFor();
  const each = name => ((1_000 * (to[name] - from[name])) / APPENDS).toFixed(1);
  print(`a line after ${count}, ms of the main thread: scripts, styles, layout`, each('own'));
  print(`a line after ${count}, ms of the main thread: everything, painting too`, each('all'));
}

await append(1_000);
await append(10_000);
print('elements of messages then', await page.locator('.message').count());
cyd.destroy();
await browser.close();
