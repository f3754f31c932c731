/**
 * Clients that fetch segments and throw the bytes away, as cheaply as Node can: in a process of its own,
 * on a core of its own, so that what they cost is no part of what a server costs.
 */
import { connect } from 'node:net';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Fetching
 * @property {string} origin
 * @property {readonly string[]} paths of segments
 * @property {number} connections
 * @property {number} [seconds] again and again for so long; without it every path once
 * @property {{ segmentSeconds: number, bufferSeconds: number }} [playing] each connection is a player that
 *   plays for `seconds` from a place of its own, no faster than it has to
 */
/** @typedef {{ segments: number, bytes: number, seconds: number, slowestSeconds: number, stalls: number }} Fetched */

const ownPath = fileURLToPath(import.meta.url);
const discarded = Buffer.alloc(1024 * 1024);

/**
 * @param {Fetching} fetching
 * @param {string} core
 * @returns {Promise<Fetched>}
 */
export async function fetchSegments(fetching, core) {
  const child = spawn('taskset', ['-c', core, process.execPath, ownPath], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(fetching));
  return /** @type {Fetched} */ (JSON.parse(await text(child.stdout)));
}

/** One connection that is kept open. */
class Connection {
  #left = 0;
  #head = '';
  /** @type {(bytes: number) => void} */
  #whole = () => {};
  /** @type {(error: Error) => void} */
  #broken = () => {};

  /** @param {string} origin */
  constructor(origin) {
    const { hostname, port } = new URL(origin);
    this.host = `${hostname}:${port}`;
    const onread = { buffer: discarded, callback: this.#take.bind(this) };
    this.socket = connect({ host: hostname, port: Number(port), onread });
    this.socket.on('error', (error) => this.#broken(error));
    this.socket.on('close', () => this.#broken(new Error('the server closed the connection')));
  }

  /**
   * @param {string} path
   * @returns {Promise<number>} its bytes, once the last is there
   */
  fetch(path) {
    return new Promise((resolve, reject) => {
      [this.#whole, this.#broken] = [resolve, reject];
      this.socket.write(`GET ${path} HTTP/1.1\r\nHost: ${this.host}\r\n\r\n`);
    });
  }

  /**
   * @param {number} count
   * @param {Uint8Array} bytes
   */
  #take(count, bytes) {
    const bodyBytes = this.#left > 0 ? count : this.#begin(Buffer.from(bytes.subarray(0, count)));
    this.#left -= bodyBytes;
    if (this.#left === 0 && this.#head === '') this.#whole(this.length);
    return true;
  }

  /**
   * @param {Buffer} bytes
   * @returns {number} how many of them are of the body
   */
  #begin(bytes) {
    this.#head += bytes.toString('latin1');
    const end = this.#head.indexOf('\r\n\r\n');
    if (end < 0) return 0;
    const bodyBytes = this.#head.length - end - 4;
    if (!this.#head.startsWith('HTTP/1.1 200 ')) this.#broken(new Error(this.#head.slice(0, 40)));
    this.length = Number(/^content-length: *(\d+)/im.exec(this.#head)?.[1]);
    this.#left = this.length;
    this.#head = '';
    return bodyBytes;
  }

  length = 0;
}

/**
 * @param {Fetching} fetching
 * @returns {Promise<Fetched>}
 */
async function run({ origin, paths, connections, seconds, playing }) {
  const result = { segments: 0, bytes: 0, seconds: 0, slowestSeconds: 0, stalls: 0 };
  const startedMs = performance.now();
  const endMs = startedMs + (seconds ?? Infinity) * 1000;
  let next = 0;
  /**
   * @param {Connection} connection
   * @param {string} path
   */
  const fetchOne = async (connection, path) => {
    const askedMs = performance.now();
    const bytes = await connection.fetch(path);
    result.bytes += bytes;
    result.segments += 1;
    const took = (performance.now() - askedMs) / 1000;
    result.slowestSeconds = Math.max(result.slowestSeconds, took);
  };
  /** @param {Connection} connection */
  const hurry = async (connection) => {
    while (performance.now() < endMs && (seconds !== undefined || next < paths.length)) {
      await fetchOne(connection, paths[next++ % paths.length] ?? '');
    }
  };
  /**
   * @param {Connection} connection
   * @param {number} index
   */
  const play = async (connection, index) => {
    const { segmentSeconds, bufferSeconds } = playing ?? { segmentSeconds: 0, bufferSeconds: 0 };
    // Nobody comes in the same moment as everybody else.
    await sleep((index / connections) * segmentSeconds * 1000);
    let at = Math.floor((index / connections) * paths.length);
    let playedUntilMs = Infinity;
    while (performance.now() < endMs) {
      await fetchOne(connection, paths[at++ % paths.length] ?? '');
      const nowMs = performance.now();
      if (nowMs > playedUntilMs) result.stalls += 1;
      playedUntilMs =
        (playedUntilMs === Infinity ? nowMs : Math.max(nowMs, playedUntilMs)) +
        segmentSeconds * 1000;
      await sleep(Math.max(0, playedUntilMs - bufferSeconds * 1000 - nowMs));
    }
  };
  const clients = Array.from({ length: connections }, () => new Connection(origin));
  await Promise.all(
    clients.map((each, at) => (playing === undefined ? hurry(each) : play(each, at))),
  );
  result.seconds = (performance.now() - startedMs) / 1000;
  for (const { socket } of clients) socket.removeAllListeners('close').destroy();
  return result;
}

if (process.argv[1] === ownPath) {
  const fetching = /** @type {Fetching} */ (JSON.parse(await text(process.stdin)));
  console.log(JSON.stringify(await run(fetching)));
}
