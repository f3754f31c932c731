import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { KdramaError } from '../../../shared/errors.js';

export interface CertificateFiles {
  /** PEM: the certificate, then those that lead to its authority. */
  readonly cert: string;
  /** PEM, without a passphrase. */
  readonly key: string;
}

export interface Certificate {
  readonly cert: string;
  readonly key: string;
  /** SHA-256 in hexadecimal with colons: how this machine's own clients know it. */
  readonly fingerprint: string;
  /** Host names and addresses that it is for; patterns with `*` are left out. */
  readonly names: readonly string[];
}

/**
 * The files of tls.cert and tls.key; undefined when neither is set. Throws CONFIG_INVALID for one
 * without the other.
 */
export function certificateFiles(
  cert: string | undefined,
  key: string | undefined,
): CertificateFiles | undefined {
  if (cert === undefined && key === undefined) return undefined;
  if (cert !== undefined && key !== undefined) return { cert, key };
  throw new KdramaError('CONFIG_INVALID', 'tls.cert and tls.key are set together or not at all', {
    hint: 'Give both: --tls-cert FILE --tls-key FILE.',
  });
}

/** Reads and checks both. `now`: milliseconds since 1970. Throws CONFIG_INVALID. */
export function readCertificate(files: CertificateFiles, now: number): Certificate {
  const [cert, key] = [readText(files.cert), readText(files.key)];
  const leaf = parsed(files.cert, () => new X509Certificate(cert));
  const privateKey = parsed(files.key, () => createPrivateKey(key));
  if (!leaf.checkPrivateKey(privateKey)) {
    throw invalid(
      `${files.key} is not the key of ${files.cert}`,
      'Name the pair that was issued together.',
    );
  }
  checkDates(leaf, files.cert, now);
  return { cert, key, fingerprint: leaf.fingerprint256, names: namesOf(leaf.subjectAltName) };
}

/** Pure: the names in a certificate's subjectAltName, as OpenSSL prints it. */
export function namesOf(subjectAltName: string | undefined): string[] {
  return (subjectAltName ?? '')
    .split(', ')
    .map((entry) => /^(?:DNS|IP Address):([^"*]+)$/.exec(entry)?.[1])
    .filter((name) => name !== undefined)
    .map((name) => (name.includes(':') ? `[${name}]` : name).toLowerCase());
}

function checkDates(leaf: X509Certificate, path: string, now: number): void {
  if (Date.parse(leaf.validTo) <= now) {
    throw invalid(`${path} expired on ${leaf.validTo}`, 'Renew the certificate.');
  }
  if (Date.parse(leaf.validFrom) > now) {
    throw invalid(
      `${path} is valid from ${leaf.validFrom} on`,
      'Is the clock of this computer right?',
    );
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw invalid(
      `cannot read ${path} (${reason})`,
      'Does it exist, and may this user read it?',
      error,
    );
  }
}

function parsed<T>(path: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw invalid(`${path} cannot be used (${(error as Error).message})`, pemHint, error);
  }
}

const pemHint =
  'Expected PEM files: a certificate ("-----BEGIN CERTIFICATE-----") and its key without a passphrase.';

function invalid(detail: string, hint: string, cause?: unknown): KdramaError {
  return new KdramaError('CONFIG_INVALID', `TLS: ${detail}`, { hint, cause });
}
