import { idPattern } from '../shared/id-pattern.js';

/** What the part of the address behind `#` asks for. */
export type Route =
  | { readonly page: 'library' }
  | { readonly page: 'watch'; readonly videoId: string }
  /** Signs in, then shows what the hash leads to. */
  | { readonly page: 'enter'; readonly code: string; readonly hash: string };

/** The route of a fragment such as `#/watch/ID`; the library for whatever is not understood. */
export function routeOf(hash: string): Route {
  const [, code, watch] = /^#enter=([^&]+)(?:&watch=([^&]+))?$/.exec(hash) ?? [];
  if (code !== undefined) {
    const target = watch !== undefined && idPattern.test(watch) ? watchHash(watch) : libraryHash;
    return { page: 'enter', code: decodeLoosely(code), hash: target };
  }
  const videoId = /^#\/watch\/([^/]+)$/.exec(hash)?.[1];
  if (videoId !== undefined && idPattern.test(videoId)) return { page: 'watch', videoId };
  return { page: 'library' };
}

export const libraryHash = '#/';

export function watchHash(videoId: string): string {
  return `#/watch/${videoId}`;
}

function decodeLoosely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
