/**
 * `--wait` takes its goal after `=`; commander would take the next word, which is a file. So a bare
 * one is spelled out, unless a goal follows it.
 */
export function spellOutWait(words: readonly string[]): string[] {
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  return words.map((word, index) => {
    const next = words[index + 1];
    const isBare = word === '--wait' && index < end && next !== 'playable' && next !== 'ready';
    return isBare ? '--wait=ready' : word;
  });
}
