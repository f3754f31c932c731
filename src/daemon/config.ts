import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { KdramaError } from '../shared/errors.js';
import { defaultHome } from '../shared/home.js';

const fileSchema = z
  .object({
    listen: z.string().optional(),
    allowedHosts: z.array(z.string()).optional(),
    media: z.object({ dir: z.string().optional() }).optional(),
    upload: z.object({ maxBytes: z.number().int().positive().optional() }).optional(),
    ffmpeg: z.object({ path: z.string().optional(), probePath: z.string().optional() }).optional(),
  })
  .strict();

export interface Config {
  readonly home: string;
  /** undefined: `media` inside the home. */
  readonly mediaDirectory: string | undefined;
  readonly listen: { readonly hostname: string; readonly port: number };
  /** Host names (without port) beside the loopback ones that requests may name. */
  readonly allowedHosts: readonly string[];
  /** For uploads over HTTP; files on the same machine are limited by the disk. */
  readonly uploadMaxBytes: number;
  /** A configured pair; undefined: look for one. */
  readonly ffmpegPath: string | undefined;
  readonly ffprobePath: string | undefined;
}

const twoGiB = 2 * 1024 ** 3;

/**
 * The effective configuration: flags over `KDRAMA_*` over `config.toml` over defaults. Throws
 * CONFIG_INVALID naming the file or variable.
 */
export function readConfig(env: NodeJS.ProcessEnv, flags: { listen?: string } = {}): Config {
  const home = env['KDRAMA_HOME'] ?? defaultHome(process.platform, env, homedir());
  const file = readConfigFile(join(home, 'config.toml'));
  return {
    home,
    mediaDirectory: env['KDRAMA_MEDIA_DIR'] ?? file.media?.dir,
    listen: parseListen(flags.listen ?? env['KDRAMA_LISTEN'] ?? file.listen ?? '127.0.0.1:7474'),
    allowedHosts: env['KDRAMA_ALLOWED_HOSTS']?.split(',') ?? file.allowedHosts ?? [],
    uploadMaxBytes: parseBytes(env['KDRAMA_UPLOAD_MAX_BYTES']) ?? file.upload?.maxBytes ?? twoGiB,
    ffmpegPath: env['KDRAMA_FFMPEG'] ?? file.ffmpeg?.path,
    ffprobePath: env['KDRAMA_FFPROBE'] ?? file.ffmpeg?.probePath,
  };
}

function readConfigFile(path: string): z.infer<typeof fileSchema> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new KdramaError('CONFIG_INVALID', `cannot read ${path}`, { cause: error });
  }
  try {
    return fileSchema.parse(parse(text));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new KdramaError('CONFIG_INVALID', `${path}: ${reason}`, { cause: error });
  }
}

/** `host:port`, `[v6]:port`, `host` (port 7474) or `:port` (loopback). */
export function parseListen(text: string): Config['listen'] {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([^:[\]]*))(?::(\d{1,5}))?$/.exec(text);
  const port = Number(match?.[3] ?? 7474);
  if (match === null || port > 65_535) {
    throw new KdramaError('CONFIG_INVALID', `expected KDRAMA_LISTEN as HOST:PORT, got ${text}`);
  }
  return { hostname: match[1] ?? (match[2] || '127.0.0.1'), port };
}

function parseBytes(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const bytes = Number(text);
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  throw new KdramaError(
    'CONFIG_INVALID',
    `expected KDRAMA_UPLOAD_MAX_BYTES as a whole number of bytes, got ${text}`,
  );
}
