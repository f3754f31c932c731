import type { VideoMetadata } from '../../shared/contract/index.js';

const texts = ['title', 'series', 'description'];
const numbers = ['season', 'episode'];

/** Pure: `{title,series,season,episode,description}`, each of which may be absent. Throws in words. */
export function metadataOfJson(text: string): VideoMetadata {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('expected a JSON object');
  }
  for (const [field, content] of Object.entries(value)) refuseOther(field, content);
  return value;
}

/** How long a text and how high a number may be, the daemon says. */
function refuseOther(field: string, content: unknown): void {
  const got = `got ${JSON.stringify(content)}`;
  if (texts.includes(field)) {
    if (typeof content !== 'string') throw new Error(`expected ${field} to be a string, ${got}`);
  } else if (numbers.includes(field)) {
    const isWhole = Number.isSafeInteger(content) && Number(content) >= 0;
    if (!isWhole) throw new Error(`expected ${field} to be a whole number, ${got}`);
  } else {
    throw new Error(`expected ${[...texts, ...numbers].join(', ')}, got ${JSON.stringify(field)}`);
  }
}
