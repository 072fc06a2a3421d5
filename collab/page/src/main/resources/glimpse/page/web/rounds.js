// The rounds of an upload: what each added, what the bigger model then said, and where it stopped.

import * as words from './words.js';

const box = document.getElementById('rounds');

/** The rounds that were answered, or the first if it got no answer; all as long as the bigger model wasn't asked. */
export function sent(decision) {
  if (!decision.server) {
    return decision.rounds;
  }
  const answered = decision.rounds.filter((round) => round.server?.top);
  return answered.length > 0 ? answered : decision.rounds.slice(0, 1);
}

/** Whether the bigger model was sure enough before the last round. */
export function stoppedEarly(decision) {
  return Boolean(decision.server?.top) && !decision.server.cut_short && sent(decision).length < decision.rounds.length;
}

function parts(round, index) {
  const count = round.kept.length;
  return `${count} ${index > 0 ? 'more ' : ''}${count === 1 ? 'part' : 'parts'}, ${words.bytes(round.request_bytes)}`;
}

function outcome(decision, round) {
  if (!decision.server) {
    return decision.confident ? '' : 'Asking …';
  }
  if (!round.server) {
    return stoppedEarly(decision) ? 'not needed' : 'not sent';
  }
  if (!round.server.top) {
    return `no answer: ${words.reason(round.server.reason)}`;
  }
  const [best] = round.server.top;
  return `${round.server.words}: ${best.short_name} (${words.percent(best.probability)})`;
}

function bar(round) {
  const track = document.createElement('span');
  track.className = 'track';
  track.setAttribute('aria-hidden', 'true');
  const value = document.createElement('span');
  value.className = 'bar';
  value.style.width = `${(round.server?.top?.[0].probability || 0) * 100}%`;
  track.append(value);
  return track;
}

function text(name, content) {
  const span = document.createElement('span');
  span.className = name;
  span.textContent = content;
  return span;
}

/** Lists the rounds, if there are several, and calls chosen(count) with how many of them are to be shown. */
export function show(decision, chosen) {
  const { rounds } = decision;
  box.hidden = rounds.length < 2;
  const legend = box.querySelector('legend');
  const last = sent(decision).length - 1;
  const focused = box.contains(document.activeElement);
  box.replaceChildren(legend, ...rounds.map((round, i) => {
    const label = document.createElement('label');
    const radio = document.createElement('input');
    radio.type = 'radio';
    radio.name = 'round';
    radio.checked = i === last;
    radio.disabled = i > last;
    radio.addEventListener('change', () => chosen(i + 1));
    label.classList.toggle('unsent', i > last || decision.confident);
    label.append(radio, text('name', `Round ${i + 1}`), text('value', parts(round, i)),
      text('outcome', outcome(decision, round)), bar(round));
    if (i === last && stoppedEarly(decision)) {
      label.append(text('stop', 'Sure enough: it stops here'));
    }
    return label;
  }));
  if (focused) {
    box.querySelector('input:checked')?.focus();
  }
}
