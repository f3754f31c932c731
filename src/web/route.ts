import { idPattern } from '../shared/id-pattern.js';

/** What the part of the address behind `#` asks for. */
export type Route =
  | { readonly page: 'library' }
  | { readonly page: 'watch'; readonly videoId: string }
  | { readonly page: 'enter'; readonly code: string };

/** The route of a fragment such as `#/watch/ID`; the library for whatever is not understood. */
export function routeOf(hash: string): Route {
  const code = /^#enter=([^&]+)$/.exec(hash)?.[1];
  if (code !== undefined) return { page: 'enter', code: decodeLoosely(code) };
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
