// The page: one picture, what the small model sees in it, what is sent, and what the bigger model says.

import * as api from './api.js';
import * as charts from './charts.js';
import * as controls from './controls.js';
import * as details from './details.js';
import * as pickers from './pickers.js';
import * as picture from './picture.js';
import * as rounds from './rounds.js';
import * as words from './words.js';

const ASK_AFTER_MILLIS = 250; // of rest, so that a moving slider doesn't flood the server

const get = (id) => document.getElementById(id);

let info;
let current; // { file, name, seen, image, decision, whole }
let deciding = false;
let decideAgain = false;
let askTimer = 0;
let pending; // aborts what a newer choice has made useless

function say(problem) {
  get('problem').textContent = problem;
}

function failed(error) {
  if (error.name === 'AbortError') {
    return;
  }
  if (error.status === 401) {
    get('token-problem').textContent = api.hasToken() ? 'The server doesn’t accept this token.' : '';
    api.forgetToken();
    get('token-form').hidden = false;
    get('token').focus();
    return;
  }
  say(error.message);
}

function headline(prediction) {
  return `${prediction.words}: ${prediction.top[0].short_name}`;
}

function showEdge() {
  const { seen, image } = current;
  const draw = (values, name) => {
    picture.drawAttention(get('looks'), image, seen.grid, values);
    get('looks').setAttribute('aria-label',
      `The picture with the attention of ${name === 'All' ? 'all heads' : name.toLowerCase()}`);
  };
  draw(seen.scores, 'All');
  controls.showHeads(seen, image, draw);
  get('edge-says').textContent = `${headline(seen.edge)} (${words.percent(seen.edge.top[0].probability)})`;
  charts.bars(get('edge-bars'), seen.edge.top);
}

function showVerdict() {
  const { seen, decision } = current;
  const server = decision.server;
  let source = 'The small model’s answer; nothing was sent';
  let best = seen.edge;
  if (!decision.confident) {
    if (server?.top) {
      source = 'The bigger model’s answer';
      best = server;
    } else if (server) {
      source = `The small model’s answer: the bigger one gave none, ${words.reason(server.reason)}`;
    } else {
      source = 'The small model’s first impression; asking the bigger one …';
    }
  }
  get('verdict-source').textContent = source;
  get('verdict').textContent = headline(best);
  const less = words.ratio(decision.request_bytes, decision.whole_bytes);
  const saved = decision.request_bytes < decision.whole_bytes ? less : `as much as the whole picture`;
  const here = `${words.millis(seen.millis.edge)} for the small model`;
  const there = server ? `, ${words.millis(server.exchange_millis)} for the bigger one` : '';
  const sent = rounds.sent(decision).length;
  const inRounds = decision.rounds.length > 1 && server ? ` in ${sent} of ${decision.rounds.length} rounds` : '';
  get('savings').textContent = decision.confident
    ? `0 bytes sent instead of ${words.bytes(decision.whole_bytes)}; ${here}.`
    : `${words.bytes(decision.request_bytes)} sent${inRounds}: ${saved}. ${here[0].toUpperCase()}${here.slice(1)}${there}.`;
}

function showDecision() {
  const { seen, image, decision } = current;
  const sent = rounds.sent(decision);
  picture.drawKept(get('crosses'), image, seen.grid, decision.rounds, sent.length);
  const kept = `${decision.kept.length} of ${decision.patches} parts`;
  get('crosses').setAttribute('aria-label', `The picture; ${kept} are bright, the others dimmed`);
  const size = `${words.bytes(decision.request_bytes)} instead of ${words.bytes(decision.whole_bytes)}`;
  const most = decision.rounds.length > 1 && !decision.server ? 'at most ' : '';
  get('crosses-text').textContent = decision.confident
    ? `Nothing: it is sure enough. It would send ${most}${kept}, ${size}.`
    : `${most && 'At most '}${kept}: ${size}`;
  controls.follow(decision);
  rounds.show(decision, showRound);
  showRound(sent.length);
  showVerdict();
  showWhole();
}

/** Shows what the bigger model had, and said, with the first rounds. */
function showRound(count) {
  const { seen, image, decision } = current;
  const shown = decision.rounds.slice(0, count);
  const parts = shown.reduce((sum, round) => sum + round.kept.length, 0);
  get('received').classList.toggle('idle', decision.confident);
  picture.drawPlain(get('received'), picture.received(seen, image, shown));
  get('received').setAttribute('aria-label',
    decision.confident ? 'Nothing was sent' : `Only the ${parts} of ${decision.patches} parts that were sent, the rest is missing`);
  showServer(count < rounds.sent(decision).length ? shown.at(-1).server : decision.server);
}

function showServer(server) {
  const { decision } = current;
  if (decision.confident) {
    get('server-says').textContent = 'Not asked';
  } else if (!server) {
    get('server-says').textContent = 'Asking …';
  } else if (server.top) {
    get('server-says').textContent = `${headline(server)} (${words.percent(server.top[0].probability)})`;
  } else {
    get('server-says').textContent = `No answer: ${words.reason(server.reason)}`;
    get('server-says').title = server.detail;
  }
  if (server || decision.confident) { // otherwise the last answer stays until the next
    charts.bars(get('server-bars'), server?.top || []);
  }
}

/** Compares with what the bigger model says of the whole picture, once that is known. */
function showWhole() {
  const { seen, decision, whole } = current;
  get('whole-says').textContent = !decision.confident && whole?.server?.top
    ? `With the whole picture (${words.bytes(whole.request_bytes)}, ${words.millis(whole.server.exchange_millis)}) it says: `
      + `${whole.server.top[0].short_name} (${words.percent(whole.server.top[0].probability)}). `
      + `At 1 Mbit/s, sending takes ${words.millis(details.uplinkMillis(decision.request_bytes))} `
      + `instead of ${words.millis(details.uplinkMillis(whole.request_bytes))}.`
    : '';
  details.show(info, current.name, controls.choices(), seen, decision, whole);
}

async function decide(ask) {
  const picked = current;
  pending?.abort();
  pending = new AbortController();
  const decision = await api.decide(picked.seen.token, { ...controls.choices(), ...(ask ? { ask: true } : {}) },
    pending.signal);
  if (picked !== current) {
    return;
  }
  current.decision = decision;
  showDecision();
  if (ask && !decision.confident && current.whole?.codec !== decision.codec) {
    const whole = await api.decide(picked.seen.token,
      { select: 'all', gate: 'always', codec: decision.codec, ask: true }, pending.signal);
    if (picked === current) {
      current.whole = whole;
      showWhole();
    }
  }
}

/** A picture that the server has forgotten is sent again. */
async function decideOrSendAgain(ask) {
  try {
    await decide(ask);
  } catch (error) {
    if (error.status === 410) {
      await use(current.file, current.name);
    } else {
      failed(error);
    }
  }
}

function askSoon() {
  clearTimeout(askTimer);
  askTimer = setTimeout(() => decideOrSendAgain(true), ASK_AFTER_MILLIS);
}

async function changed() {
  if (!current) {
    return;
  }
  clearTimeout(askTimer);
  if (deciding) {
    decideAgain = true;
    return;
  }
  deciding = true;
  try {
    do { // one request at a time; only the latest choice counts
      decideAgain = false;
      await decideOrSendAgain(false);
    } while (decideAgain);
  } finally {
    deciding = false;
  }
  askSoon();
}

async function use(file, name) {
  clearTimeout(askTimer);
  pending?.abort();
  const mine = new AbortController();
  pending = mine;
  say('');
  get('pick').setAttribute('aria-busy', 'true');
  try {
    const seen = await api.examine(file, controls.choices(), mine.signal);
    current = { file, name, seen, image: picture.whole(seen), decision: seen.decision, whole: null };
    get('result').hidden = false;
    get('server-bars').replaceChildren();
    showEdge();
    showDecision();
    if (!current.decision.confident) {
      await decideOrSendAgain(true);
    }
  } catch (error) {
    failed(error);
  } finally {
    get('pick').removeAttribute('aria-busy');
  }
}

async function begin() {
  try {
    info = { ...(await api.info()), needsToken: api.hasToken() };
  } catch (error) {
    failed(error);
    return;
  }
  get('token-form').hidden = true;
  say('');
  controls.begin(info, changed);
  pickers.samples(get('samples'), info.samples, use, failed);
  pickers.listen(info.max_bytes, use, failed);
  get('camera-chooser').hidden = !matchMedia('(pointer: coarse)').matches;
  get('models').textContent = `Small model: ${info.edge}. Bigger model: ${info.server}`
    + `${info.together ? ', in the same process' : ', on another server'}. ${info.classes.toLocaleString('en')} classes.`;
  document.body.dataset.ready = 'true';
}

get('token-form').addEventListener('submit', (event) => {
  event.preventDefault();
  api.setToken(get('token').value);
  begin();
});

begin();
