// Draws a picture as the models see it: patch by patch.

/** Base64 to bytes. */
export function decode(text) {
  return Uint8ClampedArray.from(atob(text), (c) => c.charCodeAt(0));
}

/** Whole patches, [patches][size][size][channels], as an image of grid x grid patches; the others stay transparent. */
function toCanvas(seen, pixels, positions) {
  const { grid, patch_size: size, channels } = seen;
  const canvas = document.createElement('canvas');
  canvas.width = grid * size;
  canvas.height = grid * size;
  const context = canvas.getContext('2d');
  const patch = context.createImageData(size, size);
  positions.forEach((position, index) => {
    for (let i = 0; i < size * size; i++) {
      const from = (index * size * size + i) * channels;
      for (let c = 0; c < 3; c++) {
        patch.data[4 * i + c] = pixels[from + (channels === 3 ? c : 0)];
      }
      patch.data[4 * i + 3] = 255;
    }
    context.putImageData(patch, (position % grid) * size, Math.floor(position / grid) * size);
  });
  return canvas;
}

export function all(seen) {
  return Array.from({ length: seen.grid * seen.grid }, (_, i) => i);
}

/** The whole picture. */
export function whole(seen) {
  return toCanvas(seen, decode(seen.pixels), all(seen));
}

/** What the server has received with these rounds: decoded again if the codec is lossy. */
export function received(seen, picture, rounds) {
  const { grid, patch_size: size } = seen;
  const canvas = document.createElement('canvas');
  canvas.width = picture.width;
  canvas.height = picture.height;
  const context = canvas.getContext('2d');
  for (const round of rounds) {
    const source = round.received ? toCanvas(seen, decode(round.received), round.kept) : picture;
    for (const position of round.kept) {
      const x = (position % grid) * size;
      const y = Math.floor(position / grid) * size;
      context.drawImage(source, x, y, size, size, x, y, size, size);
    }
  }
  return canvas;
}

function begin(canvas, picture) {
  const context = canvas.getContext('2d');
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = picture.width >= 96;
  context.imageSmoothingQuality = 'high';
  return context;
}

export function drawPlain(canvas, picture) {
  begin(canvas, picture).drawImage(picture, 0, 0, canvas.width, canvas.height);
}

// dark blue, teal, yellow: readable without telling red from green
const COLOURS = [[24, 18, 92], [22, 96, 150], [32, 160, 140], [150, 205, 80], [255, 236, 110]];

function colour(value) {
  const at = Math.min(0.9999, Math.max(0, value)) * (COLOURS.length - 1);
  const index = Math.floor(at);
  return COLOURS[index].map((from, c) => Math.round(from + (COLOURS[index + 1][c] - from) * (at - index)));
}

/** The picture under the attention of its patches. */
export function drawAttention(canvas, picture, grid, values) {
  const context = begin(canvas, picture);
  context.filter = 'grayscale(0.7)';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  context.filter = 'none';
  const sorted = [...values].sort((a, b) => a - b);
  const top = sorted[Math.floor(sorted.length * 0.98)] || sorted.at(-1) || 1; // a single peak would hide the rest
  const heat = document.createElement('canvas');
  heat.width = grid;
  heat.height = grid;
  const data = new ImageData(grid, grid);
  values.forEach((value, i) => {
    data.data.set([...colour(Math.sqrt(Math.min(1, value / top))), 150], 4 * i);
  });
  heat.getContext('2d').putImageData(data, 0, 0);
  context.imageSmoothingEnabled = true;
  context.drawImage(heat, 0, 0, canvas.width, canvas.height);
}

function outline(context, grid, side, positions) {
  const inside = new Set(positions);
  context.beginPath();
  for (const position of positions) {
    const x = position % grid;
    const y = Math.floor(position / grid);
    const line = (dx1, dy1, dx2, dy2) => {
      context.moveTo((x + dx1) * side, (y + dy1) * side);
      context.lineTo((x + dx2) * side, (y + dy2) * side);
    };
    if (y === 0 || !inside.has(position - grid)) line(0, 0, 1, 0);
    if (y === grid - 1 || !inside.has(position + grid)) line(0, 1, 1, 1);
    if (x === 0 || !inside.has(position - 1)) line(0, 0, 0, 1);
    if (x === grid - 1 || !inside.has(position + 1)) line(1, 0, 1, 1);
  }
  context.stroke();
}

/** The picture with dimmed patches where none is sent, less so where a round wasn't needed; rounds are outlined. */
export function drawKept(canvas, picture, grid, rounds, sentRounds) {
  const context = begin(canvas, picture);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const side = canvas.width / grid;
  const roundOf = new Map(rounds.flatMap((round, i) => round.kept.map((position) => [position, i])));
  for (let position = 0; position < grid * grid; position++) {
    const round = roundOf.get(position);
    if (round === undefined || round >= sentRounds) {
      context.fillStyle = `rgba(15, 20, 28, ${round === undefined ? 0.8 : 0.6})`;
      context.fillRect((position % grid) * side, Math.floor(position / grid) * side, side + 0.5, side + 0.5);
    }
  }
  context.lineWidth = 1.5;
  rounds.forEach((round, i) => {
    context.strokeStyle = `rgba(255, 255, 255, ${i < sentRounds ? 0.9 : 0.35})`;
    outline(context, grid, side, round.kept);
  });
}
