// A data analyst's day in a real browser: import, why a file failed, undo, quality.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { smallTargets, violations } from './axe.mjs';
import { DESKTOP, launchBrowser, PHONE, screenshot, withPage } from './browser.mjs';
import { csv, file, startOwnService } from './data_page.mjs';

let browser;
let service;
before(async () => ([browser, service] = await Promise.all([launchBrowser(), startOwnService()])));
after(async () => {
  await browser.close();
  assert.equal(await service.stop(), 0);
});

const plain = (text) => text.replaceAll('\u00a0', ' ');
const open = (path, viewport, use, expected) => withPage(browser, viewport, service.address, async (page, requests) => {
  await page.goto(service.address + path);
  await use(page, requests);
}, expected);

async function upload(page, chosen) {
  await page.setInputFiles('#upload-file', chosen);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
}

test('the map leads to the data page and back', async () => {
  await open('/', DESKTOP, async (page) => {
    await page.getByRole('link', { name: 'Data' }).click();
    await page.waitForURL(/\/data$/);
    await page.waitForSelector('.import');
    assert.match(await page.innerText('#demo'), /DEMO\s+Synthetic data/);
    assert.match(await page.innerText('#marking'), /\S/);
    assert.equal(await page.title(), 'DEMO: Data: LLR Hotspots');
    await page.getByRole('link', { name: 'Map' }).click();
    await page.waitForSelector('.hotspot');
  });
});

test('an upload shows its progress, then counts that add up, and rejected rows with line and reason', async () => {
  const text = csv('UP', ['Granby Street, Leicester', 'High Street', 'no such place at all', 'Church Gate, Leicester'])
    .replace('2026-10-02T22:10', 'yesterday');
  await open('/data', DESKTOP, async (page) => {
    await page.evaluate(() => {
      window.seen = [];
      const look = () => {
        const words = document.querySelector('.progress p')?.textContent;
        if (words && window.seen.at(-1) !== words) window.seen.push(words);
      };
      new MutationObserver(look).observe(document.querySelector('#progress'), { childList: true, subtree: true, characterData: true });
    });
    await upload(page, file('week.csv', text));
    await page.waitForSelector('#result-heading');
    assert.equal(await page.innerText('#result-heading'), 'week.csv: done');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'result-heading');
    const seen = await page.evaluate(() => window.seen);
    assert.ok(seen.some((words) => /waits for its turn|being read|row/.test(words)), seen.join(' | '));
    const [imported] = (await service.json('/imports')).imports;
    const { rows, stored, updated, duplicate, rejected } = imported;
    assert.deepEqual([rows, stored, updated, duplicate, rejected], [4, 3, 0, 0, 1]);
    const result = plain(await page.innerText('#result'));
    assert.ok(result.includes('4 rows = 3 new + 0 updated + 0 known already + 1 rejected'), result);
    assert.match(result, /2 of 3 records inside the area could be located \(hit rate 66\.7 %, below the gate of 85 %\)/);
    const { first_rejects: [reject] } = await service.json(`/imports/${imported.id}`);
    const row = await page.innerText('#result tbody tr');
    assert.ok(row.startsWith('3') && row.includes('occurred_from: yesterday') && row.includes(reject.reason), row);
    const csvAddress = await page.getAttribute('#result a[download]', 'href');
    assert.match(await (await fetch(`${service.address}/${csvAddress}`)).text(), /yesterday/);
    assert.equal(new URL(page.url()).searchParams.get('import'), imported.id);
    assert.match(await page.innerText('.import >> nth=0'), /week\.csv\s+Done/);
    assert.equal(await page.textContent('#progress'), '');
    await screenshot(page, 'data-desktop-import');
  });
});

test('a file that cannot be read says why, and changes nothing', async () => {
  await open('/data', DESKTOP, async (page) => {
    const before = await service.json('/health');
    await upload(page, file('notes.csv', 'colour,shape\nred,round\n'));
    await page.waitForSelector('#result .problem');
    const [failed] = (await service.json('/imports')).imports;
    assert.equal(failed.state, 'failed');
    const text = await page.innerText('#result');
    assert.ok(text.includes('notes.csv: failed') && text.includes(failed.error), text);
    assert.equal(await page.textContent('#imports-status'), 'notes.csv was not imported.');
    assert.equal((await service.json('/health')).incidents, before.incidents);
    await screenshot(page, 'data-desktop-failed');
  });
});

test('what the service refuses at once is quoted with its parameter, and no file is asked for', async () => {
  await open('/data', DESKTOP, async (page) => {
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    assert.equal(await page.textContent('#upload-fault'), 'Choose a file first.');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'upload-file');
    await page.setInputFiles('#upload-mapping', file('mapping.json', '{"columns": 7}', 'application/json'));
    assert.equal(await page.isDisabled('#upload-format'), true);
    await upload(page, file('week.csv', csv('MAP', ['High Street'])));
    await page.waitForSelector('#imports-alert .problem');
    assert.match(await page.innerText('#imports-alert'), /mapping/);
    assert.equal(await page.textContent('#upload-fault'), '');
  }, [/status of 400/]);
});

test('a mapping file goes with the file and names other columns', async () => {
  const mapping = { name: 'log', source: 'ambulance', columns: { incident_id: 'Ref', occurred_from: 'When', location_text: 'Where' } };
  await open('/data', DESKTOP, async (page) => {
    await page.setInputFiles('#upload-mapping', file('log.json', JSON.stringify(mapping), 'application/json'));
    await upload(page, file('log.csv', 'Ref,When,Where,Crew\nL1,2026-10-03,"Granby Street, Leicester",7\n'));
    await page.waitForSelector('#result-heading');
    const text = await page.innerText('#result');
    assert.ok(text.includes('log.csv: done') && text.includes('1 row = 1 new') && text.includes('Crew'), text);
  });
});

test('an import is undone after a question, and not after a no', async () => {
  const { id } = await service.load('undo.csv', csv('UNDO', ['Granby Street, Leicester', 'High Street, Leicester']));
  await open('/data', DESKTOP, async (page) => {
    const undo = page.getByRole('button', { name: 'Undo undo.csv' });
    await undo.click();
    assert.match(await page.innerText('dialog'), /undo\.csv\? Its 2 new records go/);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Keep it');
    await screenshot(page, 'data-desktop-undo');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog', { state: 'detached' });
    assert.equal((await service.json(`/imports/${id}`)).state, 'done');
    await undo.click();
    await page.getByRole('button', { name: 'Undo import' }).click();
    await page.waitForFunction(() => /is undone/.test(document.querySelector('#imports-status').textContent));
    assert.equal(await page.textContent('#imports-status'),
      'The import of undo.csv is undone: 2 records removed, 0 set back, 0 kept because a later import has them too.');
    assert.equal((await service.json(`/imports/${id}`)).state, 'undone');
    assert.equal(await undo.count(), 0);
    assert.match(await page.innerText('.import >> nth=0'), /undo\.csv\s+Undone/);
  });
});

test('an upload is cancelled while it is sent, and nothing is imported', async () => {
  const before = (await service.json('/imports')).numberMatched;
  await open('/data', DESKTOP, async (page) => {
    await page.route('**/imports?name=*', () => undefined); // never answered
    await upload(page, file('slow.csv', csv('SLOW', ['High Street'])));
    await page.getByRole('button', { name: 'Cancel import' }).click();
    await page.waitForFunction(() => /slow\.csv was cancelled/.test(document.querySelector('#imports-status').textContent));
    assert.equal(await page.textContent('#progress'), '');
    assert.equal((await service.json('/imports')).numberMatched, before);
  });
});

test('an import is cancelled while it is read, and leaves no record', async () => {
  const before = (await service.json('/health')).incidents;
  const many = csv('MANY', Array.from({ length: 60_000 }, (_, index) => `${index} High Street, Leicester`));
  await open('/data', DESKTOP, async (page) => {
    await upload(page, file('many.csv', many));
    await page.waitForFunction(() => /turn|read/.test(document.querySelector('.progress p')?.textContent ?? ''));
    await page.getByRole('button', { name: 'Cancel import' }).click();
    await page.waitForSelector('#result-heading');
    assert.match(await page.innerText('#result-heading'), /many\.csv: (cancelled|undone)/);
    await page.waitForFunction(() => document.querySelector('#progress').childElementCount === 0);
    assert.equal((await service.json('/health')).incidents, before);
  });
});

test('quality says what the service found, in words and figures', async () => {
  const quality = await service.json('/quality');
  await open('/data?part=quality', DESKTOP, async (page) => {
    await page.waitForSelector('.grouping');
    const summary = plain(await page.innerText('#quality-status'));
    assert.equal(summary, `Hit rate ${(quality.hit_rate * 100).toFixed(1)} %, ${quality.below_gate ? 'below' : 'above'} the gate of 85 %.`);
    assert.equal(await page.locator('.grouping').count(), quality.groupings.length);
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
    const below = quality.groupings.reduce((sum, { groups_below_gate: count }) => sum + count, 0);
    assert.ok(below > 0);
    assert.equal(await page.locator('.grouping td', { hasText: /^below gate$/ }).count(), below);
    const rows = quality.groupings.reduce((sum, { groups }) => sum + groups.length, 0);
    assert.equal(await page.locator('.grouping tbody tr').count(), rows);
    const text = (await page.innerText('#quality-body')).toLowerCase();
    for (const { reading } of quality.dependence) assert.ok(text.includes(reading), reading);
    for (const { reason } of quality.traps) assert.ok(text.includes(reason.toLowerCase()), reason);
    await screenshot(page, 'data-desktop-quality');
    await page.getByRole('link', { name: /On the map/ }).first().click();
    await page.waitForURL(/\/#16\.00\/52\./);
    await page.waitForSelector('.hotspot');
  });
});

test('a part has its own address, back and forward move between parts, and a gone service is said so', async () => {
  await open('/data', PHONE, async (page) => {
    await page.waitForSelector('.import');
    await page.getByRole('link', { name: 'Quality' }).click();
    await page.waitForSelector('.grouping');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'quality-heading');
    assert.equal(new URL(page.url()).search, '?part=quality');
    await page.goBack();
    await page.waitForSelector('#imports:not([hidden])');
    assert.equal(await page.getAttribute('#link-imports', 'aria-current'), 'page');
    await page.route('**/quality', (route) => route.abort());
    await page.goForward();
    await page.waitForSelector('#quality-alert .problem');
    assert.match(await page.innerText('#quality-alert'), /does not answer/);
    assert.equal(await page.locator('.grouping').count(), 0);
    await page.unroute('**/quality');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.waitForSelector('.grouping');
  }, [/Failed to load resource/]);
});

for (const [name, viewport] of [['desktop', DESKTOP], ['phone', PHONE]]) {
  test(`the ${name} page has no violation in imports and quality, with everything open`, async () => {
    const { id } = await service.load('axe.csv', csv('AXE', ['High Street', 'Market Place']).replace('2026-10-02T22:10', 'never'));
    await open(`/data?import=${id}`, viewport, async (page) => {
      await page.waitForSelector('#result table');
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(await smallTargets(page), []);
      await page.getByRole('button', { name: 'Import', exact: true }).click(); // without a file
      await page.getByRole('button', { name: 'Undo axe.csv' }).first().click();
      assert.deepEqual(await violations(page, 10), []);
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Quality' }).click();
      await page.waitForSelector('.grouping');
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(await smallTargets(page), []);
    });
  });
}

test('nothing overflows a phone in any part', async () => {
  const [newest] = (await service.json('/imports')).imports;
  for (const [name, path] of [['import', `/data?import=${newest.id}`], ['quality', '/data?part=quality'], ['review', '/data?part=review']]) {
    await open(path, PHONE, async (page) => {
      await page.waitForSelector({ import: '#result-heading', quality: '.grouping', review: '#record form' }[name]);
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), PHONE.width, name);
      await screenshot(page, `data-phone-${name}`);
    });
  }
});
