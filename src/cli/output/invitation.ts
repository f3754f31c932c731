import type { SignInCode } from '../../shared/contract/index.js';
import type { Deps } from '../deps.js';
import { drawQrCode } from './qr-code.js';
import { sayLine } from './say.js';

/** An address that signs a browser in once; `fragment` leads to a page of it. */
export function invitationUrl(base: string, code: string, fragment = ''): string {
  return `${base}/#enter=${code}${fragment}`;
}

/** How another device gets in: the address for its camera, and the code for a remote control. */
export async function sayInvitation(
  deps: Pick<Deps, 'stderr'>,
  base: string,
  { code, expiresAt }: Pick<SignInCode, 'code' | 'expiresAt'>,
): Promise<void> {
  const url = invitationUrl(base, code);
  await drawQrCode(deps, url);
  const until = new Date(expiresAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  sayLine(deps, `On a phone, scan it or open ${url}`);
  sayLine(deps, `On a TV, open ${base} and type ${code}`);
  sayLine(deps, `It works once, until ${until}. For the next device: kdrama pair`);
}
