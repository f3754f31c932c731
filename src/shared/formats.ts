/** File names that can hold an episode. What the bytes are is decided by the bytes. */
export const videoExtensions: readonly string[] = [
  ...['mp4', 'm4v', 'mov', '3gp', '3g2', 'mkv', 'webm', 'ts', 'mts', 'm2ts', 'm2t', 'tp', 'trp'],
  ...['mpg', 'mpeg', 'vob', 'm2p', 'avi', 'divx', 'flv', 'f4v', 'ogv', 'ogg', 'ogm', 'wmv', 'asf'],
];

/** The extension in lower case without its dot; `''` when the name has none. */
export function extensionOf(filename: string): string {
  return /\.([A-Za-z0-9]{1,5})$/.exec(filename)?.[1]?.toLowerCase() ?? '';
}

/** A name without extension may be a video; one with a foreign extension is none. */
export function mayBeVideo(filename: string): boolean {
  const extension = extensionOf(filename);
  return extension === '' || videoExtensions.includes(extension);
}
