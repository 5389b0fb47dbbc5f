// axe-core's rules for WCAG 2.0 to 2.2, A and AA, on every state of the map's page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { smallTargets, violations } from './axe.mjs';
import { DESKTOP, launchBrowser, mapIsDrawn, PHONE, resultsAreShown, withPage } from './browser.mjs';
import { address } from './service.mjs';

let browser;
before(async () => (browser = await launchBrowser()));
after(() => browser.close());

for (const [name, viewport] of [['desktop', DESKTOP], ['phone', PHONE]]) {
  test(`the ${name} page has no violation, with a card open and every filter in sight`, async () => {
    await withPage(browser, viewport, address, async (page) => {
      await page.goto(address);
      await resultsAreShown(page);
      await mapIsDrawn(page);
      assert.deepEqual(await violations(page), []);
      await page.locator('.hotspot').first().click();
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
      await page.selectOption('#filter-hours', 'custom');
      await resultsAreShown(page);
      assert.deepEqual(await violations(page), []);
    });
  });

  test(`the ${name} page has no violation when it shows a problem or finds nothing`, async () => {
    await withPage(browser, viewport, address, async (page) => {
      await page.goto(`${address}/?group=arson`);
      await page.waitForSelector('.problem');
      assert.deepEqual(await violations(page), []);
      await page.goto(`${address}/?months=3&group=homicide&weapon=firearm&days=tue`);
      await resultsAreShown(page);
      assert.deepEqual(await violations(page), []);
    }, [/status of 400/]);
  });
}

test('what can be clicked is at least 24 by 24 pixels', async () => {
  await withPage(browser, PHONE, address, async (page) => {
    await page.goto(address);
    await resultsAreShown(page);
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
    assert.deepEqual(await smallTargets(page), []);
  });
});
