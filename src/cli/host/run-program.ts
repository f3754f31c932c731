import { execFile, type ExecFileException } from 'node:child_process';
import type { ProgramResult } from './host.js';

const patienceMs = 30_000;

export function runProgram(file: string, args: readonly string[]): Promise<ProgramResult> {
  return new Promise((resolve) => {
    execFile(file, args, { timeout: patienceMs }, (error, stdout, stderr) => {
      if (error === null) resolve({ exitCode: 0, stdout, stderr });
      else resolve({ exitCode: exitCodeOf(error), stdout, stderr: stderr || error.message });
    });
  });
}

function exitCodeOf({ code }: ExecFileException): number {
  if (typeof code === 'number') return code;
  return code === 'ENOENT' || code === 'EACCES' ? 127 : 1;
}
