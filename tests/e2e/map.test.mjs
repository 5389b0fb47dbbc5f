// An inspector's morning in a real browser: load, filter, choose a hotspot, share the address.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { DESKTOP, launchBrowser, listNames, mapIsDrawn, PHONE, resultsAreShown, screenshot, withPage } from './browser.mjs';
import { address, getJson } from './service.mjs';

let browser;
before(async () => (browser = await launchBrowser()));
after(() => browser.close());

const british = (value) => new Intl.NumberFormat('en-GB').format(value);
const open = (viewport, use) => withPage(browser, viewport, address, use);

async function load(page, path = '/') {
  await page.goto(address + path);
  await resultsAreShown(page);
  await mapIsDrawn(page);
}

// Where the map was brought to: the middle of the chosen hotspot's box.
async function middleOfMap(page) {
  const box = await page.locator('.maplibregl-canvas').boundingBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

// Zooms far out, so that the corner of the map is outside the area.
async function emptyPlace(page) {
  for (let i = 0; i < 8; ++i) await page.click('.maplibregl-ctrl-zoom-out');
  await mapIsDrawn(page);
  const box = await page.locator('.maplibregl-canvas').boundingBox();
  return [box.x + 20, box.y + 20];
}

test('the page lists what the service found, in its order, and says it is a demo', async () => {
  const answer = await getJson('/collections/hotspots/items?limit=10000');
  assert.ok(answer.features.length > 0, 'the demo has hotspots');
  await open(DESKTOP, async (page, requests) => {
    await load(page);
    assert.deepEqual(await listNames(page), answer.features.map(({ properties }) => properties.label));
    assert.match(await page.textContent('#status'), new RegExp(`^${answer.features.length} hotspots? hold`));
    assert.match(await page.innerText('#demo'), /DEMO\s+Synthetic data: not real incidents/);
    assert.match(await page.innerText('#marking'), /\S/);
    assert.match(await page.innerText('footer'), /OpenStreetMap/);
    assert.match(await page.innerText('#legend-body'), /hottest 0\.25 %.*at least 5 incidents/);
    assert.ok(requests.some((url) => /\/tiles\/wards\/.*\.mvt/.test(url)), 'wards are drawn from tiles');
    await screenshot(page, 'desktop');
  });
});

test('a filter changes list, request and address, and back undoes it', async () => {
  const robbery = await getJson('/collections/hotspots/items?limit=10000&group=robbery');
  await open(DESKTOP, async (page) => {
    await load(page);
    const all = await page.textContent('#status');
    await page.selectOption('#filter-group', 'robbery');
    await page.waitForURL(/[?&]group=robbery/);
    await page.waitForFunction((before) => document.querySelector('#status').textContent !== before &&
      !document.querySelector('#results').hasAttribute('aria-busy'), all);
    assert.deepEqual(await listNames(page), robbery.features.map(({ properties }) => properties.label));
    await page.goBack();
    await page.waitForFunction((text) => document.querySelector('#status').textContent === text, all);
    assert.equal(await page.inputValue('#filter-group'), '');
  });
});

test('every filter is taken from a shared address and none is refused by the service', async () => {
  const path = '/?from=2025-01&to=2025-06&group=violence_with_injury&age=under-25&weapon=knife&source=police' +
    '&hours=18-06&days=fri,sat&top=0.5&bandwidth=500#11.00/52.63000/-1.13000';
  await open(DESKTOP, async (page) => {
    const asked = page.waitForRequest(/collections\/hotspots\/items/);
    await load(page, path);
    const query = Object.fromEntries(new URL((await asked).url()).searchParams);
    assert.deepEqual(query, {
      group: 'violence_with_injury', age: 'under-25', weapon: 'knife', source: 'police', hours: '18-06',
      days: 'fri,sat', top: '0.5', bandwidth: '500', datetime: '2025-01-01/2025-06-30', limit: '10000',
    });
    assert.equal(await page.inputValue('#filter-from'), '2025-01');
    assert.equal(await page.isChecked('#filter-day-sat'), true);
    assert.equal(await page.textContent('#alert'), '');
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, path.split('#')[0]);
    assert.match(new URL(page.url()).hash, /^#11\.00\/52\.63\d*\/-1\.1[23]\d*$/);
  });
});

test('filters without a hotspot say so, with the counts', async () => {
  const path = '/?months=3&group=homicide&weapon=firearm&days=tue';
  await open(DESKTOP, async (page) => {
    await load(page, path);
    assert.equal(await page.textContent('#status'), 'No hotspots under these filters.');
    assert.match(await page.textContent('#notes'), /Last 3 months, Homicide, Firearm, days tue: \d+ incidents? in scope/);
    assert.equal(await page.locator('.hotspot').count(), 0);
    await page.click('#notes button');
    await page.waitForSelector('.hotspot');
    assert.equal(new URL(page.url()).search, '');
  });
});

test('the first hotspot opens with its figures and how sure they are', async () => {
  const answer = await getJson('/collections/hotspots/items?limit=10000');
  const first = answer.features[0];
  await open(DESKTOP, async (page) => {
    await load(page);
    await page.locator('.hotspot').first().click();
    const card = page.locator('.card');
    const text = (await card.innerText()).replaceAll('\u00a0', ' ');
    const { incidents, share, wards } = first.properties;
    assert.ok(text.includes(`${british(incidents)} (${(share * 100).toFixed(1)} %`), text);
    assert.ok(wards.every((ward) => text.includes(ward)), text);
    assert.match(text, /Area\s+[\d.]+ km²/);
    assert.match(text, /Peak density\s+[\d.,]+ per km²/);
    assert.match(text, /Hit rate\s+[\d.]+ %/);
    assert.match(text, /300 m bandwidth.*located.*Left out: /s);
    assert.equal(new URL(page.url()).searchParams.get('hotspot'), first.id);
    await mapIsDrawn(page);
    await screenshot(page, 'desktop-hotspot');
  });
});

test('a click on a hotspot of the map opens its card in the list, a click beside it closes it', async () => {
  await open(DESKTOP, async (page) => {
    await load(page);
    await page.locator('.hotspot').nth(1).click(); // brings the map there
    await page.waitForFunction(() => /^#1[2-5]/.test(location.hash));
    await mapIsDrawn(page);
    const id = new URL(page.url()).searchParams.get('hotspot');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.card').count(), 0);
    await page.mouse.click(...(await middleOfMap(page)));
    await page.waitForSelector('.card');
    assert.equal(new URL(page.url()).searchParams.get('hotspot'), id);
    await page.mouse.click(...(await emptyPlace(page)));
    await page.waitForSelector('.card', { state: 'detached' });
    assert.equal(new URL(page.url()).searchParams.get('hotspot'), null);
  });
});

test('keys alone reach the list, open and close a card, change a filter and use the map', async () => {
  await open(DESKTOP, async (page) => {
    await load(page);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.match(await page.evaluate(() => document.activeElement.className), /hotspot/);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.card');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-expanded')), 'true');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.card').count(), 0);
    await page.focus('#filter-period');
    await page.keyboard.press('ArrowDown');
    await page.waitForURL(/months=12/);
    await resultsAreShown(page);
  });
});

test('Enter on the map opens the hotspot at the cross', async () => {
  await open(DESKTOP, async (page) => {
    await load(page);
    await page.locator('.hotspot').first().click();
    const id = new URL(page.url()).searchParams.get('hotspot');
    await page.waitForFunction(() => /^#1[2-5]/.test(location.hash));
    await mapIsDrawn(page);
    await page.keyboard.press('Escape');
    await page.focus('.maplibregl-canvas');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.card');
    assert.equal(new URL(page.url()).searchParams.get('hotspot'), id);
  });
});

test('letters of the map are drawn on this machine, street names from zoom 13 among them', async () => {
  await open(DESKTOP, async (page, requests) => {
    await page.addInitScript(() => {
      window.drawnLetters = new Set();
      for (const { prototype } of [CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D]) {
        const original = prototype.fillText;
        prototype.fillText = function (text, ...rest) {
          window.drawnLetters.add(text);
          return original.call(this, text, ...rest);
        };
      }
    });
    await load(page, '/#14.50/52.63500/-1.13300');
    const letters = await page.evaluate(() => [...window.drawnLetters]);
    assert.ok(['a', 'e', 't', 'S'].every((letter) => letters.includes(letter)), letters.join(''));
    assert.ok(requests.some((url) => /\/tiles\/gazetteer\/14\//.test(url)), 'street names come from tiles');
    await screenshot(page, 'desktop-streets');
  });
});

test('on a phone nothing overflows, and map and list are both in sight', async () => {
  await open(PHONE, async (page) => {
    await load(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), PHONE.width);
    const map = await page.locator('#map').boundingBox();
    const list = await page.locator('.hotspot').first().boundingBox();
    assert.ok(map.height >= 200 && list.y + list.height <= PHONE.height, JSON.stringify({ map, list }));
    await screenshot(page, 'phone');
    await page.locator('.hotspot').first().tap();
    await page.waitForSelector('.card');
    await mapIsDrawn(page);
    await screenshot(page, 'phone-hotspot');
    await page.locator('#filters-toggle > summary').tap();
    await page.waitForSelector('#filter-period');
    await screenshot(page, 'phone-filters');
  });
});
