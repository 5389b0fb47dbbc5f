// Makes the glyphs that styles of the service name: Noto Sans (SIL Open Font License 1.1) as signed distance fields in
// the protocol buffers that MapLibre reads, one file for 256 code points:
//   node make-glyphs.mjs FOLDER   ->   FOLDER/fonts/noto-sans-regular/0-255.pbf, ...
// with the fonts' licence as FOLDER/assets/noto-sans-licence.txt.
// The distance is that to the outline itself, not to a picture of it.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import opentype from 'opentype.js';
import { PbfWriter } from 'pbf';

const FONTS = { 'Noto Sans Regular': 400, 'Noto Sans Bold': 700 };
// What names and numbers here are written in: Latin with its accents, and dashes, quotation marks and the like.
const RANGES = [0, 256, 8192];
const SUBSETS = ['latin', 'latin-ext'];
const SIZE_PX = 24; // the size that MapLibre takes glyphs to have
const BORDER_PX = 3; // around each glyph
const RADIUS_PX = 8; // distances beyond it are cut
const CUTOFF = 0.25; // of the range lies outside the outline
const STEPS = 8; // straight pieces of a curve

const files = join(import.meta.dirname, 'node_modules/@fontsource/noto-sans/files');

function fontsOf(weight) {
  return SUBSETS.map((subset) => {
    const bytes = readFileSync(join(files, `noto-sans-${subset}-${weight}-normal.woff`));
    return opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  });
}

// The outline's straight pieces [x0, y0, x1, y1] in pixels, y down from the baseline.
function piecesOf(commands) {
  const pieces = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const lineTo = (toX, toY) => {
    if (toX !== x || toY !== y) pieces.push([x, y, toX, toY]);
    [x, y] = [toX, toY];
  };
  for (const command of commands) {
    const { type, x: toX, y: toY } = command;
    if (type === 'M') [x, y, startX, startY] = [toX, toY, toX, toY];
    else if (type === 'Z') lineTo(startX, startY);
    else if (type === 'L') lineTo(toX, toY);
    else {
      const [fromX, fromY] = [x, y];
      for (let step = 1; step <= STEPS; ++step) {
        const [t, rest] = [step / STEPS, 1 - step / STEPS];
        const along = (from, first, second, to) => type === 'Q'
          ? rest * rest * from + 2 * rest * t * first + t * t * to
          : rest ** 3 * from + 3 * rest * rest * t * first + 3 * rest * t * t * second + t ** 3 * to;
        lineTo(along(fromX, command.x1, command.x2, toX), along(fromY, command.y1, command.y2, toY));
      }
    }
  }
  return pieces;
}

// Above 0 outside, in pixels; inside by the nonzero rule.
function signedDistance(pieces, x, y) {
  let nearest = Infinity;
  let winding = 0;
  for (const [x0, y0, x1, y1] of pieces) {
    const [dx, dy] = [x1 - x0, y1 - y0];
    const along = Math.min(Math.max(((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy), 0), 1);
    nearest = Math.min(nearest, (x - x0 - along * dx) ** 2 + (y - y0 - along * dy) ** 2);
    if (y0 <= y !== y1 <= y && x < x0 + ((y - y0) / dy) * dx) winding += dy > 0 ? 1 : -1;
  }
  return Math.sqrt(nearest) * (winding === 0 ? 1 : -1);
}

function glyphOf(font, codePoint) {
  const glyph = font.charToGlyph(String.fromCodePoint(codePoint));
  if (glyph.index === 0) return null;
  const scale = SIZE_PX / font.unitsPerEm;
  const ascender = Math.round(font.ascender * scale);
  const pieces = piecesOf(glyph.getPath(0, 0, SIZE_PX).commands);
  const made = { id: codePoint, width: 0, height: 0, left: 0, top: -ascender, advance: Math.round(glyph.advanceWidth * scale) };
  if (pieces.length === 0) return made;
  const xs = pieces.flatMap(([x0, , x1]) => [x0, x1]);
  const ys = pieces.flatMap(([, y0, , y1]) => [y0, y1]);
  const [left, top] = [Math.floor(Math.min(...xs)), Math.floor(Math.min(...ys))];
  const [width, height] = [Math.ceil(Math.max(...xs)) - left, Math.ceil(Math.max(...ys)) - top];
  const bitmap = new Uint8Array((width + 2 * BORDER_PX) * (height + 2 * BORDER_PX));
  for (let row = 0, at = 0; row < height + 2 * BORDER_PX; ++row) {
    for (let column = 0; column < width + 2 * BORDER_PX; ++column, ++at) {
      const distance = signedDistance(pieces, left - BORDER_PX + column + 0.5, top - BORDER_PX + row + 0.5);
      bitmap[at] = Math.round(Math.min(Math.max(255 * (1 - CUTOFF - distance / RADIUS_PX), 0), 255));
    }
  }
  return { ...made, width, height, left, top: -top - ascender, bitmap };
}

function writeGlyph(glyph, pbf) {
  pbf.writeVarintField(1, glyph.id);
  if (glyph.bitmap) pbf.writeBytesField(2, glyph.bitmap);
  pbf.writeVarintField(3, glyph.width);
  pbf.writeVarintField(4, glyph.height);
  pbf.writeSVarintField(5, glyph.left);
  pbf.writeSVarintField(6, glyph.top);
  pbf.writeVarintField(7, glyph.advance);
}

function writeStack({ name, range, glyphs }, pbf) {
  pbf.writeStringField(1, name);
  pbf.writeStringField(2, range);
  for (const glyph of glyphs) pbf.writeMessage(3, writeGlyph, glyph);
}

function glyphRange(fonts, name, first) {
  const glyphs = [];
  for (let codePoint = first; codePoint < first + 256; ++codePoint) {
    const glyph = fonts.map((font) => glyphOf(font, codePoint)).find((found) => found !== null);
    if (glyph) glyphs.push(glyph);
  }
  const pbf = new PbfWriter();
  pbf.writeMessage(1, writeStack, { name, range: `${first}-${first + 255}`, glyphs });
  return pbf.finish();
}

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node make-glyphs.mjs FOLDER');
  process.exit(2);
}
for (const [name, weight] of Object.entries(FONTS)) {
  const fonts = fontsOf(weight);
  const fontFolder = join(folder, 'fonts', name.toLowerCase().replaceAll(' ', '-'));
  mkdirSync(fontFolder, { recursive: true });
  for (const first of RANGES) {
    writeFileSync(join(fontFolder, `${first}-${first + 255}.pbf`), glyphRange(fonts, name, first));
  }
}
mkdirSync(join(folder, 'assets'), { recursive: true });
copyFileSync(join(files, '../LICENSE'), join(folder, 'assets/noto-sans-licence.txt'));
