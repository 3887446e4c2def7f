/** Speaks Lambda's Extensions API, version 2020-01-01: the two calls that an extension without events makes. */
import type { ClientRequest, IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';

export interface ExtensionApi {
  /** Such as `http://127.0.0.1:9001`. */
  readonly origin: string;
  readonly request: typeof request;
}

const PATH = '/2020-01-01/extension';
/** Nothing to be told of: the SHUTDOWN event is refused to extensions in the function's process. */
const NO_EVENTS = JSON.stringify({ events: [] });
const MAX_REASON_CHARS = 300;

/** Either of the two is called, once. */
export function register(
  { origin, request }: ExtensionApi,
  name: string,
  {
    onIdentifier,
    onFailure,
  }: {
    readonly onIdentifier: (identifier: string) => void;
    readonly onFailure: (reason: string) => void;
  },
): { unref(): void } {
  const call = request(`${origin}${PATH}/register`, {
    method: 'POST',
    agent: false,
    headers: {
      'Lambda-Extension-Name': name,
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(NO_EVENTS),
    },
  });
  call.on('error', (error) => onFailure(error.message));
  call.on('response', (response) => {
    const identifier = response.headers['lambda-extension-identifier'];
    if (response.statusCode === 200 && typeof identifier === 'string') {
      response.resume();
      onIdentifier(identifier);
    } else {
      readStart(response, (text) => onFailure(`${response.statusCode} ${text}`));
    }
  });
  call.end(NO_EVENTS);
  return { unref: () => unref(call) };
}

/**
 * Says that the extension is ready, without which Lambda would not end the initialisation, and waits for an
 * event as long as the process lives. A connection that breaks is tried once more.
 */
export function nextEvent(api: ExtensionApi, identifier: string, attempts = 2): void {
  const call = api.request(`${api.origin}${PATH}/event/next`, {
    agent: false,
    headers: { 'Lambda-Extension-Identifier': identifier },
  });
  call.on('error', () => {
    // Nobody waits for the event, and SIGTERM does not depend on it.
    if (attempts > 1) nextEvent(api, identifier, attempts - 1);
  });
  call.on('response', (response) => {
    response.on('error', () => {
      // The same: an answer that breaks off tells nothing that is needed.
    });
    response.resume();
  });
  call.end();
  unref(call);
}

/** From now on the call does not keep the process alive. */
function unref(call: ClientRequest): void {
  const release = (socket: Socket): void => void socket.unref();
  if (call.socket) release(call.socket);
  else call.once('socket', release);
}

function readStart(response: IncomingMessage, onText: (text: string) => void): void {
  let text = '';
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    text = (text + chunk).slice(0, MAX_REASON_CHARS);
  });
  response.on('error', () => onText(text));
  response.on('end', () => onText(text));
}
