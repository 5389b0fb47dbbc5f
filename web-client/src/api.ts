// The map's answers from the service and how they are asked for. Addresses are relative to the page.
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';

import { getJson } from './http.ts';

export interface Scope {
  name: string;
  title: string;
}

export interface Health {
  demo: boolean;
  scopes: Scope[];
  defaultScope: string;
  defaultPeriod: string; // "2023-10-01/2025-09-30"; empty without records
  marking: string;
}

export interface HotspotProperties {
  rank: number;
  label: string;
  incidents: number;
  share: number; // of the mapped incidents, 0..1
  area_km2: number;
  peak_per_km2: number;
  top_percent: number;
  wards: string[];
  hit_rate: number | null;
}

export type Hotspot = Feature<Polygon | MultiPolygon, HotspotProperties> & { id: string };

// What every answer that counts says of the records it counts, and of those it leaves out.
export interface Counts {
  period: string;
  in_scope: number; // in scope, in period, matching every filter: mapped or not
  unmapped: number;
  outside: number;
  review: number;
  filter_unknown: number; // left out because a filtered field is unknown
  too_uncertain?: number; // mapped, but left out of a density
  hit_rate: number | null;
}

export interface Hotspots extends FeatureCollection<Polygon | MultiPolygon, HotspotProperties>, Counts {
  features: Hotspot[];
  numberMatched: number;
  too_uncertain: number;
  bandwidth_m: number;
  level_per_km2: number;
  floor_reached: boolean;
  not_drawn: number;
  not_drawn_incidents: number;
}

export type NamedAreas = FeatureCollection<Polygon | MultiPolygon, { code: string; name: string }>;

export function fetchHealth(signal?: AbortSignal): Promise<Health> {
  return getJson<Record<string, unknown>>('health', signal).then(readHealth);
}

export function fetchHotspots(query: URLSearchParams, signal: AbortSignal): Promise<Hotspots> {
  const all = new URLSearchParams(query);
  all.set('limit', '10000');
  return getJson<Hotspots>(`collections/hotspots/items?${all}`, signal);
}

export function fetchAreas(collection: 'wards' | 'authorities'): Promise<NamedAreas> {
  return getJson<NamedAreas>(`collections/${collection}/items?limit=10000`);
}

export interface TileJson {
  bounds?: [number, number, number, number];
  minzoom?: number;
  maxzoom?: number;
}

export function fetchTileJson(collection: string): Promise<TileJson> {
  return getJson<TileJson>(`tiles/${collection}.json`);
}

// MapLibre's worker knows no page: tile addresses are absolute.
export function tileAddress(collection: string): string {
  return `${new URL('.', document.baseURI).href}tiles/${collection}/{z}/{x}/{y}.mvt`;
}

function readHealth(body: Record<string, unknown>): Health {
  const text = (name: string) => (typeof body[name] === 'string' ? (body[name] as string) : '');
  const scopes = Array.isArray(body['scopes']) ? (body['scopes'] as unknown[]) : [];
  return {
    demo: body['demo'] === true,
    scopes: scopes.map(readScope),
    defaultScope: text('default_scope'),
    defaultPeriod: text('default_period'),
    marking: text('marking'),
  };
}

function readScope(scope: unknown): Scope {
  const { name, title } = scope as { name: string; title?: string };
  return { name, title: title || name };
}
