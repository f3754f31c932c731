import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { root } from './setup/root.mjs';

/** A daemon of its own: a temporary home, a free port, spoken to by bin/kdrama and over HTTP. */
export class OwnDaemon {
  #home = mkdtempSync(join(tmpdir(), 'kdrama-own-'));
  /**
   * What makes bin/kdrama speak to this daemon.
   * @type {NodeJS.ProcessEnv}
   */
  env = { ...process.env, KDRAMA_HOME: this.#home, KDRAMA_LISTEN: '127.0.0.1:0' };
  #url = '';
  #token = '';

  /** A directory that goes with the home. */
  get directory() {
    return this.#home;
  }

  async start() {
    // What a person has set for daily use is not for this one.
    for (const name of ['KDRAMA_HOST', 'KDRAMA_TOKEN', 'KDRAMA_MEDIA_DIR']) delete this.env[name];
    this.#url = (await this.read(['start', '--quiet'])).trim();
    this.#token = (await this.read(['token', 'show'])).trim();
  }

  /**
   * Runs bin/kdrama with its output on our stderr. Throws when it does not exit with 0.
   * @param {readonly string[]} words
   */
  async run(words) {
    await this.#kdrama(words, 2);
  }

  /**
   * Runs bin/kdrama and returns what it writes to stdout.
   * @param {readonly string[]} words
   */
  read(words) {
    return this.#kdrama(words, 'pipe');
  }

  /**
   * @param {readonly string[]} words
   * @param {'pipe' | 2} stdout
   */
  async #kdrama(words, stdout) {
    const command = [join(root, 'bin/kdrama'), ...words];
    const child = spawn(process.execPath, command, {
      env: this.env,
      stdio: ['ignore', stdout, 'inherit'],
    });
    const [output] = await Promise.all([
      child.stdout === null ? '' : text(child.stdout),
      once(child, 'close'),
    ]);
    if (child.exitCode === 0) return output;
    throw new Error(`kdrama ${words.join(' ')} ended with exit code ${child.exitCode}`);
  }

  /**
   * For clients of other kinds: where it is and what they have to send.
   * @param {string} path
   */
  target(path) {
    const headers = { authorization: `Bearer ${this.#token}` };
    return { url: new URL(path, this.#url).href, headers };
  }

  /**
   * @param {string} path a path, or a URL below the daemon's own
   * @param {string} [method]
   * @returns {Promise<Response>} a successful one; throws otherwise
   */
  async fetch(path, method = 'GET') {
    const headers = { authorization: `Bearer ${this.#token}` };
    const response = await fetch(new URL(path, this.#url), { method, headers });
    if (response.ok) return response;
    const body = (await response.text()).slice(0, 300);
    throw new Error(`${method} ${path} answered ${response.status} ${body}`);
  }

  /**
   * @param {string} path
   * @param {string} [method]
   * @returns {Promise<unknown>} the JSON of a successful answer
   */
  async json(path, method) {
    return (await this.fetch(path, method)).json();
  }

  /** The last lines of the daemon's log that are not about requests, for when something failed. */
  logTail() {
    const log = join(this.#home, 'daemon.log');
    const lines = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [];
    return lines.filter((line) => !line.includes('"msg":"request"')).slice(-20);
  }

  /** Stops the daemon and removes its home. */
  async remove() {
    await this.read(['stop', '--quiet']).catch(() => '');
    rmSync(this.#home, { recursive: true, force: true });
  }
}
