// What an inspector asks of a hotspot: why here, and is it real.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { violations } from './axe.mjs';
import { DESKTOP, launchBrowser, openFirstCard, resultsAreShown, screenshot, withPage } from './browser.mjs';
import { address, getJson } from './service.mjs';

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

test('why here: the sentences come first and the figures are the service’s', async () => {
  const list = await getJson('/collections/hotspots/items?limit=10000');
  const why = await getJson(`/hotspots/${list.features[0].id}/why`);
  await open(DESKTOP, async (page) => {
    await load(page);
    await openFirstCard(page);
    const body = page.locator('.why-body');
    const first = await body.locator('> p').first().innerText();
    const { here } = why.change;
    assert.ok(first.includes(`${british(here.now)} after ${british(here.before)}`), first);
    const text = plain(await body.innerText());
    assert.ok(text.includes(why.sources.agreement), text);
    for (const { label, incidents } of why.streets.top) assert.ok(text.includes(`${label}: ${british(incidents)}`), text);
    assert.match(text, new RegExp(`Knife\\s+.*\\(${why.knife.incidents} of ${why.knife.known}.*unknown for ${why.knife.unknown}`));
    assert.match(text, /Victim under 25/);
    const cells = await body.locator('.hours').first().locator('tbody td').allTextContents();
    const band = (day, from) => why.times.incidents[day].slice(from, from + 4).reduce((sum, value) => sum + value, 0);
    const counts = [0, 4, 8, 12, 16, 20].flatMap((from) => [0, 1, 2, 3, 4, 5, 6].map((day) => band(day, from)));
    assert.deepEqual(cells, counts.map((value) => (value > 0 && value < 0.5 ? '<1' : String(Math.round(value)))));
    await page.getByText('Every hour').click();
    assert.equal(await body.locator('.hours').nth(1).locator('tbody tr').count(), 24);
    await page.waitForSelector('.card .survival:not(:empty)', { timeout: 30_000 });
    const { survival, runs } = why.stability;
    assert.equal(plain(await page.innerText('.card .survival')), `Survives ${(survival * 100).toFixed(0)} % of ${runs} runs.`);
    await screenshot(page, 'desktop-why');
  });
});

test('a card whose reasons cannot be had says so and tries again', async () => {
  await open(DESKTOP, async (page) => {
    await load(page);
    let refusals = 1;
    await page.route('**/why*', (route) => refusals-- > 0
      ? route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ title: 'Busy', status: 503, detail: 'try again' }) })
      : route.continue());
    await page.locator('.hotspot').first().click();
    await page.waitForSelector('.why .problem');
    assert.match(await page.innerText('.why .problem'), /Busy: try again/);
    await page.locator('.why .problem button').click();
    await page.waitForSelector('.why-body > p');
    assert.equal(await page.locator('.why .problem').count(), 0);
  }, [/Failed to load resource/]);
});

test('stability is asked for by a button, followed, and then stands in list and card', async () => {
  await open(DESKTOP, async (page, requests) => {
    await load(page);
    assert.ok(!requests.some((url) => url.includes('stability')), 'not without being asked');
    await page.getByText('Is it real?').click();
    await page.getByRole('button', { name: 'Test how stable they are' }).click();
    await page.waitForSelector('.check p:has-text("runs")', { timeout: 60_000 });
    const known = await getJson('/analysis/stability');
    const words = known.hotspots.map(({ survival, runs }) => `; survives ${(survival * 100).toFixed(0)} % of ${runs} runs`);
    assert.deepEqual((await page.locator('.hotspot .survival').allTextContents()).map(plain), words);
    await openFirstCard(page);
    assert.equal(plain(await page.innerText('.card .survival')), `S${words[0].slice(3)}.`);
    await screenshot(page, 'desktop-stability');
  });
});

test('a test under way shows its progress and can be cancelled', async () => {
  await open(DESKTOP, async (page) => {
    const job = { id: 'j-1', title: 'Stability', state: 'running', progress: 0.42, error: null };
    const json = (body, status = 200) => ({ status, contentType: 'application/json', body: JSON.stringify(body) });
    await page.route('**/analysis/stability*', (route) => route.fulfill({ ...json(job, 202), headers: { Location: '/jobs/j-1' } }));
    await page.route('**/jobs/j-1', (route) => {
      if (route.request().method() === 'DELETE') job.state = 'cancelled';
      return route.fulfill(json(job));
    });
    await load(page);
    await page.getByText('Is it real?').click();
    await page.getByRole('button', { name: 'Test how stable they are' }).click();
    await page.waitForSelector('progress[aria-label="Progress of the stability test"]');
    assert.match(plain(await page.innerText('.progress')), /42\.0 % done/);
    assert.equal(await page.getAttribute('.progress progress', 'value'), '0.42');
    assert.deepEqual(await violations(page), []);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.waitForSelector('.check .problem');
    assert.match(await page.innerText('.check .problem'), /Cancelled/);
    assert.ok(await page.isVisible('text=Test how stable they are'), 'it can be started again');
  });
});

test('the back-test shows hotspots beside ranked cells beside chance', async () => {
  await open(DESKTOP, async (page) => {
    await load(page);
    await page.getByText('Is it real?').click();
    const asked = page.waitForRequest(/hotspots\/evaluation/);
    await page.getByRole('button', { name: 'How well did such hotspots predict?' }).click();
    const query = new URL((await asked).url()).search;
    await page.waitForSelector('.check table', { timeout: 60_000 });
    const evaluation = await getJson(`/hotspots/evaluation${query}`);
    const rows = await page.locator('.check tbody tr').allInnerTexts();
    assert.equal(rows.length, 5);
    const share = (forecast) => (forecast.hit_rate.value * 100).toFixed(1);
    assert.ok(rows[1].includes(share(evaluation.hotspots)) && rows[1].includes(share(evaluation.cells)), rows[1]);
    assert.deepEqual(await violations(page), []);
    await screenshot(page, 'desktop-evaluation');
  });
});
