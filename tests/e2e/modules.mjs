// Test libraries live in web-client/node_modules, where package-lock.json pins them.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(new URL('../../web-client/package.json', import.meta.url));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

export const { chromium } = require('playwright-core');
export const { VectorTile } = await load('@mapbox/vector-tile');
export const { OgcApiEndpoint } = await load('@camptocamp/ogc-client');
export const { PbfReader } = await load('pbf');
export const { validateStyleMin } = await load('@maplibre/maplibre-gl-style-spec');
export const Ajv = require('ajv').default;
export const addFormats = require('ajv-formats').default;
export const clientFolder = fileURLToPath(new URL('../../web-client', import.meta.url));
export const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
