// The disc behind a rank number and the hatches of areas, drawn here so that no sprite is loaded.

const PIXEL_RATIO = 2;

export interface Icon {
  data: ImageData;
  pixelRatio: number;
}

function canvasOf(diameter: number): { size: number; context: CanvasRenderingContext2D } {
  const size = diameter * PIXEL_RATIO;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser has no 2D canvas');
  return { size, context };
}

// A filled disc of `diameter` CSS pixels with a white rim that sets it off from any fill.
export function discIcon(colour: string, diameter: number): Icon {
  const { size, context } = canvasOf(diameter);
  context.beginPath();
  context.arc(size / 2, size / 2, size / 2 - PIXEL_RATIO, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
  context.lineWidth = 1.5 * PIXEL_RATIO;
  context.strokeStyle = '#ffffff';
  context.stroke();
  return { data: context.getImageData(0, 0, size, size), pixelRatio: PIXEL_RATIO };
}

// A tile of stripes that meet across its edges: rising like / or falling like \.
export function hatchIcon(colour: string, rising: boolean): Icon {
  const { size, context } = canvasOf(8);
  context.strokeStyle = colour;
  context.lineWidth = PIXEL_RATIO;
  for (const shift of [-size, 0, size]) {
    context.beginPath();
    context.moveTo(shift, rising ? size : 0);
    context.lineTo(shift + size, rising ? 0 : size);
    context.stroke();
  }
  return { data: context.getImageData(0, 0, size, size), pixelRatio: PIXEL_RATIO };
}
