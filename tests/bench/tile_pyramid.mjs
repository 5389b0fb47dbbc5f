// The peer of tile_pyramid.cpp: geojson-vt and vt-pbf, gzip by zlib, all tiles of zooms 0 to 14.
// node tile_pyramid.mjs POINTS.csv OUT: prints seconds (with and without packing) as JSON.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

const require = createRequire(`${process.cwd()}/package.json`);
const load = async (name) => import(pathToFileURL(require.resolve(name)).href);
const GeoJSONVT = (await import(pathToFileURL(`${process.cwd()}/node_modules/geojson-vt/src/index.js`))).default;
const vtpbf = await load('vt-pbf');
const fromGeojsonVt = vtpbf.fromGeojsonVt ?? vtpbf.default.fromGeojsonVt;

const features = readFileSync(process.argv[2], 'utf8').trim().split('\n').map((line, row) => {
  const [longitude, latitude, incident_id, kind, occurred_from] = line.split(',');
  return {
    type: 'Feature',
    id: row + 1,
    geometry: { type: 'Point', coordinates: [Number(longitude), Number(latitude)] },
    properties: { incident_id, kind, occurred_from },
  };
});

// Pairs, as vt-pbf reads them, of the flat arrays of geojson-vt 5.
const pairs = (geometry) => typeof geometry[0] === 'number'
  ? Array.from({ length: geometry.length / 2 }, (_, i) => [geometry[2 * i], geometry[2 * i + 1]]) : geometry;

const begun = performance.now();
const index = new GeoJSONVT({ type: 'FeatureCollection', features },
  { maxZoom: 14, indexMaxZoom: 14, indexMaxPoints: 0, tolerance: 0, extent: 4096, buffer: 64 });
const counts = {};
const packed = [];
let packing = 0;
let looking = 0; // time that is not the peer's
for (const { z, x, y } of index.tileCoords) {
  const tile = index.getTile(z, x, y);
  if (!tile?.features.length) continue;
  const arrived = performance.now();
  for (const feature of tile.features) {
    feature.geometry = pairs(feature.geometry);
    const [[px, py]] = feature.geometry;
    if (px >= 0 && px < 4096 && py >= 0 && py < 4096) counts[z] = (counts[z] ?? 0) + 1;
  }
  looking += performance.now() - arrived;
  const bytes = fromGeojsonVt({ points: tile }, { version: 2, extent: 4096 });
  const before = performance.now();
  packed.push(gzipSync(bytes));
  packing += performance.now() - before;
}
const bytes = Buffer.concat(packed);
writeFileSync(process.argv[3], bytes);
const seconds = (performance.now() - begun - looking) / 1000;
console.log(JSON.stringify({ seconds, unpacked_seconds: seconds - packing / 1000, tiles: packed.length,
  bytes: bytes.length, counts }));
