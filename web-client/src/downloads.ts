// Links to what is shown, for briefings and GIS: the same parameters, so the same figures.
import { element } from './dom.ts';
import { analysisQuery, type State } from './state.ts';
import { comparisonQuery } from './views/fetch.ts';

export interface Download {
  text: string;
  hint: string;
  href: string; // relative to the page
  name: string; // of the file
}

function address(path: string, query: URLSearchParams): string {
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

function features(text: string, collection: string, query: URLSearchParams): Download {
  const all = new URLSearchParams(query);
  all.set('limit', '10000');
  return { text, hint: 'GeoJSON, for QGIS and ArcGIS', href: address(`collections/${collection}/items`, all), name: `${collection}.geojson` };
}

export function downloadsOf(state: State, defaultPeriod: string): Download[] {
  const { shown, filters } = state;
  const surface = analysisQuery(filters, defaultPeriod, ['top']);
  const raster = {
    text: 'Density', hint: 'GeoTIFF, EPSG:27700, incidents per km²', href: address('density.tif', surface), name: 'density.tif',
  };
  if (shown === 'cells') return [features('Cells', 'cells', analysisQuery(filters, defaultPeriod, ['top', 'bandwidth']))];
  if (shown === 'bands') return [features('Density bands', 'isobands', surface), raster];
  if (shown === 'compare') {
    const href = address('analysis/compare', comparisonQuery(state, defaultPeriod));
    return [{ text: 'Comparison', hint: 'GeoJSON, for QGIS and ArcGIS', href, name: 'comparison.geojson' }];
  }
  return [features('Hotspots', 'hotspots', analysisQuery(filters, defaultPeriod)), raster];
}

export function showDownloads(host: HTMLElement, downloads: readonly Download[]): void {
  host.replaceChildren(...downloads.map(({ text, hint, href, name }) => element('li', {},
    element('a', { href, download: name }, text), element('span', { class: 'hint' }, ` ${hint}`))));
}
