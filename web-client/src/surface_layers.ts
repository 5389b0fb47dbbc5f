// How the map draws what is not a hotspot: density bands, cells, and where two densities differ. Colour
// never stands alone: bands have edges that grow, significant cells a thick outline, and higher and
// lower regions lines and hatches of their own.
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';

export const SURFACE_SOURCES = ['surface', 'surface-counts'] as const;
export const SURFACE_CLICKABLE = 'surface-fill';
export const HATCHES = { higher: '#7a1f3d', lower: '#0b4f6c' } as const;

const COUNTS_FROM_ZOOM = 13; // a square of 150 m is as wide as a number

function isKind(...kinds: string[]): ExpressionSpecification {
  return ['in', ['get', 'kind'], ['literal', kinds]];
}

function hatched(kind: 'higher' | 'lower'): LayerSpecification[] {
  return [
    {
      id: `surface-hatch-${kind}`, type: 'fill', source: 'surface', filter: isKind(kind),
      paint: { 'fill-pattern': `hatch-${kind}` },
    },
    {
      id: `surface-line-${kind}`, type: 'line', source: 'surface', filter: isKind(kind), layout: { 'line-join': 'round' },
      paint: {
        'line-color': HATCHES[kind], 'line-width': 2.5, ...(kind === 'lower' ? { 'line-dasharray': [2, 1.5] } : {}),
      },
    },
  ];
}

export function surfaceLayers(): LayerSpecification[] {
  return [
    {
      id: 'surface-fill', type: 'fill', source: 'surface',
      paint: {
        'fill-color': ['get', 'colour'], 'fill-antialias': false,
        'fill-opacity': ['match', ['get', 'kind'], 'band', 0.75, 'cell', 0.8, 0.12],
      },
    },
    {
      id: 'surface-edge', type: 'line', source: 'surface', filter: isKind('band', 'cell'), layout: { 'line-join': 'round' },
      paint: {
        'line-color': '#2a1a55', 'line-opacity': 0.8,
        'line-width': ['interpolate', ['linear'], ['zoom'], 9, ['*', 0.2, ['get', 'width']], 13, ['get', 'width']],
      },
    },
    {
      id: 'surface-strong', type: 'line', source: 'surface', filter: ['get', 'strong'], layout: { 'line-join': 'round' },
      paint: { 'line-color': '#111418', 'line-width': ['interpolate', ['linear'], ['zoom'], 9, 0.5, 13, 2.25] },
    },
    ...hatched('higher'),
    ...hatched('lower'),
    {
      id: 'surface-line-health', type: 'line', source: 'surface', filter: isKind('health'), layout: { 'line-cap': 'round' },
      paint: { 'line-color': '#111418', 'line-width': 3, 'line-dasharray': [0.1, 2] },
    },
  ];
}

export function surfaceLabels(): LayerSpecification[] {
  return [{
    id: 'surface-counts', type: 'symbol', source: 'surface-counts', minzoom: COUNTS_FROM_ZOOM,
    layout: {
      'text-field': ['get', 'count'], 'text-font': ['Bold', 'system-ui', 'sans-serif'], 'text-size': 12, 'text-padding': 0,
    },
    paint: { 'text-color': '#111418', 'text-halo-color': '#ffffff', 'text-halo-width': 1.5 },
  }];
}
