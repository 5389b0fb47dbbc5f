// Which request makes which view.
import type { Following } from '../background.ts';
import { periodBefore } from '../period.ts';
import { analysisQuery, periodOf, type Shown, type State } from '../state.ts';
import { bandsSurface, fetchBands } from './bands.ts';
import { cellsSurface, fetchCells } from './cells.ts';
import { comparisonSurface, fetchComparison } from './compare.ts';
import type { GoTo, Surface } from './surface.ts';

const HEADINGS: Record<Shown, string> = {
  hotspots: 'Hotspots by rank', bands: 'Density bands', cells: 'Cells by rank', compare: 'Comparison',
};

export function headingOf(shown: Shown): string {
  return HEADINGS[shown];
}

// A source is compared with another one: where the filters name none, or the same, with the police's
// records, and those of the police with the emergency department's.
export function comparisonQuery({ filters, against }: State, defaultPeriod: string): URLSearchParams {
  const query = analysisQuery(filters, defaultPeriod);
  if (against === 'before') {
    const before = periodBefore(periodOf(filters, defaultPeriod));
    if (before) query.set('with_datetime', before);
    return query;
  }
  const own = filters.choices.source;
  if (!own || own === against) query.set('source', against === 'police' ? 'ed' : 'police');
  query.set('with_source', against);
  return query;
}

// Parameters that an answer does not take are left out: `top` makes hotspots alone, cells have no
// bandwidth. Throws Problem.
export async function fetchSurface(state: State, defaultPeriod: string, following: Following, goTo: GoTo): Promise<Surface> {
  const { filters, shown } = state;
  if (shown === 'compare') return comparisonSurface(await fetchComparison(comparisonQuery(state, defaultPeriod), following), goTo);
  if (shown === 'cells') {
    return cellsSurface(await fetchCells(analysisQuery(filters, defaultPeriod, ['top', 'bandwidth']), following.signal), goTo);
  }
  return bandsSurface(await fetchBands(analysisQuery(filters, defaultPeriod, ['top']), following.signal));
}
