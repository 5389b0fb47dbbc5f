// Packs the built pages, scripts and styles by Brotli, which costs too much to do for each request:
//   node pack-files.mjs FOLDER   ->   FOLDER/index.html.br, FOLDER/assets/index-....js.br, ...
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const PACKED = /\.(html|js|mjs|css|svg|json)$/;
const SMALLEST_BYTES = 1024; // below it a packet holds either

const folder = process.argv[2];
for (const name of readdirSync(folder, { recursive: true }).sort()) {
  const path = join(folder, name);
  if (!PACKED.test(name) || statSync(path).size < SMALLEST_BYTES) continue;
  const bytes = readFileSync(path);
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }));
}
