// What GET /hotspots/{id}/why says of one hotspot.
import { getInBackground } from '../background.ts';
import { getJson } from '../http.ts';

export interface KnownShare {
  incidents: number;
  known: number;
  unknown: number;
  share: number | null; // of the known
  share_low: number | null;
  share_high: number | null;
}

export interface Times {
  weekdays: string[]; // "mon" ...
  incidents: number[][]; // by weekday and hour of the day; fractions where windows are spread
  hour_unknown: number[]; // by weekday
  unknown: number; // neither day nor hour is known
  spread: number; // of all: those spread over several hours
}

export interface SourceView {
  source: string;
  incidents: number;
  share_of_source: number | null;
  location_quotient: number; // times the source's mean density
  rank: number | null;
  ranked: number;
  hot_alone: boolean;
}

export interface Rates {
  now: number;
  before: number;
  in_either: number;
  difference: number;
  rate_ratio: number | null;
  rate_ratio_low: number | null;
  rate_ratio_high: number | null;
}

export interface Change {
  period: string;
  period_before: string | null;
  days: number | null;
  days_before: number | null;
  here: Rates | null;
  area: Rates | null;
  reason: string | null; // why there are no figures
}

export interface Why {
  rank: number;
  of: number;
  incidents: number;
  times: Times;
  groups: { group: string | null; incidents: number }[];
  knife: KnownShare;
  under_25: KnownShare;
  sources: { each: SourceView[]; agreement: string };
  streets: {
    top: { label: string; incidents: number }[] | null;
    reason?: string;
    on_no_street?: number;
  };
  median_uncertainty_m: number;
  on_default_points: number;
  hit_rate: { value: number | null; of: string; missed: number };
  change: Change;
}

// Where the reasons of a hotspot are; `query`: the parameters of the list that gave the id.
function pathOf(id: string, query: URLSearchParams, survival: 'yes' | 'no'): string {
  const parameters = new URLSearchParams(query);
  if (survival === 'no') parameters.set('survival', 'no');
  const text = parameters.toString();
  return `hotspots/${encodeURIComponent(id)}/why${text ? `?${text}` : ''}`;
}

// All but the survival: at once.
export function fetchWhy(id: string, query: URLSearchParams, signal: AbortSignal): Promise<Why> {
  return getJson<Why>(pathOf(id, query, 'no'), signal);
}

export interface Survival {
  survival: number;
  runs: number;
}

// What takes a second or more where nobody has asked for it before.
export async function fetchSurvival(id: string, query: URLSearchParams, signal: AbortSignal): Promise<Survival> {
  const whole = await getInBackground<{ stability: Survival }>(pathOf(id, query, 'yes'), { signal, progress: () => undefined });
  return whole.stability;
}
