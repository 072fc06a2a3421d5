// Numbers and names as a person reads them.

export function percent(share) {
  return share > 0 && share < 0.005 ? '< 1 %' : `${Math.round(share * 100)} %`;
}

export function bytes(count) {
  if (count < 1000) {
    return `${count} bytes`;
  }
  return count < 1e6 ? `${(count / 1e3).toFixed(count < 1e4 ? 1 : 0)} kB` : `${(count / 1e6).toFixed(1)} MB`;
}

export function millis(value) {
  if (value >= 1000) {
    return `${(value / 1000).toFixed(1)} s`;
  }
  return value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;
}

/** "12 times less", or what comes close to it. */
export function ratio(part, whole) {
  if (part >= whole) {
    return 'as much as the whole picture';
  }
  const times = whole / part;
  return times < 1.5
    ? `${Math.max(1, Math.round((1 - part / whole) * 100))} % less than the whole picture`
    : `${times < 10 ? times.toFixed(1) : Math.round(times)} times less than the whole picture`;
}

const GATES = [
  [/^always$/, () => 'always'],
  [/^never$/, () => 'never'],
  [/^min-entropy:(.*)$/, (bits) => `if less than ${percent(2 ** -bits)} sure`],
  [/^margin:(.*)$/, (share) => `if the lead is at most ${percent(share)}`],
  [/^shannon:(.*)$/, (bits) => `if the entropy is at least ${bits} bits`],
];

export function gate(spec) {
  for (const [pattern, words] of GATES) {
    const match = pattern.exec(spec);
    if (match) {
      return words(match[1]);
    }
  }
  return spec;
}

const RULES = [
  [/^min-entropy:0(?:\.0*)?$/, () => 'never'],
  [/^min-entropy:(.*)$/, (bits) => `more than ${percent(2 ** -bits)} sure`],
  [/^margin:(.*)$/, (share) => `ahead by more than ${percent(share)}`],
];

/** When a rule ends rounds, to follow "stop". */
export function rule(spec) {
  const parts = spec.split('+').map((part) => {
    const [pattern, words] = RULES.find(([known]) => known.test(part));
    return words(pattern.exec(part)[1]);
  });
  return parts.every((part) => part === 'never') ? 'only after the last round' : `once it is ${parts.join(', then ')}`;
}

export function codec(spec) {
  if (spec === 'raw') {
    return 'raw pixels';
  }
  if (spec === 'deflate') {
    return 'lossless';
  }
  return spec.replace(/^jpeg:/, 'JPEG, quality ').replace(/^glimpse:/, 'mosaic, quality ');
}

const REASONS = {
  unreachable: 'it can’t be reached',
  timeout: 'it took too long',
  overloaded: 'it is too busy',
  unauthorised: 'it doesn’t accept the token',
  wrong_model: 'it has no model that fits',
  circuit_open: 'it has just failed several times',
  link_too_slow: 'the network is too slow',
};

export function reason(code) {
  return REASONS[code] || 'it failed';
}
