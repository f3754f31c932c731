/** `Korean` for `ko` or `kor`; `""` for what no language has. */
export function languageName(tag: string): string {
  if (tag === '' || tag === 'und') return '';
  try {
    const name = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(tag);
    return name ?? '';
  } catch {
    return '';
  }
}
