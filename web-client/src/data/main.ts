// The data analyst's page: imports, quality, review. The address is the state; each part asks the
// service for itself when it is shown.
import { showAccount } from '../account.ts';
import { fetchHealth } from '../api.ts';
import { byId } from '../dom.ts';
import { showHeading } from '../heading.ts';
import { ImportsPart } from './imports.ts';
import { makeQualityPart } from './quality.ts';
import { ReviewPart } from './review.ts';
import { type DataPart, type DataState, dataState, type Part, PARTS, readDataState, writeDataState } from './state.ts';

let state = readDataState(location.search);

function goTo(next: DataState, way: 'push' | 'replace'): void {
  state = next;
  const address = `${location.pathname}${writeDataState(state)}`;
  if (way === 'push') history.pushState(null, '', address);
  else history.replaceState(null, '', address);
}

const parts: Record<Part, DataPart> = {
  imports: new ImportsPart(goTo),
  quality: makeQualityPart(),
  review: new ReviewPart(goTo),
};

function showPart(): void {
  for (const part of PARTS) {
    byId(part).hidden = part !== state.part;
    const link = byId(`link-${part}`);
    if (part === state.part) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  parts[state.part].show(state);
}

for (const part of PARTS) {
  byId(`link-${part}`).addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab or window of its own
    event.preventDefault();
    goTo(dataState(part), 'push');
    showPart();
    byId(part).querySelector<HTMLElement>('h2')?.focus();
  });
}

window.addEventListener('popstate', () => {
  state = readDataState(location.search);
  showPart();
});

window.addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true;
});

showPart();
void showAccount(byId('account'));
// The part says itself if the service does not answer.
void fetchHealth().then((health) => showHeading(health, 'Data: LLR Hotspots'), () => undefined);
