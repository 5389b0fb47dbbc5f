// A person places what the service could not: by mouse, by keyboard alone, and it is kept.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { smallTargets, violations } from './axe.mjs';
import { DESKTOP, launchBrowser, mapIsDrawn, PHONE, screenshot, withPage } from './browser.mjs';
import { csv, startOwnService } from './data_page.mjs';

let browser;
let service;
before(async () => {
  [browser, service] = await Promise.all([launchBrowser(), startOwnService()]);
  await service.load('review.csv', csv('REV', [
    'High Street', 'Market Place', 'behind the old kiln', 'BEHIND THE OLD KILN', 'London Road', 'by the blue gate', 'Main Street',
    'on the far bench', 'Church Street',
  ]));
});
after(async () => {
  await browser.close();
  assert.equal(await service.stop(), 0);
});

async function itemOf(incidentId) {
  const { items } = await service.json('/review?limit=10000');
  return items.find((item) => item.incident_id === incidentId);
}

const open = (item, use, { expected = [], viewport = DESKTOP } = {}) => withPage(browser, viewport, service.address, async (page, requests) => {
  await page.goto(`${service.address}/data?part=review&reason=${item.reason}&item=${item.id}`);
  await page.waitForFunction((text) => document.querySelector('#record-heading')?.textContent === text, item.location_text);
  await use(page, requests);
}, expected);

const focused = (page) => page.evaluate(() => document.activeElement.id);

// Tab until the focus is on `id`.
async function tabTo(page, id) {
  for (let i = 0; i < 80; ++i) {
    if ((await focused(page)) === id) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not lead to ${id}`);
}

test('candidates are numbered alike on map and list, and a choice on either is one on both', async () => {
  const item = await itemOf('REV-1');
  await open(item, async (page, requests) => {
    await mapIsDrawn(page);
    const numbers = await page.locator('.marker').allTextContents();
    assert.deepEqual(numbers.map(Number).sort((a, b) => a - b), item.candidates.map((_, index) => index + 1));
    for (const { label } of item.candidates) assert.ok((await page.innerText('.choices')).includes(label), label);
    await page.check('#answer-candidate-1');
    assert.equal(await page.textContent('.marker.chosen'), '2');
    await page.locator('.marker', { hasText: /^3$/ }).click();
    assert.equal(await page.isChecked('#answer-candidate-2'), true);
    assert.equal(await page.isChecked('#alias'), false, 'the text fits several places');
    assert.match(await page.innerText('#alias-hint'), /Off here/);
    assert.ok(requests.some((url) => /\/tiles\/wards\/.*\.mvt/.test(url)), 'the map is drawn from own tiles');
    await screenshot(page, 'data-desktop-review');
  });
});

test('keys alone choose a candidate, save it, and come to the next record', async () => {
  const item = await itemOf('REV-2');
  await open(item, async (page) => {
    await page.focus('#record-heading');
    await tabTo(page, 'answer-candidate-0');
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.isChecked('#answer-candidate-1'), true);
    await tabTo(page, 'note');
    await page.keyboard.type('seen on camera');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => /^Saved/.test(document.querySelector('#decision-status').textContent));
    await page.waitForFunction((text) => document.querySelector('#record-heading').textContent !== text, item.location_text);
    await page.waitForFunction(() => document.activeElement.id === 'record-heading');
    const decided = await service.json(`/review/${item.id}`);
    const chosen = item.candidates[1];
    assert.deepEqual([decided.status, decided.longitude, decided.latitude], ['matched', chosen.longitude, chosen.latitude]);
    assert.deepEqual(decided.history.map(({ decision, alias, note }) => [decision, alias, note]), [['candidate', false, 'seen on camera']]);
    assert.equal(await itemOf('REV-2'), undefined);
    assert.notEqual(new URL(page.url()).searchParams.get('item'), String(item.id));
  });
});

test('a click on the map sets a point, and the same text elsewhere follows', async () => {
  const item = await itemOf('REV-3');
  await open(item, async (page) => {
    await mapIsDrawn(page);
    assert.equal(await page.isChecked('#alias'), true);
    const box = await page.locator('#map').boundingBox();
    await page.mouse.click(box.x + box.width * 0.5, box.y + box.height * 0.5);
    assert.equal(await page.isChecked('#answer-point'), true);
    const [longitude, latitude] = (await page.inputValue('#point-text')).split(', ').map(Number);
    assert.ok(longitude > -2 && longitude < 0 && latitude > 52 && latitude < 53, `${longitude}, ${latitude}`);
    assert.equal(await page.locator('.pin').count(), 1);
    await page.fill('#point-within', '80');
    await page.getByRole('button', { name: 'Save and next' }).click();
    await page.waitForFunction(() => /1 other record of the same text changed with it/.test(document.querySelector('#decision-status').textContent));
    const decided = await service.json(`/review/${item.id}`);
    assert.equal(decided.uncertainty_m, 80);
    assert.ok(Math.abs(decided.longitude - longitude) < 2e-6 && Math.abs(decided.latitude - latitude) < 2e-6);
    assert.equal(await itemOf('REV-4'), undefined, 'the same words in capitals');
    await page.getByRole('button', { name: 'Open it again' }).click();
    await page.waitForSelector('.pin'); // where it was put
    assert.match(await page.innerText('#record-history'), /Placed at the point .* within about 80 m/);
  });
});

test('a point is typed as easting and northing; what is no point is said before anything is sent', async () => {
  const item = await itemOf('REV-6');
  await open(item, async (page) => {
    let sent = 0;
    page.on('request', (request) => (sent += request.method() === 'PUT' ? 1 : 0));
    await mapIsDrawn(page);
    const save = page.getByRole('button', { name: 'Save and next' });
    await save.click();
    assert.match(await page.innerText('#answer-fault'), /Choose an answer/);
    await page.check('#answer-point');
    await page.fill('#point-text', '12, 99');
    await save.click();
    assert.match(await page.innerText('#answer-fault'), /not in Britain/);
    assert.equal(await focused(page), 'point-text');
    assert.equal(sent, 0);
    await page.fill('#point-text', '458740 304670');
    await page.keyboard.press('Tab');
    await page.waitForSelector('.pin');
    await save.click();
    await page.waitForFunction(() => /^Saved/.test(document.querySelector('#decision-status').textContent));
    assert.equal(sent, 1);
    const { easting, northing } = await service.json(`/review/${item.id}`);
    assert.deepEqual([easting, northing], [458740, 304670]);
  });
});

test('a decision is opened again, shows its history, and is taken back', async () => {
  const item = await itemOf('REV-8');
  await open(item, async (page) => {
    await page.check('#answer-cannot_be_placed');
    await page.getByRole('button', { name: 'Save and next' }).click();
    await page.getByRole('button', { name: 'Open it again' }).click();
    await page.waitForSelector('#record-history li');
    assert.equal(await page.locator('.pin').count(), 0);
    assert.match(await page.innerText('#record-history'), /Cannot be placed, for the same text elsewhere too/);
    await page.check('#answer-automatic');
    await page.getByRole('button', { name: 'Save and next' }).click();
    await page.waitForFunction(() => /Back to the automatic answer/.test(document.querySelector('#decision-status').textContent));
    assert.equal((await itemOf('REV-8')).reason, 'unmatched');
  });
});

test('what the service refuses stays in the form, with the reason', async () => {
  const item = await itemOf('REV-9') ?? await itemOf('REV-7');
  await open(item, async (page) => {
    await page.route(`**/review/${item.id}`, (route) => route.request().method() === 'PUT'
      ? route.fulfill({ status: 400, contentType: 'application/problem+json', body: JSON.stringify(
        { title: 'Bad request', status: 400, detail: 'expected a number from 0 to 1', parameter: 'candidate' }) })
      : route.continue());
    await page.check('#answer-cannot_be_placed');
    await page.getByRole('button', { name: 'Save and next' }).click();
    await page.waitForSelector('#decision-alert .problem');
    assert.match(await page.innerText('#decision-alert'), /Bad request \(candidate\)\s+expected a number from 0 to 1/);
    assert.equal(await page.isChecked('#answer-cannot_be_placed'), true);
    assert.equal(await page.innerText('#record-heading'), item.location_text);
  }, { expected: [/status of 400/] });
});

for (const [name, viewport] of [['desktop', DESKTOP], ['phone', PHONE]]) {
  test(`the ${name} page has no violation with candidates, with a point and with a history`, async () => {
    const item = await itemOf('REV-1');
    await open(item, async (page) => {
      await mapIsDrawn(page);
      await page.check('#answer-candidate-0');
      assert.deepEqual(await violations(page), []);
      await page.check('#answer-point');
      await page.getByRole('button', { name: 'Save and next' }).click();
      assert.match(await page.innerText('#answer-fault'), /Two numbers/);
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(await smallTargets(page), []);
      const { items } = await service.json('/review?reason=unmatched&limit=1');
      await service.json(`/review/${items[0].id}`, { method: 'PUT', body: '{"cannot_be_placed": true, "alias": false}' });
      await page.goto(`${service.address}/data?part=review&item=${items[0].id}`);
      await page.waitForSelector('#record-history li');
      await mapIsDrawn(page);
      assert.deepEqual(await violations(page), []);
    }, { viewport });
  });
}

test('Enter on the map sets the point at the cross', async () => {
  const item = await itemOf('REV-5');
  await open(item, async (page) => {
    await mapIsDrawn(page);
    await page.focus('#map .maplibregl-canvas');
    await page.keyboard.press('Enter');
    assert.equal(await page.isChecked('#answer-point'), true);
    assert.match(await page.inputValue('#point-text'), /^-[01]\.\d{6}, 52\.\d{6}$/);
  });
});
