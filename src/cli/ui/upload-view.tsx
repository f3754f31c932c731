import { Box, Text } from 'ink';
import { chooseRows } from './choose-rows.js';
import type { FileRow } from './file-row.js';

export interface UploadViewProps {
  readonly rows: readonly FileRow[];
  readonly columns: number;
  readonly lines: number;
  readonly color: boolean;
}

/** A file takes at most its name, its bar, its address and that one's second line. */
const linesPerFile = 4;

const marks = {
  waiting: { sign: '·', color: 'gray' },
  moving: { sign: '▸', color: 'cyan' },
  done: { sign: '✓', color: 'green' },
  failed: { sign: '✗', color: 'red' },
} as const;

/** The one live picture of an upload: every file, what happens to it and where it can be watched. */
export function UploadView({ rows, columns, lines, color }: UploadViewProps) {
  const { shown, more } = chooseRows(rows, Math.floor((lines - 2) / linesPerFile));
  return (
    <Box flexDirection="column" width={columns}>
      {shown.map((row, index) => (
        <File key={index} row={row} columns={columns} color={color} />
      ))}
      {more !== null && <Text dimColor={color}>{more}</Text>}
    </Box>
  );
}

function File({ row, columns, color }: { row: FileRow; columns: number; color: boolean }) {
  const mark = marks[row.mark];
  const tint = color ? { color: mark.color } : {};
  return (
    <Box flexDirection="column">
      <Box>
        <Text {...tint}>{mark.sign} </Text>
        <Text bold={color} wrap="truncate-middle">
          {row.name}
        </Text>
      </Box>
      <Box paddingLeft={2} columnGap={1}>
        <Box flexShrink={row.percent === null ? 1 : 0}>
          <Text {...tint}>{row.words}</Text>
        </Box>
        {row.percent !== null && <Bar percent={row.percent} width={barWidth(row, columns)} />}
        <Text wrap="truncate">{row.facts.join('  ')}</Text>
      </Box>
      {row.watch !== null && (
        <Box paddingLeft={2}>
          <Text>{row.mark === 'done' ? row.watch : `playable: ${row.watch}`}</Text>
        </Box>
      )}
    </Box>
  );
}

function Bar({ percent, width }: { percent: number; width: number }) {
  const full = Math.round((width * Math.min(100, percent)) / 100);
  return (
    <Box flexShrink={0}>
      <Text>{'━'.repeat(full) + '─'.repeat(width - full)}</Text>
    </Box>
  );
}

/** What is left of the line, so that words and numbers are never cut; none on a narrow one. */
function barWidth(row: FileRow, columns: number): number {
  const room = columns - row.words.length - row.facts.join('  ').length - 5;
  return room < 4 ? 0 : Math.min(30, room);
}
