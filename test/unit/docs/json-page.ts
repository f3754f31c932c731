import { z } from 'zod';
import { errorLine, jsonOutput, jsonVersion } from '../../../src/shared/contract/command-line.js';

const head = `# The JSON of the command line

<!-- Made from src/shared/contract/command-line.ts: npx vitest run --project unit test/unit/docs -u -->

With \`--json\` a command prints one JSON value a line on stdout (NDJSON), nothing else; what is to be said goes to
stderr, errors as one line of JSON each. This is version ${jsonVersion}. Within a version fields are added, and none is
renamed, changed or taken away: pass over those that you do not know. Times are ISO 8601 in UTC, durations seconds,
sizes bytes, \`progress\` goes from 0 to 100. The exit code says how it ended, with or without \`--json\`.
`;

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** docs/json.md: what each command prints, field by field. */
export function jsonPage(): string {
  const commands = Object.entries(jsonOutput);
  const shapes = [...new Set(commands.map(([, { line }]) => line))];
  return [
    head,
    '| command | one line for each | fields |\n| --- | --- | --- |',
    ...commands.map(([name, { each, line }]) => {
      const place = shapes.indexOf(line) + 1;
      return `| \`kdrama ${name} --json\` | ${each} | [${place}](#shape-${place}) |`;
    }),
    ...shapes.map((shape, index) => section(`Shape ${index + 1}`, shape)),
    section('Errors', errorLine),
  ].join('\n');
}

function section(title: string, shape: z.ZodType): string {
  const schema = withoutReferences(z.toJSONSchema(shape, { io: 'output' }) as Schema);
  const users = Object.entries(jsonOutput).filter(([, { line }]) => line === shape);
  const of = users.map(([name]) => `\`${name}\``).join(', ');
  const forms = schema.anyOf ?? [schema];
  return [`\n## ${title}\n`, ...(of === '' ? [] : [`Of ${of}.\n`]), ...forms.map(fields)].join(
    '\n',
  );
}

/** Named schemas in the places where they are named. */
function withoutReferences(whole: Schema): Schema {
  const put = (_key: string, value: unknown): unknown => {
    const name = (value as Schema | null)?.$ref?.split('/').at(-1);
    return name === undefined ? value : JSON.parse(JSON.stringify(whole.$defs?.[name], put));
  };
  return put('', JSON.parse(JSON.stringify(whole, put))) as Schema;
}

function fields({ properties = {}, required = [], oneOf }: Schema): string {
  if (oneOf !== undefined) return oneOf.map(fields).join('\n\n');
  const rows = Object.entries(properties).map(
    ([name, schema]) => `| \`${name}\`${required.includes(name) ? '' : '?'} | ${typeOf(schema)} |`,
  );
  return ['| field | value |\n| --- | --- |', ...rows, ''].join('\n');
}

function typeOf(schema: Schema): string {
  const { type, items, properties } = schema;
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  // The codes of errors have a page of their own.
  if (schema.enum !== undefined && schema.enum.length > 20) return 'a code of docs/errors.md';
  if (schema.enum !== undefined)
    return schema.enum.map((value) => `\`${String(value)}\``).join(' ');
  const either = schema.anyOf ?? schema.oneOf;
  if (either !== undefined) return [...new Set(either.map(typeOf))].join(' or ');
  if (type === 'array') return `list of ${items === undefined ? 'anything' : typeOf(items)}`;
  if (properties !== undefined) return `\`{${Object.keys(properties).join(', ')}}\``;
  return String(type ?? 'anything');
}
