// What both pages say above everything: the marking, and whether the data is a demo.
import type { Health } from './api.ts';
import { byId } from './dom.ts';

export function showHeading(health: Health, title: string): void {
  byId('demo').hidden = !health.demo;
  if (health.marking) byId('marking').textContent = health.marking;
  document.title = health.demo ? `DEMO: ${title}` : title;
}
