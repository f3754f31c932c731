/** Whether a path is one that tus clients use. */
export function isTusPath(path: string): boolean {
  return /^\/api(\/v1)?\/tus(\/|$)/.test(path);
}
