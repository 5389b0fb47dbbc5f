// axe-core's rules for WCAG 2.0 to 2.2, A and AA, and the least size of what is clicked.
import assert from 'node:assert/strict';

import { axeSource } from './modules.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// `least`: rules that must have found something to apply to; an open dialog hides the page from most.
export async function violations(page, least = 20) {
  await page.evaluate(axeSource);
  const { violations: found, passes } = await page.evaluate(
    (tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags } }), TAGS);
  assert.ok(passes.length > least, `only ${passes.length} rules applied`);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

// What can be clicked and is smaller than 24 by 24 pixels (WCAG 2.2, 2.5.8; links in sentences may be).
export function smallTargets(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, select, summary, label.day, label.choice, input:not([type="radio"], [type="checkbox"])')]
      .filter((node) => node.checkVisibility())
      .map((node) => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
      .filter(([, { width, height }]) => width < 24 || height < 24)
      .map(([html, { width, height }]) => `${html} ${width}x${height}`));
}
