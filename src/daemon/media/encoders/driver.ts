import { readdir, readFile } from 'node:fs/promises';
import { release } from 'node:os';

/**
 * What there is of graphics hardware and what drives it, as text that differs when they do: the kernel,
 * NVIDIA's driver, the devices. Empty places say nothing on systems that have none of them.
 */
export async function driverFacts(): Promise<string> {
  const [nvidia, render, all] = await Promise.all([
    readFile('/proc/driver/nvidia/version', 'utf8').catch(() => ''),
    namesIn('/dev/dri'),
    namesIn('/dev'),
  ]);
  const devices = all.filter((name) => /^(nvidia|video)\d*$/.test(name));
  return [process.platform, release(), nvidia, ...render, ...devices].join('\n');
}

async function namesIn(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch((): string[] => []);
  return names.toSorted((a, b) => (a < b ? -1 : 1));
}
