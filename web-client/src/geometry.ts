// Where to write a polygon's name, and what box it fills. Longitude/latitude in degrees.
import type { MultiPolygon, Polygon, Position } from 'geojson';

export type Box = [west: number, south: number, east: number, north: number];

const SCANLINES = 24;

function ringArea(ring: Position[]): number {
  let sum = 0;
  for (let i = 1; i < ring.length; ++i) {
    const [x0 = 0, y0 = 0] = ring[i - 1] ?? [];
    const [x1 = 0, y1 = 0] = ring[i] ?? [];
    sum += x0 * y1 - x1 * y0;
  }
  return Math.abs(sum / 2);
}

function polygonsOf(geometry: Polygon | MultiPolygon): Position[][][] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

// Longitudes at which the polygon's rings cross the latitude, ascending.
function crossings(polygon: Position[][], latitude: number): number[] {
  const found: number[] = [];
  for (const ring of polygon) {
    for (let i = 1; i < ring.length; ++i) {
      const [x0 = 0, y0 = 0] = ring[i - 1] ?? [];
      const [x1 = 0, y1 = 0] = ring[i] ?? [];
      if (y0 > latitude !== y1 > latitude) found.push(x0 + ((latitude - y0) / (y1 - y0)) * (x1 - x0));
    }
  }
  return found.sort((a, b) => a - b);
}

// A point inside the largest part: the middle of the widest stretch of the scan lines through it,
// those near its middle preferred. Null for an empty geometry.
export function labelPoint(geometry: Polygon | MultiPolygon): Position | null {
  let largest: Position[][] | null = null;
  let largestArea = 0;
  for (const polygon of polygonsOf(geometry)) {
    const size = ringArea(polygon[0] ?? []);
    if (size > largestArea) [largest, largestArea] = [polygon, size];
  }
  if (!largest) return null;
  const [, south, , north] = boxOf({ type: 'Polygon', coordinates: largest });
  let best: Position | null = null;
  let bestScore = 0;
  for (let line = 0; line < SCANLINES; ++line) {
    const along = (line + 0.5) / SCANLINES;
    const latitude = south + along * (north - south);
    const found = crossings(largest, latitude);
    for (let i = 0; i + 1 < found.length; i += 2) {
      const [from = 0, to = 0] = found.slice(i, i + 2);
      const score = (to - from) * along * (1 - along);
      if (score > bestScore) [best, bestScore] = [[(from + to) / 2, latitude], score];
    }
  }
  return best;
}

export function boxOf(geometry: Polygon | MultiPolygon): Box {
  const box: Box = [180, 90, -180, -90];
  for (const [longitude = 0, latitude = 0] of polygonsOf(geometry).flat(2)) {
    box[0] = Math.min(box[0], longitude);
    box[1] = Math.min(box[1], latitude);
    box[2] = Math.max(box[2], longitude);
    box[3] = Math.max(box[3], latitude);
  }
  return box;
}
