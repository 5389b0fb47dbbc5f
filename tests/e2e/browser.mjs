// Debian's Chromium, headless, drawing WebGL in software. A page here fails its test on any console
// error and on any request that leaves the service.
import assert from 'node:assert/strict';
import { join } from 'node:path';

import { chromium } from './modules.mjs';
import { credentials, outputFolder } from './service.mjs';

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', // Chromium refuses to run as root with it
      '--disable-gpu', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
      '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run',
      '--disable-quic', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}

// A fresh page and what it did wrong so far. `expected` are console errors that the test provokes; `headers` go
// with all that it asks for, an administrator's key where nothing else is given.
export async function openPage(browser, viewport, serviceAddress, expected = [], headers = credentials(serviceAddress)) {
  const context = await browser.newContext({
    viewport, hasTouch: viewport.width < 600, locale: 'en-GB', timezoneId: 'Europe/London', reducedMotion: 'reduce',
    extraHTTPHeaders: headers,
  });
  const page = await context.newPage();
  const faults = [];
  const requests = [];
  context.on('request', (request) => {
    requests.push(request.url());
    const { protocol, origin } = new URL(request.url());
    const own = origin === serviceAddress || protocol === 'data:' || protocol === 'blob:';
    if (!own) faults.push(`request to ${request.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.some((pattern) => pattern.test(message.text()))) {
      faults.push(`console: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => faults.push(`page: ${error.stack ?? error.message}`));
  return { page, requests, faults, close: () => context.close() };
}

// Opens a page, hands it to `use`, and asserts that nothing went wrong meanwhile.
export async function withPage(browser, viewport, serviceAddress, use, expected = [], headers = undefined) {
  const opened = await openPage(browser, viewport, serviceAddress, expected, headers);
  try {
    await use(opened.page, opened.requests);
    assert.deepEqual(opened.faults, []);
  } finally {
    await opened.close();
  }
}

export async function mapIsDrawn(page) {
  await page.waitForSelector('#map[data-state="idle"]', { timeout: 60_000 });
}

// The list is there and no request for it is under way.
export async function resultsAreShown(page) {
  await page.waitForSelector('#results:not([aria-busy]) #status:not(.busy):not(:empty)', { timeout: 60_000 });
}

// The first hotspot's card, with its reasons.
export async function openFirstCard(page) {
  await page.locator('.hotspot').first().click();
  await page.waitForSelector('.why-body > p');
}

export function listNames(page) {
  return page.locator('.hotspot .name').allTextContents();
}

export function screenshot(page, name) {
  return page.screenshot({ path: join(outputFolder, `${name}.png`) });
}
