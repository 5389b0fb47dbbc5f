// The ranked list beside the map: one button a hotspot; the chosen one opens its card below itself.
import type { Hotspot, Hotspots } from './api.ts';
import { cardSurvival } from './card.ts';
import { element } from './dom.ts';
import { counted, percent } from './format.ts';
import { bandOf } from './words.ts';

export interface RankedList {
  // Replaces the list. Null: there is nothing to show.
  show(answer: Hotspots | null): void;
  // Opens the hotspot's card, scrolled into view, and closes the one before.
  select(id: string | null): void;
  // Says again what is known of each hotspot's survival.
  showSurvival(): void;
}

interface Entry {
  item: HTMLElement;
  button: HTMLButtonElement;
  panel: HTMLElement;
  survival: HTMLElement;
  hotspot: Hotspot;
}

export interface ListCalls {
  chosen(id: string | null): void;
  cardOf(hotspot: Hotspot, closed: AbortSignal): HTMLElement;
  survivalOf(id: string): string; // in words; empty: not known
}

function survivalText(words: string): string {
  return words ? `; ${words}` : '';
}

export function makeRankedList(host: HTMLElement, { chosen, cardOf, survivalOf }: ListCalls): RankedList {
  const entries = new Map<string, Entry>();
  let open: Entry | null = null;
  let closing = new AbortController();

  const makeEntry = (hotspot: Hotspot, index: number): Entry => {
    const { rank, label, incidents, share, wards } = hotspot.properties;
    const panelId = `hotspot-card-${index}`;
    const survival = element('span', { class: 'survival' }, survivalText(survivalOf(hotspot.id)));
    const button = element('button', { type: 'button', class: 'hotspot', 'aria-expanded': 'false', 'aria-controls': panelId },
      element('span', { class: `rank band-${bandOf(rank)}` }, String(rank)),
      element('span', { class: 'name' }, label || wards.join(', ') || 'Unnamed place'),
      element('span', { class: 'figure' }, 
        `${counted(incidents, 'incident', 'incidents')}, ${percent(share)}`, survival));
    button.addEventListener('click', () => chosen(open?.hotspot.id === hotspot.id ? null : hotspot.id));
    const panel = element('div', { id: panelId, hidden: true });
    return { item: element('li', {}, button, panel), button, panel, survival, hotspot };
  };
  const setOpen = (entry: Entry, isOpen: boolean) => {
    entry.button.setAttribute('aria-expanded', String(isOpen));
    entry.panel.hidden = !isOpen;
    closing.abort();
    closing = new AbortController();
    entry.panel.replaceChildren(...(isOpen ? [cardOf(entry.hotspot, closing.signal)] : []));
  };

  return {
    show(answer) {
      entries.clear();
      open = null;
      closing.abort();
      answer?.features.forEach((hotspot, index) => entries.set(hotspot.id, makeEntry(hotspot, index)));
      host.replaceChildren(...[...entries.values()].map(({ item }) => item));
      host.hidden = entries.size === 0;
    },
    select(id) {
      const next = id === null ? null : entries.get(id) ?? null;
      if (open && open !== next) setOpen(open, false);
      if (next && next !== open) setOpen(next, true);
      open = next;
      next?.item.scrollIntoView({ block: 'nearest' });
    },
    showSurvival() {
      for (const { survival, hotspot } of entries.values()) survival.textContent = survivalText(survivalOf(hotspot.id));
      const inCard = open?.panel.querySelector('.survival');
      if (open && inCard) inCard.textContent = cardSurvival(survivalOf(open.hotspot.id));
    },
  };
}
