import { unwatchFile, watchFile } from 'node:fs';
import type { Logger } from 'pino';
import { readCertificate, type Certificate, type CertificateFiles } from './certificate.js';

/** Polled: files that are replaced through links, as certbot does, tell a watcher nothing. */
const lookEveryMs = 30_000;

export interface RenewalParts {
  readonly files: CertificateFiles;
  readonly log: Logger;
  readonly now: () => number;
  readonly renewed: (certificate: Certificate) => void;
  readonly intervalMs?: number;
}

/**
 * Tells of a new certificate once its files changed and fit together; until then the old one stays
 * in use. Returns what ends the looking.
 */
export function watchCertificate(parts: RenewalParts): () => void {
  const { files, log, now, renewed, intervalMs = lookEveryMs } = parts;
  const look = () => {
    try {
      renewed(readCertificate(files, now()));
      log.info({ cert: files.cert }, 'certificate renewed');
    } catch (err) {
      log.error({ err }, 'the new certificate cannot be used; the old one stays');
    }
  };
  const paths = [files.cert, files.key];
  for (const path of paths) watchFile(path, { persistent: false, interval: intervalMs }, look);
  return () => paths.forEach((path) => unwatchFile(path, look));
}
