import { errorsOf } from '../../../src/shared/contract/operation-errors.js';
import { operations } from '../../../src/shared/contract/operations/index.js';
import { errorCodes, errorKind, type ErrorCode } from '../../../src/shared/errors.js';

const head = `# Errors

<!-- Made from src/shared/errors/ and the operations: npx vitest run --project unit test/unit/docs -u -->

Every error of the API is \`{"error":{"code","message","timestamp","requestId","hint"?,"details"?}}\` with the
status of its code. The message begins with the sentence below; the hint says the next step. The command line
prints both and ends with the exit code.
`;

/** Where an answer comes from before any operation is found. */
const beforeOperations: readonly ErrorCode[] = [
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'HEADERS_TOO_LARGE',
];

/** docs/errors.md: every code, and which operations answer it. */
export function errorsPage(): string {
  const answered = new Map(errorCodes.map((code) => [code, operationsWith(code)]));
  const ofHttp = errorCodes.filter(
    (code) => answered.get(code)?.length !== 0 || beforeOperations.includes(code),
  );
  const others = errorCodes.filter((code) => !ofHttp.includes(code));
  return [
    head,
    ...ofHttp.map((code) => section(code, answered.get(code) ?? [])),
    '## Only in a job, in the log or at the command line\n',
    ...others.map((code) => section(code, [], '###')),
  ].join('\n');
}

function operationsWith(code: ErrorCode): string[] {
  return operations
    .filter((operation) => [...errorsOf(operation).values()].flat().includes(code))
    .map(({ method, paths }) => `\`${method} ${paths[0]}\``);
}

function section(code: ErrorCode, answeredBy: readonly string[], level = '##'): string {
  const { status, exit, message, hint } = errorKind(code);
  const isOfMany = answeredBy.length > operations.length / 3;
  const where = isOfMany ? [] : answeredBy;
  return [
    `${level} \`${code}\``,
    `${level === '##' ? `HTTP ${status}, exit` : 'Exit'} code ${exit}. ${message.replace(/\.$/, '')}.`,
    ...(hint === undefined ? [] : [`_${hint}_`]),
    ...(where.length === 0 ? [] : [`Answered by ${where.join(', ')}.`]),
    '',
  ].join('\n\n');
}
