// What an engineer opens: numbers, bytes, the curve, the curl line and the JSON.

import * as charts from './charts.js';
import * as words from './words.js';

const UPLINK_BITS = 1e6; // per second: a weak mobile link

function rows(id, values) {
  document.getElementById(id).replaceChildren(...values.map(([name, ...cells]) => {
    const row = document.createElement('tr');
    const head = document.createElement('th');
    head.scope = 'row';
    head.textContent = name;
    row.append(head, ...cells.map((cell) => {
      const data = document.createElement('td');
      data.textContent = cell;
      return data;
    }));
    return row;
  }));
}

/** The time that bytes take over a weak mobile link, in milliseconds. */
export function uplinkMillis(bytes) {
  return (bytes * 8 * 1e3) / UPLINK_BITS;
}

function roundNumbers(decision) {
  if (decision.rounds.length < 2) {
    return [];
  }
  return decision.rounds.map((round, i) => {
    const said = round.server?.top
      ? `; ${round.server.min_entropy_bits.toFixed(3)} bits, margin ${round.server.margin.toFixed(4)}, `
        + words.millis(round.server.exchange_millis)
      : '';
    const patches = round.kept.length === 1 ? '1 patch' : `${round.kept.length} patches`;
    return [`round ${i + 1}`, `${patches}, ${round.request_bytes.toLocaleString('en')} bytes${said}`];
  });
}

function numbers(seen, decision, whole) {
  const count = (value) => value.toLocaleString('en');
  const values = [
    ['picture', `${seen.width} × ${seen.height}, ${count(seen.file_bytes)} bytes`],
    ['model input', `${seen.grid * seen.patch_size}² pixels, ${decision.patches} patches of ${seen.patch_size}²`],
    ['min-entropy', `${seen.edge.min_entropy_bits.toFixed(3)} bits`],
    ['Shannon entropy', `${seen.edge.shannon_bits.toFixed(3)} bits`],
    ['margin', seen.edge.margin.toFixed(4)],
    ['gate', `${decision.gate}: ${decision.confident ? 'confident' : 'offload'}`],
    ['selection', `${decision.select} of score ${seen.score}`],
    ...(decision.until ? [['rounds end', decision.until]] : []),
    ['patches kept', `${decision.kept.length} of ${decision.patches}, ${decision.kept_score.toFixed(4)} of the score`],
    ['request', `${count(decision.request_bytes)} bytes (${decision.codec}); all patches ${count(decision.whole_bytes)}`],
    ...roundNumbers(decision),
    ['decode', words.millis(seen.millis.decode)],
    ['edge’s model', words.millis(seen.millis.edge)],
    ['select and encode', words.millis(decision.encode_millis)],
  ];
  if (decision.server) {
    values.push(['exchange', words.millis(decision.server.exchange_millis)]);
  }
  if (whole?.server) {
    values.push(['exchange of all patches', words.millis(whole.server.exchange_millis)]);
  }
  values.push(['uplink at 1 Mbit/s',
    `${words.millis(uplinkMillis(decision.request_bytes))}; all patches ${words.millis(uplinkMillis(decision.whole_bytes))}`]);
  rows('numbers', values);
}

function curl(info, name, choices) {
  const file = `'${name.replaceAll(/['\\]/g, '')}'`;
  const base = new URL('.', location.href).href.replace(/\/$/, '');
  const auth = info.needsToken ? ' -H "Authorization: Bearer $TOKEN"' : '';
  const lines = [];
  if (info.classify) {
    lines.push('# the answer as one line of JSON, by the options that this edge was started with',
      `curl -s${auth} --data-binary @${file} ${base}${info.classify}`, '');
  }
  lines.push('# what this page shows', `curl -s${auth} --data-binary @${file} \\`,
    `    '${base}/v1/page/pictures?${new URLSearchParams({ ...choices, ask: true })}'`);
  return lines.join('\n');
}

function short(key, value) {
  if (typeof value === 'string' && value.length > 200) {
    return `${value.slice(0, 40)}… (${value.length} characters of base64)`;
  }
  return Array.isArray(value) && value.length > 12 && typeof value[0] === 'number'
    ? `[${value.slice(0, 6).join(', ')}, … ${value.length} numbers]`
    : value;
}

export function show(info, name, choices, seen, decision, whole) {
  numbers(seen, decision, whole);
  rows('bytes', Object.entries(decision.bytes)
    .map(([spec, one]) => [spec, one.kept.toLocaleString('en'), one.whole.toLocaleString('en')]));
  charts.curve(document.getElementById('curve'), seen.scores, decision);
  document.getElementById('curl').textContent = curl(info, name, choices);
  document.getElementById('json').textContent = JSON.stringify({ ...seen, decision }, short, 2);
}
