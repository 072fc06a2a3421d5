// What the page asks its server for. Keeps the token, if the server wants one, for this tab.

const TOKEN_KEY = 'glimpse-token';

export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export function setToken(token) {
  sessionStorage.setItem(TOKEN_KEY, token);
}

export function forgetToken() {
  sessionStorage.removeItem(TOKEN_KEY);
}

export function hasToken() {
  return sessionStorage.getItem(TOKEN_KEY) !== null;
}

async function request(path, options = {}) {
  const token = sessionStorage.getItem(TOKEN_KEY);
  const headers = token === null ? {} : { Authorization: `Bearer ${token}` };
  let response;
  try {
    response = await fetch(path, { ...options, headers });
  } catch (e) {
    if (e.name === 'AbortError') {
      throw e;
    }
    throw new ApiError(0, 'The server can’t be reached.');
  }
  const text = await response.text();
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    value = { error: text.trim() };
  }
  if (!response.ok) {
    throw new ApiError(response.status, value.error || `The server replied ${response.status}.`);
  }
  return value;
}

function query(choices) {
  return new URLSearchParams(choices).toString();
}

/** The models, the defaults and the samples. */
export function info() {
  return request('v1/page');
}

/** What the edge makes of a picture. */
export function examine(file, choices, signal) {
  return request(`v1/page/pictures?${query(choices)}`, { method: 'POST', body: file, signal });
}

/** Another decision about a picture that was examined. */
export function decide(token, choices, signal) {
  return request(`v1/page/pictures/${token}?${query(choices)}`, { method: 'POST', signal });
}
