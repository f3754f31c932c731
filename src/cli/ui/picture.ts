import { rowsOf } from '../output/display-width.js';

/** What a picture needs of a terminal. */
export type Canvas = Pick<NodeJS.WriteStream, 'columns' | 'rows' | 'write' | 'on' | 'off'>;

/** Node's own: looks at the size now. Its signal comes later, and what is drawn before is counted wrong. */
const lookAtSize = '_refreshSize';

export interface Size {
  readonly columns: number;
  readonly lines: number;
}

/** Lines at the end of what a terminal shows, drawn again in their place. */
export interface Picture {
  /** Something looks otherwise now: draws it soon. */
  changed(): void;
  /** Leaves it standing as it is now, in full; what is written next begins a line. */
  close(): void;
}

const pauseMs = 100;
/** What is between them appears at once, where the terminal can (others ignore it). */
const [begin, end] = ['\u001B[?2026h', '\u001B[?2026l'];

/**
 * Draws `frame`, whose lines fit the width, at once, ten times a second at most, and when the terminal
 * changes its size: what stands there then is wrapped anew and takes more lines than were drawn, so
 * they are counted by the width of now.
 */
export function openPicture(terminal: Canvas, frame: (size: Size) => string): Picture {
  let shown = '';
  let timer: NodeJS.Timeout | undefined;
  const draw = (isLast = false) => {
    clearTimeout(timer);
    timer = undefined;
    (terminal as { [lookAtSize]?: () => void })[lookAtSize]?.();
    const size = { columns: terminal.columns || 80, lines: terminal.rows || 24 };
    const whole = frame(size);
    // A line that has left the screen could not be erased any more.
    const next = isLast ? whole : whole.split('\n', Math.max(1, size.lines - 1)).join('\n');
    if (next !== shown || isLast) {
      terminal.write(`${begin}${erase(shown, size.columns)}${next}\n${end}`);
    }
    shown = next;
  };
  const onResize = () => draw();
  terminal.on('resize', onResize);
  draw();
  return {
    changed: () => void (timer ??= setTimeout(() => draw(), pauseMs)),
    close() {
      terminal.off('resize', onResize);
      draw(true);
    },
  };
}

/**
 * Pure: away with what is shown, from the line below it up to its first one. Row by row: what is cleared
 * from the top of the screen to its end, some terminals keep in their history.
 */
function erase(shown: string, columns: number): string {
  if (shown === '') return '';
  const rows = shown.split('\n').reduce((sum, line) => sum + rowsOf(line, columns), 0);
  return `\r\u001B[2K${'\u001B[A\u001B[2K'.repeat(rows)}`;
}
