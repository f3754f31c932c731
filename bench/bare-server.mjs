/**
 * The least that an upload server can do and keep the promises: every chunk hashed, compared,
 * written to its place and synced before it is acknowledged, the whole file hashed meanwhile.
 * Usage: node bare-server.mjs FILE; prints its port.
 */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

const file = await open(process.argv[2] ?? '', 'w+');
const whole = createHash('sha256');
/** @type {Map<number, Buffer>} chunks that came before one in front of them */
const early = new Map();
let front = 0;

/**
 * @param {number} index
 * @param {Buffer} chunk
 */
function follow(index, chunk) {
  early.set(index, chunk);
  for (let next = early.get(front); next !== undefined; next = early.get(front)) {
    whole.update(next);
    early.delete(front);
    front += 1;
  }
}

const server = createServer((request, response) => {
  answer(request).then(
    (status) => response.writeHead(status).end(),
    () => response.writeHead(500).end(),
  );
});

/** @param {import('node:http').IncomingMessage} request */
async function answer(request) {
  if (request.url === '/complete') {
    await file.sync();
    return request.headers['x-checksum'] === whole.digest('hex') ? 200 : 400;
  }
  const [, index = '', offset = ''] = request.url?.split('/') ?? [];
  const chunk = await buffer(request);
  const checksum = createHash('sha256').update(chunk).digest('hex');
  if (checksum !== request.headers['x-checksum']) return 400;
  await file.write(chunk, 0, chunk.length, Number(offset));
  await file.datasync();
  follow(Number(index), chunk);
  return 200;
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(address.port);
});
