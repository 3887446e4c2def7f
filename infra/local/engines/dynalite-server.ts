/** Entry of the DynamoDB engine's process: serves dynalite on the loopback port that is its only argument. */
import dynalite from 'dynalite';
import { LOOPBACK } from '../loopback/listen.ts';

const port = Number(process.argv[2]);

dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }).listen(port, LOOPBACK);
