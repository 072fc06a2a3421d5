// What a person can turn: the share of attention, rounds and where they stop, the gate, the codec, which head is shown.

import * as picture from './picture.js';
import * as words from './words.js';

const ALL_AT_ONCE = 'once';
const IN_ROUNDS = 'rounds';
const AS_SET_UP = 'own';

const share = document.getElementById('share');
const shareText = document.getElementById('share-text');
const way = document.getElementById('way');
const until = document.getElementById('until');
const untilText = document.getElementById('until-text');
const untilControl = document.getElementById('until-control');
const gate = document.getElementById('gate');
const codec = document.getElementById('codec');
const heads = document.getElementById('heads');

let own = ''; // the selection that the server was set up with, if the slider can't say the same
let ownRule = ''; // its rule, until the person moves the slider

function inRounds() {
  return way.value === IN_ROUNDS || (way.value === AS_SET_UP && own.startsWith('rounds:'));
}

function rule() {
  return ownRule || `min-entropy:${(-Math.log2(until.value / 100)).toFixed(3)}`;
}

function show() {
  const text = words.percent(share.value / 100);
  shareText.textContent = text;
  share.setAttribute('aria-valuetext', `${text} of the attention`);
  untilControl.hidden = !inRounds();
  untilText.textContent = words.rule(rule());
  until.setAttribute('aria-valuetext', words.rule(rule()));
}

function fill(select, options, chosen) {
  select.replaceChildren(...options.map(([value, text]) => new Option(text, value, value === chosen, value === chosen)));
}

function ways(selection) {
  const some = [[ALL_AT_ONCE, 'all at once'], [IN_ROUNDS, 'in rounds, until it is sure']];
  const sum = /^sum(?:-crossing)?:([0-9.]+)$/.exec(selection);
  if (sum) {
    share.value = Math.round(sum[1] * 100);
    return [some, ALL_AT_ONCE];
  }
  own = selection;
  return [[[AS_SET_UP, `as it was set up${selection.startsWith('rounds:') ? ', in rounds' : ''}`], ...some], AS_SET_UP];
}

/** Shows the server's defaults and calls changed() whenever one is changed. */
export function begin(info, changed) {
  fill(gate, info.gates.map((spec) => [spec, words.gate(spec)]), info.gate);
  fill(codec, info.codecs.map((spec) => [spec, words.codec(spec)]), info.codec);
  fill(way, ...ways(info.select));
  ownRule = info.until || '';
  const bits = /^min-entropy:([0-9.]+)$/.exec(ownRule);
  if (bits) {
    until.value = Math.round(100 * 2 ** -bits[1]);
  }
  show();
  share.addEventListener('input', () => {
    if (way.value === AS_SET_UP) {
      way.value = inRounds() ? IN_ROUNDS : ALL_AT_ONCE;
    }
    show();
    changed();
  });
  until.addEventListener('input', () => {
    ownRule = '';
    show();
    changed();
  });
  way.addEventListener('change', () => {
    show();
    changed();
  });
  gate.addEventListener('change', changed);
  codec.addEventListener('change', changed);
}

/** Moves the slider to where a selection is that isn't one by share of attention. */
export function follow(decision) {
  if (way.value === AS_SET_UP && !decision.server) { // which may have ended the rounds early
    share.value = Math.round(decision.kept_score * 100);
    show();
  }
}

function selection() {
  if (way.value === AS_SET_UP) {
    return own;
  }
  const all = share.value / 100;
  const last = all === 1 ? 'all' : `sum:${all.toFixed(2)}`;
  return way.value === IN_ROUNDS
    ? `rounds:sum-crossing:${(all / 4).toFixed(3)},sum-crossing:${(all / 2).toFixed(3)},${last}`
    : last;
}

/** What the person has chosen, as the server's query has it. */
export function choices() {
  return {
    select: selection(),
    ...(inRounds() ? { until: rule() } : {}),
    gate: gate.value,
    codec: codec.value,
  };
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
