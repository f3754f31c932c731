export type Command =
  | { readonly do: 'toggle-play' | 'toggle-fullscreen' | 'toggle-muted' | 'toggle-subtitles' }
  | { readonly do: 'seek-by'; readonly seconds: number }
  | { readonly do: 'louder-by'; readonly volume: number };

type Key = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/** What a key asks of the player; undefined for the browser's own keys. */
export function keyCommand({ key, altKey, ctrlKey, metaKey }: Key): Command | undefined {
  if (altKey || ctrlKey || metaKey) return undefined;
  switch (key.toLowerCase()) {
    case ' ':
    case 'k':
      return { do: 'toggle-play' };
    case 'f':
      return { do: 'toggle-fullscreen' };
    case 'm':
      return { do: 'toggle-muted' };
    case 'c':
      return { do: 'toggle-subtitles' };
    case 'arrowleft':
      return { do: 'seek-by', seconds: -5 };
    case 'arrowright':
      return { do: 'seek-by', seconds: 5 };
    case 'arrowup':
      return { do: 'louder-by', volume: 0.1 };
    case 'arrowdown':
      return { do: 'louder-by', volume: -0.1 };
    default:
      return undefined;
  }
}
