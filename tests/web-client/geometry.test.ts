import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Polygon, Position } from 'geojson';

import { boxOf, labelPoint } from '../../web-client/src/geometry.ts';

function polygon(...rings: Position[][]): Polygon {
  return { type: 'Polygon', coordinates: rings };
}

// Even-odd rule over all rings (Shimrat 1962, algorithm 112).
function contains(rings: Position[][], [x = 0, y = 0]: Position): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi = 0, yi = 0] = ring[i] ?? [];
      const [xj = 0, yj = 0] = ring[j] ?? [];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}

function star(points: number, phase: number): Position[] {
  const ring = Array.from({ length: points }, (_, i) => {
    const angle = (2 * Math.PI * i) / points;
    const radius = 1 + 0.7 * Math.sin(phase * (i % 5)) * Math.cos(i * 1.7 + phase);
    return [radius * Math.cos(angle) - 1.1, radius * Math.sin(angle) + 52.6];
  });
  return [...ring, ring[0] as Position];
}

test('the label of a square is near its middle', () => {
  const [x = 0, y = 0] = labelPoint(polygon([[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]])) ?? [];
  assert.ok(Math.abs(x - 2) < 0.01 && Math.abs(y - 2) < 0.2, `${x} ${y}`);
});

test('the label of a crescent lies in it, though its centroid does not', () => {
  const crescent = [[0, 0], [6, 0], [6, 1], [1, 1], [1, 5], [6, 5], [6, 6], [0, 6], [0, 0]];
  assert.ok(!contains([crescent], [3, 3]));
  assert.ok(contains([crescent], labelPoint(polygon(crescent)) ?? []));
});

test('a label keeps out of holes', () => {
  const rings = [[[0, 0], [6, 0], [6, 6], [0, 6], [0, 0]], [[1, 1], [1, 5], [5, 5], [5, 1], [1, 1]]];
  assert.ok(contains(rings, labelPoint(polygon(...rings)) ?? []));
});

test('labels of ragged shapes lie inside', () => {
  for (let round = 0; round < 200; ++round) {
    const ring = star(7 + (round % 40), round * 0.37);
    assert.ok(contains([ring], labelPoint(polygon(ring)) ?? []), `shape ${round}`);
  }
});

test('of several parts the largest is labelled, and the box holds all', () => {
  const small = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]];
  const large = [[10, 10], [14, 10], [14, 13], [10, 13], [10, 10]];
  const geometry = { type: 'MultiPolygon' as const, coordinates: [[small], [large]] };
  assert.ok(contains([large], labelPoint(geometry) ?? []));
  assert.deepEqual(boxOf(geometry), [0, 0, 14, 13]);
});

test('an empty geometry has no label', () => {
  assert.equal(labelPoint({ type: 'MultiPolygon', coordinates: [] }), null);
});
