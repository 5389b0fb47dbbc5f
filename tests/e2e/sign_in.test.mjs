// Signing in and out in a real browser: with the keyboard, on a phone, without script.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { smallTargets, violations } from './axe.mjs';
import { DESKTOP, launchBrowser, PHONE, resultsAreShown, screenshot, withPage } from './browser.mjs';
import { address, DEMO_PASSWORD } from './service.mjs';

let browser;
before(async () => (browser = await launchBrowser()));
after(() => browser.close());

const REFUSED = [/Failed to load resource/];
const open = (viewport, use) => withPage(browser, viewport, address, use, REFUSED, {});

async function fill(page, name, password = DEMO_PASSWORD, purpose = 'Tasking and briefing') {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByLabel('Purpose').selectOption(purpose);
}

test('whoever is not signed in is led to sign in and back, and out again', async () => {
  await open(DESKTOP, async (page) => {
    await page.goto(`${address}/data?part=quality`);
    await page.waitForURL(/\/sign-in\?next=/);
    await fill(page, 'analyst');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${address}/data?part=quality`);
    await page.locator('#account', { hasText: 'Sign out' }).waitFor(); // the page's policy lets nothing be evaluated
    assert.match(await page.innerText('#account'), /Signed in as analyst \(analyst\)/);
    await screenshot(page, 'desktop-signed-in');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${address}/sign-in`);
    assert.equal(await page.getByLabel('Name').inputValue(), '');
    await page.goto(`${address}/data`);
    await page.waitForURL(/\/sign-in\?next=%2Fdata/);
  });
});

test('the keyboard is enough, and a wrong password is said beside the fields, none of it kept', async () => {
  await open(DESKTOP, async (page) => {
    await page.goto(`${address}/sign-in`);
    await page.getByLabel('Name').focus();
    await page.keyboard.type('inspector');
    await page.keyboard.press('Tab');
    await page.keyboard.type('certainly not this one');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Inv');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#credentials-fault');
    assert.match(await page.title(), /Not signed in/);
    assert.equal(await page.getByLabel('Name').inputValue(), 'inspector');
    assert.equal(await page.getByLabel('Password').inputValue(), '');
    assert.equal(await page.getByLabel('Purpose').inputValue(), 'Investigation');
    assert.equal(await page.getByLabel('Password').getAttribute('aria-describedby'), 'credentials-fault');
    await screenshot(page, 'desktop-sign-in-refused');
    await page.getByLabel('Password').fill(DEMO_PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${address}/`);
    await resultsAreShown(page);
    assert.ok(await page.locator('.hotspot').count() > 0);
  });
});

test('on a phone the page fits, its targets are large, and it is accessible', async () => {
  await open(PHONE, async (page) => {
    await page.goto(`${address}/sign-in`);
    await screenshot(page, 'phone-sign-in');
    assert.deepEqual(await violations(page, 12), []);
    assert.deepEqual(await smallTargets(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await fill(page, 'inspector');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${address}/`);
    await resultsAreShown(page);
    await screenshot(page, 'phone-signed-in');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  });
});

test('no script is needed', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    await page.goto(`${address}/sign-in?next=/collections%3Ff%3Dhtml`);
    await fill(page, 'panel');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${address}/collections?f=html`);
    await page.getByRole('link', { name: 'Sign in or out' }).click();
    assert.match(await page.innerText('main'), /signed in as panel \(panel\)/);
    await page.getByRole('button', { name: 'Sign out' }).click();
    assert.doesNotMatch(await page.innerText('main'), /signed in as/);
  } finally {
    await context.close();
  }
});
