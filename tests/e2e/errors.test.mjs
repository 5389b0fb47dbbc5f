// What the page shows when the service refuses or is gone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { DESKTOP, launchBrowser, mapIsDrawn, resultsAreShown, screenshot, withPage } from './browser.mjs';
import { address, binary, dataFolder, startService } from './service.mjs';

let browser;
before(async () => (browser = await launchBrowser()));
after(() => browser.close());

const FAILED_REQUEST = [/Failed to load resource/];

test('a value that the service refuses is shown with what would be right, and can be reset', async () => {
  const refused = await (await fetch(`${address}/collections/hotspots/items?group=arson`)).json();
  await withPage(browser, DESKTOP, address, async (page) => {
    await page.goto(`${address}/?group=arson`);
    await page.waitForSelector('.problem');
    assert.equal(refused.status, 400);
    const text = await page.innerText('.problem');
    assert.ok(text.includes(refused.detail) && text.includes('group'), text);
    assert.equal(await page.locator('.hotspot').count(), 0);
    assert.equal(await page.textContent('#filter-group option:checked'), 'arson (not known)');
    await mapIsDrawn(page);
    await screenshot(page, 'desktop-refused');
    await page.getByRole('button', { name: 'Reset filters' }).last().click();
    await page.waitForSelector('.hotspot');
    assert.equal(await page.textContent('#alert'), '');
  }, FAILED_REQUEST);
});

test('a service that is gone is said so, old figures go, and a retry works when it is back', async () => {
  const other = await startService(binary, dataFolder);
  await withPage(browser, DESKTOP, other.address, async (page) => {
    await page.goto(other.address);
    await resultsAreShown(page);
    await mapIsDrawn(page);
    assert.equal(await other.stop(), 0);
    await page.selectOption('#filter-period', '12');
    await page.waitForSelector('.problem');
    assert.match(await page.innerText('.problem'), /does not answer/);
    assert.equal(await page.locator('.hotspot').count(), 0);
    await screenshot(page, 'desktop-gone');
    await page.route('**/collections/hotspots/items?*', async (route) => {
      const { search, pathname } = new URL(route.request().url());
      const response = await fetch(address + pathname + search); // the service that still runs
      await route.fulfill({ status: response.status, contentType: 'application/geo+json', body: await response.text() });
    });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.waitForSelector('.hotspot');
  }, [...FAILED_REQUEST, /ERR_CONNECTION_REFUSED/]);
});

test('a busy service is quoted and the next try answers', async () => {
  await withPage(browser, DESKTOP, address, async (page) => {
    let refusals = 1;
    await page.route('**/collections/hotspots/items?*', (route) => refusals-- > 0
      ? route.fulfill({ status: 503, contentType: 'application/problem+json', headers: { 'Retry-After': '1' },
        body: JSON.stringify({ title: 'Busy', status: 503, detail: 'try again in a second' }) })
      : route.continue());
    await page.goto(address);
    await page.waitForSelector('.problem');
    assert.match(await page.innerText('.problem'), /Busy\s+try again in a second/);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.waitForSelector('.hotspot');
  }, FAILED_REQUEST);
});

test('an answer that is no JSON is a problem, not a blank page', async () => {
  await withPage(browser, DESKTOP, address, async (page) => {
    await page.route('**/collections/hotspots/items?*', (route) =>
      route.fulfill({ status: 200, contentType: 'application/geo+json', body: '{"type":"FeatureColl' }));
    await page.goto(address);
    await page.waitForSelector('.problem');
    assert.match(await page.innerText('.problem'), /cut off/);
  });
});
