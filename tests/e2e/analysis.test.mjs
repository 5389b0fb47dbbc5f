// What an inspector asks of the map: another bandwidth, another view, a comparison, a download.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { smallTargets, violations } from './axe.mjs';
import { DESKTOP, launchBrowser, mapIsDrawn, openFirstCard, resultsAreShown, screenshot, withPage } from './browser.mjs';
import { address, getJson } from './service.mjs';

const SMALL_PHONE = { width: 360, height: 800 };

let browser;
before(async () => (browser = await launchBrowser()));
after(() => browser.close());

const open = (viewport, use, expected) => withPage(browser, viewport, address, use, expected);
const plain = (text) => text.replaceAll('\u00a0', ' ');
const british = (value) => new Intl.NumberFormat('en-GB').format(value);

async function load(page, path = '/') {
  await page.goto(address + path);
  await resultsAreShown(page);
}

// Where the map was brought to.
async function mapIsNear(page) {
  await page.waitForFunction(() => /^#1[2-5]/.test(location.hash));
  await mapIsDrawn(page);
}

async function unfold(page) {
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
}

async function fitsWidth(page, width) {
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
  const wide = await page.evaluate(() => {
    const panel = document.querySelector('#panel');
    return panel.scrollWidth - panel.clientWidth;
  });
  assert.equal(wide, 0, 'the panel does not scroll sideways');
  const below = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
  assert.equal(below, 0, 'the panel scrolls, the page does not');
}

test('the list follows the slider while it is dragged; the address and the history get where it was left', async () => {
  const wide = await getJson('/collections/hotspots/items?limit=10000&bandwidth=600');
  await open(DESKTOP, async (page, requests) => {
    await load(page);
    const before = page.url();
    const slider = page.getByLabel('Bandwidth');
    const answered = page.waitForResponse(/bandwidth=600/);
    await slider.evaluate((input) => {
      for (const value of ['325', '400', '500', '600']) {
        input.value = value;
        input.dispatchEvent(new Event('input', { bubbles: true }));
      }
    });
    assert.equal(plain(await page.innerText('output[for="bandwidth"]')), '600 m');
    await answered;
    await resultsAreShown(page);
    await page.waitForFunction((names) => names === [...document.querySelectorAll('.hotspot .name')].map((node) => node.textContent).join('|'),
      wide.features.map(({ properties }) => properties.label).join('|'));
    assert.equal(page.url().split('#')[0], before.split('#')[0], 'nothing is written while the hand moves');
    assert.ok(requests.filter((url) => /items\?.*bandwidth=/.test(url)).length < 4, 'positions passed over are not asked for');
    await slider.dispatchEvent('change');
    await page.waitForURL(/bandwidth=600/);
    await page.goBack();
    await page.waitForFunction(() => document.querySelector('output[for="bandwidth"]').textContent.startsWith('300'));
    assert.doesNotMatch(page.url(), /bandwidth/);
  });
});

test('a later position ends the request of an earlier one that is slow', async () => {
  await open(DESKTOP, async (page) => {
    await load(page);
    let aborted = 0;
    page.on('requestfailed', (request) => (aborted += /bandwidth=450/.test(request.url()) ? 1 : 0));
    await page.route(/items\?.*bandwidth=450/, () => {}); // never answered
    const slide = (value) => page.getByLabel('Bandwidth').evaluate((input, to) => {
      input.value = to;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }, value);
    const asked = page.waitForRequest(/bandwidth=450/);
    await slide('450');
    await asked;
    await slide('475');
    await page.waitForResponse(/bandwidth=475/);
    await resultsAreShown(page);
    assert.equal(aborted, 1);
  });
});

test('arrow keys move the slider by 25 m, and all their steps are one entry of the history', async () => {
  await open(DESKTOP, async (page) => {
    await load(page);
    await page.focus('#bandwidth');
    for (let i = 0; i < 3; ++i) await page.keyboard.press('ArrowRight');
    await page.waitForURL(/bandwidth=375/);
    assert.equal(await page.getAttribute('#bandwidth', 'aria-valuetext'), '375 metres');
    await resultsAreShown(page);
    await page.goBack();
    await page.waitForFunction(() => !location.search.includes('bandwidth'));
  });
});

test('a bandwidth of the address that the slider has not stays what it is', async () => {
  await open(DESKTOP, async (page) => {
    const asked = page.waitForRequest(/collections\/hotspots\/items/);
    await load(page, '/?bandwidth=310');
    assert.equal(new URL((await asked).url()).searchParams.get('bandwidth'), '310');
    assert.equal(plain(await page.innerText('output[for="bandwidth"]')), '310 m');
    assert.match(page.url(), /bandwidth=310/);
  });
});

test('density bands: the legend and the list hold the service’s limits, and the map says what is at a place', async () => {
  const bands = await getJson('/collections/isobands/items');
  await open(DESKTOP, async (page) => {
    await load(page);
    await page.getByLabel('Density', { exact: true }).check();
    await page.waitForURL(/show=bands/);
    await resultsAreShown(page);
    await page.waitForSelector('#surface table');
    const rows = await page.locator('#surface tbody th').allTextContents();
    const names = bands.features.map(({ properties: { from_per_km2: from, to_per_km2: to } }) =>
      to === null ? `${british(from)} and more` : `${british(from)} to ${british(to)}`);
    assert.deepEqual(rows, names.toReversed());
    assert.deepEqual((await page.locator('#legend-body .band-sample + span').allTextContents()), names);
    assert.equal(await page.locator('.hotspot').count(), 0);
    assert.deepEqual(await page.locator('#downloads a').allTextContents(), ['Density bands', 'Density']);
    await mapIsDrawn(page);
    await screenshot(page, 'desktop-bands');
    assert.deepEqual(await violations(page), []);
    const ring = bands.features.at(-1).geometry;
    const [longitude, latitude] = (ring.type === 'Polygon' ? ring.coordinates[0] : ring.coordinates[0][0])[0];
    await page.goto(`${address}/?show=bands#15.50/${latitude}/${longitude}`);
    await resultsAreShown(page);
    await mapIsDrawn(page);
    await page.focus('.maplibregl-canvas');
    await page.keyboard.press('Enter');
    assert.match(await page.textContent('#map-told'), /^[\d,]+ (to [\d,]+|and more) incidents per km²$/);
    await page.goBack();
  });
});

test('cells: ranked as the service ranks them, significant ones marked in words, a cell is brought into sight', async () => {
  const cells = await getJson('/collections/cells/items?limit=50');
  await open(DESKTOP, async (page) => {
    const asked = page.waitForRequest(/collections\/cells\/items/);
    await load(page, '/?show=cells&bandwidth=500&top=0.5');
    assert.deepEqual([...new URL((await asked).url()).searchParams.keys()], ['limit'], 'cells have no bandwidth and no share of area');
    const shown = await page.locator('#surface .hotspot').allInnerTexts();
    assert.equal(shown.length, cells.features.length);
    cells.features.forEach(({ properties }, index) => {
      assert.match(shown[index].replaceAll('\n', ' '), new RegExp(
        `^${index + 1} ${british(properties.incidents)} incidents? S[KP] \\d{3} \\d{3}; Gi\\* z [\\d.−-]+, ${properties.fdr_significant ? '' : 'not '}significant`));
    });
    assert.match(plain(await page.innerText('#status')), /^20 cells, 0\.\d+ % of the area, hold [\d.]+ % of incidents\.$/);
    assert.equal(await page.isVisible('#bandwidth'), false);
    await mapIsDrawn(page);
    await page.locator('#surface .hotspot').first().click();
    await mapIsNear(page);
    await screenshot(page, 'desktop-cells');
    assert.deepEqual(await violations(page), []);
  });
});

// The answer of a computation in the background, when it is there.
async function getInBackground(path) {
  for (;;) {
    const response = await fetch(address + path);
    if (response.status !== 202) return response.json();
  }
}

test('a comparison with the period before is listed in words, as the service finds it', async () => {
  await open(DESKTOP, async (page) => {
    await load(page, '/?months=12');
    const asked = page.waitForRequest(/analysis\/compare/);
    await page.getByLabel('Compare', { exact: true }).check();
    const query = new URL((await asked).url()).search;
    await page.waitForURL(/show=compare/);
    await page.waitForSelector('#legend-body .higher-sample', { timeout: 90_000 });
    const answer = await getInBackground(`/analysis/compare${query}`);
    const [now, before] = [answer.first.period, answer.with.period].map((text) => text.split('/'));
    assert.equal(new Date(now[0]) - new Date(before[1]), 86_400_000, 'one period ends the day before the other begins');
    const found = answer.features.filter(({ properties }) => properties.kind === 'significant');
    assert.deepEqual(await page.locator('#surface .list .name').allTextContents(), found.map(({ properties }) => properties.label));
    const words = await page.locator('#surface .list .figure').allTextContents();
    found.forEach(({ properties: { direction, incidents, with_incidents: earlier } }, index) => assert.equal(words[index],
      `${direction === 'higher' ? 'Higher' : 'Lower'}: ${british(incidents)} ${incidents === 1 ? 'incident' : 'incidents'} after ${british(earlier)}`));
    if (found.length === 0) assert.equal(await page.innerText('#status'), 'No place differs by more than chance explains.');
    assert.ok((await page.innerText('#notes')).includes(`${british(answer.totals.incidents)} incidents after ${british(answer.totals.with_incidents)}`));
    assert.equal((await fetch(await page.locator('#downloads a').getAttribute('href').then((href) => `${address}/${href}`))).status, 200);
    assert.deepEqual(await violations(page), []);
  });
});

test('sources are compared as shares, places hot in health records only among them', async () => {
  await open(DESKTOP, async (page) => {
    const asked = page.waitForRequest(/analysis\/compare/);
    await page.goto(`${address}/?show=compare&with=ed`);
    const { search, searchParams } = new URL((await asked).url());
    assert.deepEqual([searchParams.get('source'), searchParams.get('with_source')], ['police', 'ed']);
    await page.waitForSelector('#legend-body .health-sample', { timeout: 90_000 });
    await mapIsDrawn(page);
    const answer = await getInBackground(`/analysis/compare${search}`);
    const marks = await page.locator('#surface .mark').allTextContents();
    const count = (direction) => answer.features.filter(({ properties }) => properties.kind === 'significant' && properties.direction === direction).length;
    assert.deepEqual(['▲', '▼', '◆'].map((mark) => marks.filter((text) => text === mark).length),
      [count('higher'), count('lower'), answer.only_in_health.features.length]);
    if (marks.length > 0) {
      await page.locator('#surface .hotspot').first().click();
      await mapIsNear(page);
    }
    await screenshot(page, 'desktop-compare');
    assert.equal(await page.inputValue('#with'), 'ed');
    assert.deepEqual(await violations(page), []);
  });
});

test('a comparison that the records are too short for says so and offers a shorter period', async () => {
  await open(DESKTOP, async (page) => {
    await page.route('**/analysis/compare*', (route) => route.fulfill({ status: 409, contentType: 'application/problem+json',
      body: JSON.stringify({ title: 'Period not covered', status: 409, detail: 'the records begin in 2023-11' }) }));
    await page.goto(`${address}/?show=compare`);
    await page.waitForSelector('.problem');
    assert.match(await page.innerText('.problem'), /Period not covered\s+the records begin in 2023-11/);
    await page.getByRole('button', { name: 'Show the last 12 months' }).click();
    await page.waitForURL(/months=12/);
    assert.equal(await page.inputValue('#filter-period'), '12');
  }, [/Failed to load resource/]);
});

test('what is shown can be downloaded with the same parameters', async () => {
  await open(DESKTOP, async (page) => {
    await load(page, '/?group=robbery&bandwidth=400&top=0.5');
    const links = await page.locator('#downloads a').evaluateAll((all) => all.map(({ href }) => href));
    assert.deepEqual(links.map((href) => href.slice(address.length)), [
      '/collections/hotspots/items?group=robbery&top=0.5&bandwidth=400&limit=10000', '/density.tif?group=robbery&bandwidth=400',
    ]);
    for (const href of links) assert.equal((await fetch(href)).status, 200, href);
  });
});

const PAGES = [['desktop', DESKTOP, ['/']], ['small phone', SMALL_PHONE, ['/', '/?show=bands', '/?show=cells']]];
for (const [name, viewport, paths] of PAGES) {
  test(`on a ${name} every part fits and has no violation`, async () => {
    await open(viewport, async (page) => {
      for (const path of paths) {
        await load(page, path);
        await mapIsDrawn(page);
        await screenshot(page, `${name.replace(' ', '-')}-${new URL(page.url()).searchParams.get('show') ?? 'hotspots'}`);
        await unfold(page);
        if (path === '/') await openFirstCard(page);
        await unfold(page);
        await fitsWidth(page, viewport.width);
        assert.deepEqual(await smallTargets(page), []);
        assert.deepEqual(await violations(page), []);
      }
    });
  });
}
