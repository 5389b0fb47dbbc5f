// Whether the hotspots are real: stability and back-test, both made in the background.
import { type Following, getInBackground } from '../background.ts';

export interface Stability {
  runs: { all: number };
  hotspots: { id: string; survival: number; runs: number }[];
}

export interface Estimate {
  value: number;
  low: number;
  high: number;
}

export interface Forecast {
  places: number;
  area_share: number;
  incidents_next: number;
  hit_rate: Estimate | null;
  pai: Estimate | null;
  pei: Estimate | null;
  rri: Estimate | null;
}

interface Expected {
  expected: number;
  low: number;
  high: number;
}

export interface Evaluation {
  first: { period: string; incidents: number };
  next: { period: string; incidents: number };
  hotspots: Forecast;
  cells: Forecast;
  chance: { area_share: number; hit_rate: Expected | null; pai: Expected | null };
}

function withQuery(path: string, query: URLSearchParams): string {
  const parameters = query.toString();
  return parameters ? `${path}?${parameters}` : path;
}

export function fetchStability(query: URLSearchParams, following: Following): Promise<Stability> {
  return getInBackground<Stability>(withQuery('analysis/stability', query), following);
}

export function fetchEvaluation(query: URLSearchParams, following: Following): Promise<Evaluation> {
  return getInBackground<Evaluation>(withQuery('hotspots/evaluation', query), following);
}
