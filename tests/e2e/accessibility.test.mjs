// axe-core's rules for WCAG 2.0 to 2.2, A and AA, on every state of the page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { DESKTOP, launchBrowser, mapIsDrawn, PHONE, resultsAreShown, withPage } from './browser.mjs';
import { axeSource } from './modules.mjs';
import { address } from './service.mjs';

let browser;
before(async () => (browser = await launchBrowser()));
after(() => browser.close());

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function violations(page) {
  await page.evaluate(axeSource);
  const { violations: found, passes } = await page.evaluate(
    (tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags } }), TAGS);
  assert.ok(passes.length > 20, `only ${passes.length} rules applied`);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

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
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button, select, summary, label.day, input[type="month"]')]
        .filter((node) => node.checkVisibility())
        .map((node) => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
        .filter(([, { width, height }]) => width < 24 || height < 24)
        .map(([html, { width, height }]) => `${html} ${width}x${height}`));
    assert.deepEqual(small, []);
  });
});
