// The bars of a prediction, and the curve of attention against patches.

import * as words from './words.js';

/** Fills a list with the most probable classes. */
export function bars(list, top) {
  list.replaceChildren(...top.map((one) => {
    const item = document.createElement('li');
    const name = document.createElement('span');
    name.className = 'name';
    name.textContent = one.short_name;
    name.title = one.name;
    const value = document.createElement('span');
    value.className = 'value';
    value.textContent = words.percent(one.probability);
    const track = document.createElement('span');
    track.className = 'track';
    track.setAttribute('aria-hidden', 'true');
    const bar = document.createElement('span');
    bar.className = 'bar';
    bar.style.width = `${one.probability * 100}%`;
    track.append(bar);
    item.append(name, value, track);
    return item;
  }));
}

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 320;
const HEIGHT = 180;
const LEFT = 40;
const BOTTOM = 34;
const TOP = 8;
const RIGHT = 10;

function element(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

/** The share of attention that the best patches hold together, and where the selection is. */
export function curve(box, scores, decision) {
  const x = (count) => LEFT + (count / scores.length) * (WIDTH - LEFT - RIGHT);
  const y = (share) => HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
  let sum = 0;
  const points = [...scores].sort((a, b) => b - a).map((score, i) => {
    sum += score;
    return `${x(i + 1).toFixed(1)},${y(Math.min(1, sum)).toFixed(1)}`;
  });
  const kept = decision.kept.length;
  const label = `${kept} of ${scores.length} patches hold ${words.percent(decision.kept_score)} of the attention`;
  const svg = element('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label });
  for (const share of [0, 0.5, 1]) {
    svg.append(element('line', { x1: LEFT, x2: WIDTH - RIGHT, y1: y(share), y2: y(share), class: 'grid' }));
    svg.append(element('text', { x: LEFT - 6, y: y(share) + 4, class: 'tick end' }, words.percent(share)));
  }
  for (const count of [0, scores.length]) {
    svg.append(element('text', { x: x(count), y: HEIGHT - BOTTOM + 14, class: count ? 'tick end' : 'tick' }, count));
  }
  svg.append(element('text', { x: x(scores.length / 2), y: HEIGHT - 4, class: 'tick middle' }, 'patches sent'));
  svg.append(element('polyline', { points: `${x(0)},${y(0)} ${points.join(' ')}`, class: 'curve' }));
  svg.append(element('circle', { cx: x(kept), cy: y(Math.min(1, decision.kept_score)), r: 5, class: 'point' }));
  const caption = document.createElement('p');
  caption.className = 'hint';
  caption.textContent = `${label}.`;
  box.replaceChildren(svg, caption);
}
