/** The loggers that are measured, each with the same eight context fields bound the way it intends. */
import { Logger as PowertoolsLogger } from '@aws-lambda-powertools/logger';
import { createTrailgate, type Trailgate } from '@trailgate/sdk';
import { pino } from 'pino';
import winston from 'winston';

/** Logs one line with two fields of its own. */
export type LogOne = (n: number) => void;

export interface Subject {
  /** Runs `lines` calls of the level as one invocation would make them. */
  batch(lines: number): void | Promise<void>;
}

export const PEERS = ['pino', 'powertools', 'console', 'winston'] as const;
export type Peer = (typeof PEERS)[number];
export type Name = 'trailgate' | Peer;

const MESSAGE = 'order placed';
const CONTEXT = {
  service: 'orders',
  function_name: 'orders-fn',
  function_arn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders-fn',
  function_request_id: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
  function_memory_size: 512,
  cold_start: false,
  correlation_id: '4bf92f3577b34da6a3ce929d0e0e4736',
  tenant_id: 'acme',
};

/** Powertools has the service's name from an option of its own. */
const { service: _service, ...POWERTOOLS_KEYS } = CONTEXT;

export const EVENT = {
  resource: '/orders/{id}',
  path: '/orders/17',
  httpMethod: 'POST',
  headers: {
    Accept: 'application/json',
    'Accept-Encoding': 'gzip, deflate, br',
    'CloudFront-Forwarded-Proto': 'https',
    'CloudFront-Is-Desktop-Viewer': 'true',
    'CloudFront-Is-Mobile-Viewer': 'false',
    'CloudFront-Is-SmartTV-Viewer': 'false',
    'CloudFront-Is-Tablet-Viewer': 'false',
    'CloudFront-Viewer-Country': 'DE',
    'content-type': 'application/json',
    Host: 'abc.execute-api.eu-west-1.amazonaws.com',
    'User-Agent': 'curl/8.5.0',
    Via: '2.0 f8e7.cloudfront.net (CloudFront)',
    'X-Amz-Cf-Id': 'nBsWBOrSHMgnaROZJK1wGCZ9PcRcSpq_oSXZNQwQ10OTZL4cimZo3g==',
    'X-Amzn-Trace-Id': 'Root=1-67891233-abcdef012345678912345678',
    'X-Forwarded-For': '192.0.2.1, 198.51.100.7',
    'X-Forwarded-Port': '443',
    'X-Forwarded-Proto': 'https',
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    tracestate: 'congo=t61rcWkgMzE',
    'x-correlation-id': '4bf92f3577b34da6a3ce929d0e0e4736',
  },
  requestContext: {
    requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
    stage: 'prod',
    identity: { sourceIp: '192.0.2.1', userAgent: 'curl/8.5.0' },
    authorizer: { user: 'ann', tenant: 'acme', roles: 'buyer' },
  },
};

export const LAMBDA = {
  functionName: CONTEXT.function_name,
  awsRequestId: CONTEXT.function_request_id,
  invokedFunctionArn: CONTEXT.function_arn,
  memoryLimitInMB: '512',
  getRemainingTimeInMillis: () => 30_000,
};

/** Info lines, written as each library does by default but for pino, whose synchronous writer is the one to beat. */
export function infoSubject(name: Name): Subject {
  if (name === 'trailgate') return trailgateBatch(1, (log, n) => log.info(MESSAGE, fieldsOf(n)));
  return inLoop(peerInfo(name));
}

/** Debug lines that are below each library's level. */
export function suppressedSubject(name: Name): Subject {
  switch (name) {
    case 'trailgate':
      process.env.LOG_LEVEL = 'INFO';
      return trailgateBatch(1, (log, n) => log.debug(MESSAGE, fieldsOf(n)));
    case 'pino': {
      const logger = pinoSync();
      return inLoop((n) => logger.debug(fieldsOf(n), MESSAGE));
    }
    case 'powertools': {
      const logger = powertools();
      return inLoop((n) => logger.debug(MESSAGE, fieldsOf(n)));
    }
    case 'winston': {
      const logger = winstonLogger();
      return inLoop((n) => logger.debug(MESSAGE, fieldsOf(n)));
    }
    case 'console':
      throw new Error('console has no levels');
  }
}

/** Debug lines that wait for a failure which does not come. */
export function bufferedSubject(name: 'trailgate' | 'powertools'): Subject {
  if (name === 'trailgate') return trailgateBatch(0, (log, n) => log.debug(MESSAGE, fieldsOf(n)));
  process.env._X_AMZN_TRACE_ID = 'Root=1-67891233-abcdef012345678912345678';
  const logger = new PowertoolsLogger({
    serviceName: CONTEXT.service,
    logLevel: 'INFO',
    persistentKeys: POWERTOOLS_KEYS,
    logBufferOptions: { enabled: true, bufferAtVerbosity: 'DEBUG' },
  });
  return {
    batch(lines) {
      for (let n = 0; n < lines; n++) logger.debug(MESSAGE, fieldsOf(n));
      logger.clearBuffer();
    },
  };
}

/** Lines of the loss test: each tells its number. */
export function numberedLines(name: Name): (lines: number) => void | Promise<void> {
  if (name !== 'trailgate') {
    const log = name === 'pino' ? pinoDefault() : peerInfo(name);
    return (lines) => {
      for (let n = 0; n < lines; n++) log(n);
    };
  }
  return trailgateBatch(1, (log, n) => log.info(MESSAGE, fieldsOf(n))).batch;
}

function fieldsOf(n: number): { readonly n: number; readonly order: string } {
  return { n, order: 'o-4711-eu-west' };
}

function trailgateBatch(rate: number, logOne: (log: Trailgate['log'], n: number) => void): Subject {
  const trailgate = createTrailgate({ service: CONTEXT.service, sampling: { rate } });
  const { log } = trailgate;
  let lines = 0;
  const handler = trailgate.wrap(async () => {
    log.appendKeys({ function_arn: CONTEXT.function_arn, function_memory_size: 512 });
    for (let n = 0; n < lines; n++) logOne(log, n);
    return { statusCode: 200 };
  });
  return {
    async batch(count) {
      lines = count;
      await handler(EVENT, LAMBDA);
    },
  };
}

function inLoop(logOne: LogOne): Subject {
  return {
    batch(lines) {
      for (let n = 0; n < lines; n++) logOne(n);
    },
  };
}

function peerInfo(name: Peer): LogOne {
  switch (name) {
    case 'pino': {
      const logger = pinoSync();
      return (n) => logger.info(fieldsOf(n), MESSAGE);
    }
    case 'powertools': {
      const logger = powertools();
      return (n) => logger.info(MESSAGE, fieldsOf(n));
    }
    case 'winston': {
      const logger = winstonLogger();
      return (n) => logger.info(MESSAGE, fieldsOf(n));
    }
    case 'console':
      return (n) =>
        console.log(
          JSON.stringify({
            level: 'INFO',
            timestamp: new Date().toISOString(),
            ...CONTEXT,
            message: MESSAGE,
            ...fieldsOf(n),
          }),
        );
  }
}

function pinoSync(): pino.Logger {
  return pino(PINO, pino.destination({ sync: true })).child(CONTEXT);
}

function pinoDefault(): LogOne {
  const logger = pino(PINO).child(CONTEXT);
  return (n) => logger.info(fieldsOf(n), MESSAGE);
}

const PINO: pino.LoggerOptions = {
  base: null,
  messageKey: 'message',
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
};

function powertools(): PowertoolsLogger {
  return new PowertoolsLogger({
    serviceName: CONTEXT.service,
    logLevel: 'INFO',
    persistentKeys: POWERTOOLS_KEYS,
  });
}

function winstonLogger(): winston.Logger {
  return winston.createLogger({
    level: 'info',
    defaultMeta: CONTEXT,
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [new winston.transports.Console()],
  });
}
