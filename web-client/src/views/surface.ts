// What a view other than the hotspots' gives: its words, its list, its legend, and what the map draws.
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';

import { collectionOf } from '../features.ts';
import { boxOf, type Box } from '../geometry.ts';

export type Kind = 'band' | 'cell' | 'higher' | 'lower' | 'health';

// A drawn area: `kind` chooses how, `colour` fills, `width` is its edge's, `said` is told of it.
export interface DrawnProperties {
  kind: Kind;
  colour: string;
  width: number;
  strong: boolean; // marked beyond its colour
  count: string; // written on it; may be empty
  said: string;
}

export type Drawn = Feature<Polygon | MultiPolygon, DrawnProperties>;

export interface Surface {
  summary: string;
  details: string[];
  body: HTMLElement[];
  legend: HTMLElement[];
  drawn: Drawn[];
}

export type GoTo = (box: Box) => void;

export function drawnCollection(drawn: readonly Drawn[]): FeatureCollection {
  return collectionOf([...drawn]);
}

// Where what is written on areas goes: the middle of each one's box.
export function countPoints(drawn: readonly Drawn[]): FeatureCollection {
  return collectionOf(drawn.filter(({ properties }) => properties.count !== '').map(({ geometry, properties }) => {
    const [west, south, east, north] = boxOf(geometry);
    const coordinates: Position = [(west + east) / 2, (south + north) / 2];
    return { type: 'Feature', geometry: { type: 'Point', coordinates }, properties };
  }));
}
