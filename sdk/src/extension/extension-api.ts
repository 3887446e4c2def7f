/** Speaks Lambda's Extensions API, version 2020-01-01: the two calls that an extension without events makes. */
import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders, request } from 'node:http';

export interface ExtensionApi {
  /** Such as `http://127.0.0.1:9001`. */
  readonly origin: string;
  readonly request: typeof request;
}

/** Nothing to be told of: the SHUTDOWN event is refused to extensions in the function's process. */
const NO_EVENTS = '{"events":[]}';
const MAX_REASON_CHARS = 300;

/** Either of the two is called, once. */
export function register(
  api: ExtensionApi,
  name: string,
  onIdentifier: (identifier: string) => void,
  onFailure: (reason: string) => void,
): ClientRequest {
  const headers = { 'Lambda-Extension-Name': name, 'Content-Type': 'application/json' };
  const call = send(api, 'register', headers, (response, text) => {
    const identifier = response.headers['lambda-extension-identifier'];
    if (response.statusCode === 200 && typeof identifier === 'string') onIdentifier(identifier);
    else onFailure(`${response.statusCode} ${text}`);
  });
  call.on('error', (error) => onFailure(error.message));
  call.end(NO_EVENTS);
  return call;
}

/**
 * Says that the extension is ready, without which Lambda would not end the initialisation, and waits for an
 * event as long as the process lives. A connection that breaks is tried once more.
 */
export function nextEvent(api: ExtensionApi, identifier: string, attempts = 2): void {
  const headers = { 'Lambda-Extension-Identifier': identifier };
  const call = send(api, 'event/next', headers, () => {});
  call.on('error', () => {
    // Nobody waits for the event, and SIGTERM does not depend on it.
    if (attempts > 1) nextEvent(api, identifier, attempts - 1);
  });
  call.end();
  unref(call);
}

/** From now on the call does not keep the process alive. */
export function unref(call: ClientRequest): void {
  if (call.socket) call.socket.unref();
  else call.once('socket', (socket) => socket.unref());
}

/** `onAnswer` gets the start of the answer's text, also of one that broke off. */
function send(
  { origin, request }: ExtensionApi,
  path: 'register' | 'event/next',
  headers: OutgoingHttpHeaders,
  onAnswer: (response: IncomingMessage, text: string) => void,
): ClientRequest {
  const method = path === 'register' ? 'POST' : 'GET';
  const call = request(`${origin}/2020-01-01/extension/${path}`, { method, agent: false, headers });
  call.on('response', (response) => {
    let text = '';
    const answered = (): void => onAnswer(response, text);
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      text = (text + chunk).slice(0, MAX_REASON_CHARS);
    });
    response.once('error', answered);
    response.once('end', answered);
  });
  return call;
}
