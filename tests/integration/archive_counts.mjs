// Reads every tile of a PMTiles archive with npm's pmtiles and @mapbox/vector-tile: how many features each
// layer has over all tiles, and how many points each zoom's tiles hold without their buffers, by point_count.
// node archive_counts.mjs FILE: prints JSON.
import { openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('../../web-client/package.json', import.meta.url));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { PMTiles, tileIdToZxy } = await load('pmtiles');
const { VectorTile } = await load('@mapbox/vector-tile');
const { PbfReader } = await load('pbf');

const file = openSync(process.argv[2]);
const archive = new PMTiles({
  getKey: () => process.argv[2],
  getBytes: async (offset, length) => {
    const bytes = Buffer.alloc(length);
    const read = readSync(file, bytes, 0, length, offset);
    return { data: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + read) };
  },
});

async function* entries(directory) {
  for (const entry of directory) {
    if (entry.runLength > 0) {
      for (let i = 0; i < entry.runLength; ++i) yield entry.tileId + i;
    } else {
      const header = await archive.getHeader();
      yield* entries(await archive.cache.getDirectory(archive.source, header.leafDirectoryOffset + entry.offset,
        entry.length, header));
    }
  }
}

const header = await archive.getHeader();
const root = await archive.cache.getDirectory(archive.source, header.rootDirectoryOffset,
  header.rootDirectoryLength, header);
const counts = {};
const features = {};
let tiles = 0;
for await (const id of entries(root)) {
  const [z, x, y] = tileIdToZxy(id);
  const { data } = await archive.getZxy(z, x, y);
  ++tiles;
  for (const layer of Object.values(new VectorTile(new PbfReader(new Uint8Array(data))).layers)) {
    features[layer.name] = (features[layer.name] ?? 0) + layer.length;
    for (let i = 0; i < layer.length; ++i) {
      const feature = layer.feature(i);
      if (feature.properties.point_count === undefined) continue;
      const [[{ x: px, y: py }]] = feature.loadGeometry();
      if (px >= 0 && px < 4096 && py >= 0 && py < 4096) counts[z] = (counts[z] ?? 0) + feature.properties.point_count;
    }
  }
}
console.log(JSON.stringify({ tiles, features, counts, metadata: await archive.getMetadata() }));
