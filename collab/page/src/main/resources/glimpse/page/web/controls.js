// What a person can turn: the share of attention, the gate, the codec, and which head is shown.

import * as picture from './picture.js';
import * as words from './words.js';

const share = document.getElementById('share');
const shareText = document.getElementById('share-text');
const gate = document.getElementById('gate');
const codec = document.getElementById('codec');
const heads = document.getElementById('heads');

let initial = ''; // the server's own selection, until the slider is moved

function showShare() {
  const text = words.percent(share.value / 100);
  shareText.textContent = text;
  share.setAttribute('aria-valuetext', `${text} of the attention`);
}

function fill(select, specs, chosen, text) {
  select.replaceChildren(...specs.map((spec) => new Option(text(spec), spec, spec === chosen, spec === chosen)));
}

/** Shows the server's defaults and calls changed() whenever one is changed. */
export function begin(info, changed) {
  fill(gate, info.gates, info.gate, words.gate);
  fill(codec, info.codecs, info.codec, words.codec);
  const sum = /^sum(?:-crossing)?:([0-9.]+)$/.exec(info.select);
  initial = info.select;
  share.value = sum ? Math.round(sum[1] * 100) : 97;
  showShare();
  share.addEventListener('input', () => {
    initial = '';
    showShare();
    changed();
  });
  gate.addEventListener('change', changed);
  codec.addEventListener('change', changed);
}

/** What the person has chosen, as the server's query has it. */
export function choices() {
  const selection = initial || (share.value === '100' ? 'all' : `sum:${(share.value / 100).toFixed(2)}`);
  return { select: selection, gate: gate.value, codec: codec.value };
}

/** Makes a thumbnail for the mean and for each head, and calls chosen(values) with what is to be shown. */
export function showHeads(seen, image, chosen) {
  const options = [['All', seen.scores], ...seen.heads.map((values, i) => [`Head ${i + 1}`, values])];
  const legend = heads.querySelector('legend');
  heads.replaceChildren(legend, ...options.map(([name, values], i) => {
    const label = document.createElement('label');
    const radio = document.createElement('input');
    radio.type = 'radio';
    radio.name = 'head';
    radio.checked = i === 0;
    radio.addEventListener('change', () => chosen(values, name));
    const canvas = document.createElement('canvas');
    canvas.width = 56;
    canvas.height = 56;
    canvas.setAttribute('aria-hidden', 'true');
    picture.drawAttention(canvas, image, seen.grid, values);
    const text = document.createElement('span');
    text.textContent = name;
    label.append(radio, canvas, text);
    return label;
  }));
}
