// Every tile of the study area is decoded with @mapbox/vector-tile, the reference reader: the union
// of a zoom's tiles must hold every feature that the collection has, whole and in place.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { PbfReader, VectorTile } from './modules.mjs';
import { address, getJson } from './service.mjs';

const ZOOMS = [6, 7, 8, 9, 10, 11, 12];

// Slippy-map tile numbers: the formula of WebMercatorQuad (OGC 17-083r4, annex D).
function tileOf(longitude, latitude, zoom) {
  const scale = 2 ** zoom;
  const radians = (latitude * Math.PI) / 180;
  const x = ((longitude + 180) / 360) * scale;
  const y = ((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * scale;
  return [Math.floor(x), Math.floor(y)];
}

function boxOf(features) {
  const positions = features.flatMap(({ geometry }) => geometry.coordinates.flat(Infinity));
  const longitudes = positions.filter((_, i) => i % 2 === 0);
  const latitudes = positions.filter((_, i) => i % 2 === 1);
  const least = (values) => values.reduce((a, b) => Math.min(a, b));
  const most = (values) => values.reduce((a, b) => Math.max(a, b));
  return [least(longitudes), least(latitudes), most(longitudes), most(latitudes)];
}

// The layer's features of one tile; none for an empty tile.
async function decode(collection, zoom, x, y) {
  const response = await fetch(`${address}/tiles/${collection}/${zoom}/${x}/${y}.mvt`);
  if (response.status === 204) return [];
  assert.equal(response.status, 200, `${collection} ${zoom}/${x}/${y}`);
  const tile = new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer())));
  assert.deepEqual(Object.keys(tile.layers), [collection]);
  const layer = tile.layers[collection];
  assert.equal(layer.version, 2);
  return Array.from({ length: layer.length }, (_, i) => layer.feature(i).toGeoJSON(x, y, zoom));
}

async function decodeZoom(collection, zoom, [west, south, east, north]) {
  const [left, top] = tileOf(west, north, zoom);
  const [right, bottom] = tileOf(east, south, zoom);
  const features = [];
  for (let x = left; x <= right; ++x) {
    const column = Array.from({ length: bottom - top + 1 }, (_, i) => decode(collection, zoom, x, top + i));
    features.push(...(await Promise.all(column)).flat());
  }
  return features;
}

const KEYS = {
  wards: ({ properties }) => properties.code,
  authorities: ({ properties }) => properties.code,
  hotspots: ({ properties }) => `${properties.rank} ${properties.label}`,
};

let area; // of all wards: what the tiles cover
before(async () => (area = boxOf((await getJson('/collections/wards/items?limit=10000')).features)));

for (const collection of Object.keys(KEYS)) {
  test(`the tiles of each zoom hold every feature of ${collection}`, async () => {
    const { features, numberMatched } = await getJson(`/collections/${collection}/items?limit=10000`);
    assert.ok(features.length > 0 && features.length === numberMatched);
    const expected = features.map(KEYS[collection]).sort();
    for (const zoom of ZOOMS) {
      const decoded = await decodeZoom(collection, zoom, area);
      assert.deepEqual([...new Set(decoded.map(KEYS[collection]))].sort(), expected, `zoom ${zoom}`);
    }
  });
}

test('at zoom 12 the pieces of a ward fill the box that the ward fills', async () => {
  const { features } = await getJson('/collections/wards/items?limit=10000');
  const pieces = Map.groupBy(await decodeZoom('wards', 12, area), KEYS.wards);
  const pixel = 360 / 2 ** 12 / 4096; // degrees of longitude of a tile unit
  for (const ward of features) {
    const whole = boxOf([ward]);
    const found = boxOf(pieces.get(ward.properties.code));
    for (const side of [0, 1, 2, 3]) {
      assert.ok(Math.abs(whole[side] - found[side]) < 8 * pixel, `${ward.properties.name}: ${whole} and ${found}`);
    }
  }
});

test('street names come as points with name and kind from zoom 12', async () => {
  const { minzoom } = await getJson('/tiles/gazetteer.json');
  assert.equal(minzoom, 12);
  const names = await decodeZoom('gazetteer', 12, area);
  assert.ok(names.length > 0, 'the demo has names');
  for (const { geometry, properties } of names) {
    assert.equal(geometry.type, 'Point');
    assert.match(properties.name, /\S/);
    assert.ok(['street', 'place', 'poi'].includes(properties.kind), properties.kind);
  }
});
