// A client library of others (@camptocamp/ogc-client) finds its way from the landing page alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { OgcApiEndpoint } from './modules.mjs';
import { address, getJson } from './service.mjs';

const endpoint = new OgcApiEndpoint(address);

test('It sees features, filters and vector tiles', async () => {
  assert.equal(await endpoint.hasFeatures, true);
  assert.equal(await endpoint.hasTiles, true);
  assert.ok((await endpoint.info).title.length > 0);
  assert.ok((await endpoint.conformanceClasses).includes('http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter'));
});

test('It lists every collection', async () => {
  const names = (await getJson('/collections')).collections.map(({ id }) => id).sort();
  assert.deepEqual([...(await endpoint.featureCollections)].sort(), names);
  assert.deepEqual([...(await endpoint.vectorTileCollections)].sort(), names);
});

test('It reads a collection, its items by area and period, and one item', async () => {
  const about = await endpoint.getCollectionInfo('incidents');
  assert.ok(about.itemFormats.includes('application/geo+json'));
  const metres = about.crs.find((name) => name.endsWith('/27700'));
  const url = new URL(await endpoint.getCollectionItemsUrl('incidents', {
    limit: 50, asJson: true, outputCrs: metres, extent: [457000, 303000, 460000, 306000], extentCrs: metres,
    dateTime: { start: new Date('2025-01-01'), end: new Date('2025-12-31') },
  }));
  const answer = await fetch(url);
  assert.equal(answer.status, 200, await answer.clone().text());
  const { features } = await answer.json();
  assert.ok(features.length > 10);
  for (const { geometry: { coordinates: [east, north] } } of features) {
    assert.ok(east >= 457000 && east <= 460000 && north >= 303000 && north <= 306000, `${east}, ${north}`);
  }
  const [first] = await endpoint.getCollectionItems('wards', 1);
  assert.equal((await endpoint.getCollectionItem('wards', first.id)).properties.code, first.properties.code);
});

test('The tile set that it names has tiles', async () => {
  const tileSet = await (await fetch(await endpoint.getVectorTilesetUrl('wards'))).json();
  const { href } = tileSet.links.find(({ rel }) => rel === 'item');
  const answer = await fetch(href.replace('{tileMatrix}', '8').replace('{tileRow}', '84').replace('{tileCol}', '127'));
  assert.equal(answer.status, 200, href);
  assert.equal(answer.headers.get('content-type'), 'application/vnd.mapbox-vector-tile');
});
