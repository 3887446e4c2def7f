/**
 * Stands in for the runtime interface client's native addon, which takes a C++ toolchain to build: the same three
 * functions over the same HTTP interface. As there, `next` waits without blocking and the other two block.
 */
const { request } = require('node:http');
const { Worker } = require('node:worker_threads');

const API = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation/`;

/** Sends while the thread that it works for waits; says so in the first number. */
const SENDER = `
  const { request } = require('node:http');
  const { parentPort, workerData } = require('node:worker_threads');
  parentPort.on('message', ({ url, body, headers }) => {
    const say = (status) => { Atomics.store(workerData, 0, status); Atomics.notify(workerData, 0); };
    request(url, { method: 'POST', headers }, (response) => response.resume().on('end', () => say(response.statusCode)))
      .on('error', () => say(-1)).end(body);
  });
`;

let sender;
const answer = new Int32Array(new SharedArrayBuffer(4));

function post(url, body, headers = {}) {
  if (sender === undefined) {
    sender = new Worker(SENDER, { eval: true, env: {}, execArgv: [], workerData: answer });
    sender.unref();
  }
  Atomics.store(answer, 0, 0);
  sender.postMessage({ url, body, headers: { 'content-type': 'application/json', ...headers } });
  Atomics.wait(answer, 0, 0);
  if (answer[0] < 200 || answer[0] > 299) throw new Error(`the runtime API answered ${answer[0]}`);
}

exports.next = () =>
  new Promise((resolve, reject) => {
    // The process id is for who has to end the function: a pipeline's shell does not tell it.
    request(`${API}next`, { headers: { 'x-process-id': String(process.pid) } }, (response) => {
      let bodyJson = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (bodyJson += chunk));
      response.on('end', () => resolve({ bodyJson, headers: response.headers }));
    })
      .on('error', reject)
      .end();
  });

exports.done = (id, body) => post(`${API}${id}/response`, body);

exports.error = (id, body, xray) =>
  post(`${API}${id}/error`, body, { 'lambda-runtime-function-xray-error-cause': encodeURIComponent(xray) });
