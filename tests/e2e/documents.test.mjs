// What the service says of itself, judged by others: the OpenAPI document by Redocly and Spectral, every JSON answer by
// its own schema (ajv), GeoJSON by the right-hand rule (RFC 7946, 3.1.6), styles by MapLibre's validator.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Ajv, addFormats, clientFolder, PbfReader, validateStyleMin } from './modules.mjs';
import { address, getJson } from './service.mjs';

// Parts of paths for which any value will do; {c} and {id} are found.
const PARTS = { z: 8, x: 126, y: 84, row: 84, col: 126, rest: 'none', fontstack: 'Noto Sans Regular', range: '0-255', name: 'everything', code: 'E05005479' };
const REQUIRED = { q: 'Granby Street, Leicester' };
const COLLECTIONS = ['wards', 'authorities', 'hotspots', 'cells', 'isobands', 'incidents'];
// The usual questions where the path alone is a wrong one.
const QUERIES = {
  '/analysis/compare': ['source=ed&with_source=police', 'datetime=2026-03&with_datetime=2025-03', 'source=ed&with_source=police&as=ratio'],
  '/analysis/near-repeat': ['datetime=2026-01/2026-10&permutations=99'],
};

let folder;
let api;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'llr-documents-'));
  api = await getJson('/api');
  writeFileSync(join(folder, 'api.json'), JSON.stringify(api));
});
after(() => rmSync(folder, { recursive: true, force: true }));

function runTool(tool, ...options) {
  const done = spawnSync(process.execPath, [join(clientFolder, 'node_modules/.bin', tool), 'lint', join(folder, 'api.json'), ...options],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, REDOCLY_TELEMETRY: 'off' } });
  return { code: done.status, said: done.stdout + done.stderr };
}

test('Redocly finds no error in the OpenAPI document', () => {
  const { code, said } = runTool('redocly', '--extends=recommended');
  assert.equal(code, 0, said);
  assert.match(said, /Your API description is valid/);
});

test('Spectral finds no error in the OpenAPI document', () => {
  const rules = join(folder, 'rules.json');
  writeFileSync(rules, JSON.stringify({ extends: ['spectral:oas'] }));
  const { code, said } = runTool('spectral', '--ruleset', rules, '--fail-severity', 'error');
  assert.equal(code, 0, said);
  assert.match(said, /\(0 errors,|No results with a severity/);
});

// The first item's id where the path is that of an item, a hotspot, a job, an import or a review.
const idOf = {
  '/collections/{c}/items/{id}': async (c) => (await getJson(`/collections/${c}/items?limit=1`)).features[0].id,
  '/hotspots/{id}/why': async () => (await getJson('/collections/hotspots/items?limit=1')).features[0].id,
  '/jobs/{id}': async () => {
    await getJson('/analysis/near-repeat?datetime=2026-01/2026-10&permutations=99');
    return (await getJson('/jobs')).jobs[0].id;
  },
  '/imports/{id}': async () => (await getJson('/imports')).imports[0].id,
  '/review/{id}': async () => (await getJson('/review?limit=1')).items[0].id,
  '/releases/{id}': async () => 'latest',
  '/tileMatrixSets/{id}': async () => 'WebMercatorQuad',
};

async function targetsOf(path) {
  const names = path.includes('{c}') ? COLLECTIONS : [''];
  const targets = [];
  for (const collection of names) {
    const id = path.includes('{id}') ? await idOf[path](collection) : '';
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, part) => encodeURIComponent({ c: collection, id, ...PARTS }[part]));
    for (const query of QUERIES[path] ?? ['']) targets.push(filled + (query ? `?${query}` : ''));
  }
  return targets;
}

function withRequired(target, operation) {
  const named = operation.parameters.map((parameter) => parameter.$ref ? api.components.parameters[parameter.$ref.split('/').at(-1)] : parameter);
  const needed = named.filter(({ in: place, required }) => place === 'query' && required);
  return needed.length > 0 ? `${target}?${needed.map(({ name }) => `${name}=${encodeURIComponent(REQUIRED[name])}`).join('&')}` : target;
}

// OpenAPI 3.0's schemas have draft 4's exclusive bounds; ajv knows `nullable`.
function draft7(schema) {
  if (Array.isArray(schema)) return schema.map(draft7);
  if (schema === null || typeof schema !== 'object') return schema;
  const made = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, draft7(value)]));
  if (made.exclusiveMinimum === true) made.exclusiveMinimum = made.minimum;
  return made;
}

const isJson = (type) => /[/+]json/.test(type);

// [path, media type, schema address] of every GET that may answer JSON.
function jsonAnswers() {
  const found = [];
  for (const [path, { get }] of Object.entries(api.paths)) {
    for (const [type, { schema }] of Object.entries(get?.responses['200']?.content ?? {})) {
      if (isJson(type)) found.push({ path, get, type, schema });
    }
  }
  return found;
}

// The right-hand rule: exteriors counterclockwise, holes clockwise.
function checkRings(geometry, where) {
  const polygons = geometry?.type === 'Polygon' ? [geometry.coordinates] : geometry?.type === 'MultiPolygon' ? geometry.coordinates : [];
  for (const rings of polygons) {
    rings.forEach((ring, index) => {
      assert.ok(ring.length >= 4 && ring[0].join() === ring.at(-1).join(), `${where}: a ring of ${ring.length} points that must close`);
      const [[x0, y0]] = ring; // near the ring, so that small areas keep their sign
      let twice = 0;
      for (let i = 1; i < ring.length; ++i) {
        twice += (ring[i - 1][0] - x0) * (ring[i][1] - y0) - (ring[i][0] - x0) * (ring[i - 1][1] - y0);
      }
      assert.ok(index === 0 ? twice > 0 : twice < 0, `${where}: ring ${index} runs the wrong way`);
    });
  }
}

test('every JSON answer of every path is as its own schema says, and GeoJSON keeps the right-hand rule', async (t) => {
  const ajv = new Ajv({ strict: false, validateSchema: false, allErrors: true, validateFormats: true });
  addFormats(ajv);
  ajv.addSchema({ $id: 'api', ...draft7({ components: api.components }) });
  const validators = new Map();
  const validatorOf = (schema) => {
    const key = JSON.stringify(schema);
    if (!validators.has(key)) {
      validators.set(key, ajv.compile(JSON.parse(JSON.stringify(draft7(schema)).replaceAll('"#/components', '"api#/components'))));
    }
    return validators.get(key);
  };
  const undescribed = [];
  let checked = 0;
  let polygons = 0;
  for (const { path, get, type, schema } of jsonAnswers()) {
    if (!schema) {
      undescribed.push(`${path} ${type}`);
      continue;
    }
    for (const target of await targetsOf(path)) {
      const answer = await fetch(address + withRequired(target, get), { headers: { accept: type, prefer: 'wait=60' } });
      const text = await answer.text();
      assert.equal(answer.status, 200, `${target}: ${text.slice(0, 300)}`);
      const given = answer.headers.get('content-type').split(';')[0];
      assert.ok(Object.keys(get.responses['200'].content).some((listed) => listed.split(';')[0] === given), `${target} answers ${given}`);
      const body = JSON.parse(text);
      const validate = validatorOf(schema);
      assert.ok(validate(body), `${target}: ${ajv.errorsText(validate.errors?.slice(0, 5))}`);
      ++checked;
      for (const { geometry } of body.features ?? (body.type === 'Feature' ? [body] : [])) {
        checkRings(geometry, target);
        polygons += geometry?.type?.endsWith('Polygon') ? 1 : 0;
      }
    }
  }
  t.diagnostic(`${checked} answers, ${polygons} polygons`);
  assert.deepEqual(undescribed, []);
  assert.ok(checked >= 60, `${checked} answers`);
  assert.ok(polygons >= 300, `${polygons} polygons`);
});

test('every style is valid and asks this service alone', async () => {
  const { styles } = await getJson('/styles');
  assert.equal(styles.length, 8);
  for (const { id, links } of styles) {
    const href = links[0].href;
    const style = await (await fetch(href)).json();
    assert.deepEqual(validateStyleMin(style).map(({ message }) => message), [], id);
    const addresses = JSON.stringify(style).match(/https?:[^"]*/g);
    assert.deepEqual([...new Set(addresses.map((text) => new URL(text).origin))], [address], id);
    for (const { url } of Object.values(style.sources)) {
      const tileJson = await (await fetch(url)).json();
      assert.equal(new URL(tileJson.tiles[0]).origin, address);
    }
  }
});

test('glyphs hold the letters of every name in the demo', async () => {
  const glyphsOf = async (font, first) => {
    const answer = await fetch(`${address}/fonts/${encodeURIComponent(font)}/${first}-${first + 255}.pbf`);
    assert.equal(answer.status, 200);
    const ids = [];
    const glyph = (tag, _, pbf) => {
      if (tag === 1) ids.push(pbf.readVarint());
    };
    const stack = (tag, _, pbf) => {
      if (tag === 3) pbf.readMessage(glyph, null);
    };
    new PbfReader(new Uint8Array(await answer.arrayBuffer())).readFields((tag, _, pbf) => {
      if (tag === 1) pbf.readMessage(stack, null);
    }, null);
    return ids;
  };
  const names = (await getJson('/collections/wards/items?limit=10000')).features.map(({ properties }) => properties.name);
  const hotspots = (await getJson('/collections/hotspots/items?limit=10000')).features.map(({ properties }) => properties.label);
  const letters = new Set([...names, ...hotspots, 'é–’0123456789'].join('').split('').map((letter) => letter.codePointAt(0)));
  for (const font of ['Noto Sans Regular', 'Noto Sans Bold']) {
    const there = new Set([...(await glyphsOf(font, 0)), ...(await glyphsOf(font, 256)), ...(await glyphsOf(font, 8192))]);
    assert.deepEqual([...letters].filter((letter) => !there.has(letter)), [], font);
    assert.deepEqual(await glyphsOf(font, 12288), [], 'a range that the font does not have');
  }
});
