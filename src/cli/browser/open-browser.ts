import { spawn } from 'node:child_process';

type Environment = Readonly<Record<string, string | undefined>>;
export type OpenBrowser = (url: string) => Promise<boolean>;

/** Starts the browser of whoever sits here; false where there is none to be seen. */
export function openBrowser(
  url: string,
  platform: NodeJS.Platform,
  env: Environment,
): Promise<boolean> {
  const [program, ...words] = browserCommand(platform, env);
  if (program === undefined) return Promise.resolve(false);
  const child = spawn(program, [...words, url], { stdio: 'ignore', detached: true });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

/** Pure: the words that open an address; none without a screen. BROWSER goes before all. */
export function browserCommand(platform: NodeJS.Platform, env: Environment): readonly string[] {
  const own = env['BROWSER'];
  if (own !== undefined && own !== '') return [own];
  if (platform === 'darwin') return ['open'];
  // Not "cmd /c start": it would read the & of an address.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  const hasScreen = Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
  return hasScreen ? ['xdg-open'] : [];
}
