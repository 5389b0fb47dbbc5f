// What a community panel sees: areas and wards of the latest release, on a phone and without scripts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { smallTargets, violations } from './axe.mjs';
import { DESKTOP, launchBrowser, PHONE, screenshot } from './browser.mjs';
import { address, keyFor } from './service.mjs';

let browser;
let panelKey;
before(async () => {
  browser = await launchBrowser();
  panelKey = await keyFor('panel');
});
after(() => browser.close());

async function asPanel(viewport, use) {
  const context = await browser.newContext({
    viewport, locale: 'en-GB', extraHTTPHeaders: { authorization: `Bearer ${panelKey}` },
  });
  try {
    await use(await context.newPage());
  } finally {
    await context.close();
  }
}

async function fitsWidth(page) {
  const [content, window_] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(content <= window_, `the page is ${content} px wide in a window of ${window_}`);
}

for (const [name, viewport] of [['desktop', DESKTOP], ['phone', PHONE]]) {
  test(`a panel opens the areas and reads a ward, on a ${name}`, async () => {
    await asPanel(viewport, async (page) => {
      await page.goto(address);
      assert.equal(await page.locator('h1').textContent(), 'Serious violence in public places');
      assert.match(await page.locator('main').innerText(), /were recorded in Leicester, Leicestershire and Rutland/);
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(await smallTargets(page), []);
      await fitsWidth(page);
      await screenshot(page, `panel-areas-${name}`);
      await page.locator('tbody th a').first().click();
      await page.waitForURL(/\/wards\/[^/]+\/summary/);
      assert.match(await page.locator('main').innerText(), /What the signs mean/);
      assert.deepEqual(await violations(page), []);
      await fitsWidth(page);
      await screenshot(page, `panel-ward-${name}`);
    });
  });
}

test('the pages for panels hold the same figures as the items, and need no script', async () => {
  const headers = { authorization: `Bearer ${panelKey}`, accept: 'application/geo+json' };
  const items = await (await fetch(`${address}/collections/wards/items?limit=1000`, { headers })).json();
  const shown = items.features.find(({ properties }) => properties.incidents > 0).properties;
  const context = await browser.newContext({ javaScriptEnabled: false, extraHTTPHeaders: { authorization: headers.authorization } });
  const page = await context.newPage();
  await page.goto(`${address}/wards/${shown.code}/summary?f=html`);
  const cell = await page.locator('tbody tr').first().locator('td').first().textContent();
  assert.equal(Number(cell), shown.incidents);
  await context.close();
});

test('nobody in particular sees no figure, and the way to sign in', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  assert.equal(await page.locator('main a', { hasText: 'Sign in' }).count(), 1);
  assert.equal(await page.locator('table').count(), 0);
  assert.deepEqual(await violations(page), []);
  await context.close();
});
