import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface CertificateOptions {
  /** subjectAltName; by default that of this machine's loopback. */
  readonly names?: string;
  /** Where an older one is replaced. */
  readonly directory?: string;
}

/** A self-signed certificate made by openssl: the paths of its PEM files. */
export function makeCertificate(options: CertificateOptions = {}): { cert: string; key: string } {
  const { names = 'DNS:localhost,IP:127.0.0.1' } = options;
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'kdrama-tls-'));
  const [cert, key] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
  const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=kdrama`;
  execFileSync(
    'openssl',
    [
      ...words.split(' '),
      '-addext',
      `subjectAltName=${names}`,
      '-keyout',
      key,
      '-out',
      cert,
      '-days',
      '30',
    ],
    { stdio: 'pipe' },
  );
  return { cert, key };
}
