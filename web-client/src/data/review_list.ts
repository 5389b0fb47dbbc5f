// The records that wait for a person, a page at a time, and why.
import { byId, element, labelledSelect, setSelect } from '../dom.ts';
import { count } from '../format.ts';
import { REASONS, type ReviewItem, type ReviewPage } from './review_api.ts';
import { itemFacts, itemTitle, reasonShort } from './review_words.ts';
import { PAGE_SIZE } from './state.ts';

export interface ReviewListCalls {
  open(id: number): void;
  filter(reason: string): void;
  page(offset: number): void;
}

export interface ReviewList {
  show(page: ReviewPage, reason: string, offset: number): void;
  clear(): void;
  select(id: number | null): void;
}

function entry({ id, reason, ...item }: ReviewItem, open: (id: number) => void): [number, HTMLElement, HTMLElement] {
  const button = element('button', { type: 'button', class: 'item' },
    element('span', { class: 'name' }, itemTitle(item)),
    element('span', { class: 'quiet-text' }, `${reasonShort(reason)} · ${itemFacts({ id, reason, ...item })}`));
  button.addEventListener('click', () => open(id));
  return [id, button, element('li', {}, button)];
}

export function makeReviewList(calls: ReviewListCalls): ReviewList {
  const host = byId('review-list');
  const pages = byId('review-pages');
  const { field, select } = labelledSelect('review-reason', 'Why', [['', 'All reasons']], '');
  select.addEventListener('change', () => calls.filter(select.value));
  byId('review-filter').replaceChildren(field);
  const buttons = new Map<number, HTMLElement>();

  const showReasons = (page: ReviewPage, reason: string) => {
    const all = REASONS.reduce((sum, name) => sum + (page.by_reason[name] ?? 0), 0);
    select.replaceChildren(element('option', { value: '' }, `All reasons (${count(all)})`),
      ...REASONS.map((name) => element('option', { value: name }, `${reasonShort(name)} (${count(page.by_reason[name] ?? 0)})`)));
    setSelect(select, reason);
  };
  const showPages = (offset: number, matched: number) => {
    const turn = (text: string, to: number) => {
      const button = element('button', { type: 'button', class: 'quiet' }, text);
      button.addEventListener('click', () => calls.page(to));
      return button;
    };
    pages.replaceChildren(
      ...(offset > 0 ? [turn('Previous', Math.max(0, offset - PAGE_SIZE))] : []),
      ...(offset + PAGE_SIZE < matched ? [turn('More', offset + PAGE_SIZE)] : []));
  };
  const clear = () => {
    buttons.clear();
    host.replaceChildren();
    pages.replaceChildren();
    host.hidden = true;
  };
  return {
    clear,
    show(page, reason, offset) {
      clear();
      for (const item of page.items) {
        const [id, button, node] = entry(item, calls.open);
        buttons.set(id, button);
        host.append(node);
      }
      host.hidden = buttons.size === 0;
      showReasons(page, reason);
      showPages(offset, page.numberMatched);
    },
    select(id) {
      for (const [key, button] of buttons) {
        if (key === id) button.setAttribute('aria-current', 'true');
        else button.removeAttribute('aria-current');
      }
      const chosen = id === null ? null : buttons.get(id);
      // The list alone scrolls, not the page.
      if (chosen) host.scrollTop = chosen.offsetTop - host.offsetTop - host.clientHeight / 3;
    },
  };
}
