/**
 * The rendition's name as the rest of kdrama says it (`1080p`), from its playlist's address
 * `…/PLAN/NAME/vVERSION/playlist.m3u8`: a 1920×800 picture is `1080p`, which its height hides.
 */
export function qualityName(level: { readonly uri: string; readonly height: number }): string {
  const name = /\/([^/]+)\/v\d+\/playlist\.m3u8/.exec(level.uri)?.[1];
  return name === undefined ? `${level.height}p` : decodeURIComponent(name);
}
