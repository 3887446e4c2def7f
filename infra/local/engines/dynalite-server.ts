/** Entry of the DynamoDB engine's process: serves dynalite on the loopback port that is its only argument, less the tables its parent says. */
import { createServer } from 'node:http';
import dynalite from 'dynalite';
import { LOOPBACK } from '../loopback/listen.ts';
import type { GateOrder, GateReply } from './gate-order.ts';
import { TableGate } from './table-gate.ts';

const port = Number(process.argv[2]);
const gate = new TableGate();
const engine = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });

createServer(gate.before((request, response) => void engine.emit('request', request, response))).listen(
  port,
  LOOPBACK,
);

process.on('message', ({ refuse, order }: GateOrder) => {
  gate.refuse(refuse);
  process.send?.({ order } satisfies GateReply);
});
