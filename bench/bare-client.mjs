/**
 * The other half of bare-server.mjs: reads the file once, hashes each chunk and the whole, sends
 * four chunks at a time. Usage: node bare-client.mjs PORT FILE
 */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Agent, request } from 'node:http';

const chunkBytes = 8 * 1024 * 1024;
const atOnce = 4;
const [port = '', path = ''] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });

const file = await open(path);
const whole = createHash('sha256');
/** @type {Set<Promise<void>>} */
const running = new Set();
for (let index = 0, offset = 0; ; index++, offset += chunkBytes) {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes, offset);
  if (bytesRead === 0) break;
  const chunk = buffer.subarray(0, bytesRead);
  whole.update(chunk);
  const checksum = createHash('sha256').update(chunk).digest('hex');
  const sending = post(`/${index}/${offset}`, checksum, chunk).finally(() =>
    running.delete(sending),
  );
  running.add(sending);
  if (running.size === atOnce) await Promise.race(running);
}
await Promise.all(running);
await post('/complete', whole.digest('hex'), Buffer.alloc(0));
agent.destroy();

/**
 * @param {string} url
 * @param {string} checksum
 * @param {Buffer} body
 * @returns {Promise<void>}
 */
function post(url, checksum, body) {
  const headers = { 'x-checksum': checksum, 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, method: 'POST', path: url, headers, agent },
      (response) => {
        response.resume().on('end', () => {
          if (response.statusCode === 200) resolve();
          else reject(new Error(`${url} answered ${response.statusCode}`));
        });
      },
    );
    sent.on('error', reject).end(body);
  });
}
