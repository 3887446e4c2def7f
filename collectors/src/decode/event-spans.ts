/** Where the parts of each log event stand in a record's bytes: arrays that are used again, instead of an object for each event. */

const FIRST_EVENTS = 512;
/** Above what Node takes from its pool of buffers. */
const OWN_BYTES = 65_536;

/** Of event i: `idStart[i]` to `idEnd[i]`, and so on; ends are behind the last byte. */
export class EventSpans {
  count = 0;
  idStart: Int32Array = new Int32Array(FIRST_EVENTS);
  idEnd: Int32Array = new Int32Array(FIRST_EVENTS);
  /** The message as it was before JSON: without quotes and escapes. */
  messageStart: Int32Array = new Int32Array(FIRST_EVENTS);
  messageEnd: Int32Array = new Int32Array(FIRST_EVENTS);
  /** As the envelope says it, in epoch milliseconds if it is right; not checked. */
  timestamp: Float64Array = new Float64Array(FIRST_EVENTS);

  #held: ArrayBuffer | undefined;

  clear(): void {
    this.count = 0;
  }

  /** Makes these bytes, which nobody else has, the ones that the spans are of. */
  hold(bytes: Buffer): void {
    // What is smaller may be a part of memory that is shared.
    if (bytes.buffer instanceof ArrayBuffer && bytes.length >= OWN_BYTES) this.#held = bytes.buffer;
  }

  /**
   * Gives the bytes' memory back at once; they are empty then. Left to the garbage collector, each few records would make it
   * look through the whole heap.
   */
  release(): void {
    this.#held?.transfer(0);
    this.#held = undefined;
    this.count = 0;
  }

  add(idStart: number, idEnd: number, messageStart: number, messageEnd: number, timestamp: number): void {
    const event = this.count;
    if (event === this.timestamp.length) this.#grow();
    this.idStart[event] = idStart;
    this.idEnd[event] = idEnd;
    this.messageStart[event] = messageStart;
    this.messageEnd[event] = messageEnd;
    this.timestamp[event] = timestamp;
    this.count = event + 1;
  }

  #grow(): void {
    const events = this.timestamp.length * 2;
    this.idStart = longer(this.idStart, new Int32Array(events));
    this.idEnd = longer(this.idEnd, new Int32Array(events));
    this.messageStart = longer(this.messageStart, new Int32Array(events));
    this.messageEnd = longer(this.messageEnd, new Int32Array(events));
    this.timestamp = longer(this.timestamp, new Float64Array(events));
  }
}

function longer<Numbers extends Int32Array | Float64Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
